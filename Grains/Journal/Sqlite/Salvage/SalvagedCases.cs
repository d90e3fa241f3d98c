using System.Buffers;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Makes the rows of cases anew from their records, by the rules: rows that were stored may show a state whose record is
/// lost.</summary>
internal sealed class SalvagedCases(SeedLibrary seeds)
{
    private readonly List<(string World, CaseRow Row)> rows = [];
    private (string World, string Stream) stream = ("", "");
    private CaseFile file = CaseFile.None;
    private DateTimeOffset changed;
    private bool failed;

    /// <summary>Cases whose rows could not be made, with the reason.</summary>
    public List<Words> Failed { get; } = [];

    public long Cases => rows.Count;

    /// <summary>Takes the records that are kept, in order, stream by stream.</summary>
    public void Take(JournalRecord record)
    {
        if (stream != (record.World, record.Stream))
        {
            End();
            (stream, file, failed) = ((record.World, record.Stream), CaseFile.None, false);
        }

        if (failed || !record.Stream.StartsWith("case/", StringComparison.Ordinal))
        {
            return;
        }

        Try(() =>
        {
            var happened = CaseCodec.Instance.Read(record);
            file = CaseState.Apply(file, happened);
            changed = happened is ActRefused ? changed : record.At;
        });
    }

    /// <summary>Writes the rows into a new file.</summary>
    public void Write(SqliteConnection connection)
    {
        End();
        stream = ("", "");
        using var statements = new CaseStatements(connection);
        foreach (var (world, row) in rows)
        {
            var bytes = new ArrayBufferWriter<byte>();
            CaseImage.Write(new ImageWriter(bytes), row, row is { Workplace: not null, Work: { } work } ? new StoredWork(work) : null);
            var reader = new ImageReader(bytes.WrittenSpan);
            statements.Put(world, row.Number, new CaseImage(ref reader), isNew: true);
        }
    }

    private void End()
    {
        if (!failed && file.IsOpened && stream.Stream.StartsWith("case/", StringComparison.Ordinal))
        {
            Try(() =>
                rows.Add(
                    (
                        stream.World,
                        file.ToRow(
                            seeds.ProcedureOf(file),
                            file.IsOpen ? CasePlacement.WorkOf(file, CaseFactsGathering.Known(seeds, file, changed)) : null
                        )
                    )
                )
            );
        }

        file = CaseFile.None;
    }

    // What stands in a record may be of other seeds than those at hand.
    private void Try(Action does)
    {
        try
        {
            does();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failed = true;
            Failed.Add(
                new(
                    $"{stream.Stream} 的记录已救出，但按现有方案无法列入案件清单：{e.Message}",
                    $"{stream.Stream} is saved, but can't be put into the list of cases by the seeds at hand: {e.Message}"
                )
            );
        }
    }
}
