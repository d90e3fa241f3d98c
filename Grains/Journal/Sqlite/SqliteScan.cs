using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads the file of a durable world whole, read-only: beside a running silo, or by a third party with a copy.</summary>
/// <param name="path">The journal's file (<c>town.sqlite</c>). A copy of a running town needs its <c>-wal</c> file beside it, and its redo
/// log for the last tenth of a second.</param>
/// <param name="world">World whose read model and outbox are read; records are read of every world, since one chain of commits covers them
/// all.</param>
public sealed class SqliteScan(string path, string world = Address.Live) : IJournalScan
{
    public IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default) => ScanPump.Run(Everything, cancellation);

    /// <summary>Whether the file's pages and indexes are looked through too. It costs about as much as the rest, and a live silo leaves it
    /// to others.</summary>
    public bool LooksAtPages { get; init; } = true;

    private IEnumerable<Scanned> Everything()
    {
        using var file = new StoredTown(path);
        yield return Waiting(file);
        foreach (var part in SqliteJournalScan.Everything(file).Concat(Tables(file)))
        {
            yield return part;
        }

        foreach (var fault in RowFaults(file))
        {
            yield return fault;
        }

        var ahead = Ahead(file).Values;
        foreach (var row in ahead)
        {
            yield return new ScannedCase(row with { Work = null });
        }

        foreach (var row in ahead.Where(row => row.Work is not null && row.Workplace is not null))
        {
            yield return new ScannedWork(row.Workplace!, row.Work!);
        }

        foreach (var part in LooksAtPages ? SqliteJournalScan.Pages(file) : [])
        {
            yield return part;
        }
    }

    // The last row of a case counts: the log's, where it is ahead of the tables.
    private Dictionary<string, CaseRow> Ahead(StoredTown file) =>
        file
            .Ahead.SelectMany(commit => commit.Read())
            .Where(append => append.Row is not null && append.World == world)
            .GroupBy(append => append.Row!.Number, append => append.Row!)
            .ToDictionary(rows => rows.Key, rows => rows.Last(), StringComparer.Ordinal);

    private IEnumerable<Scanned> Tables(StoredTown file)
    {
        var columns = file.HasLabels ? CaseRows.Columns : CaseRows.ColumnsWithoutLabels;
        var cases = $"SELECT {columns} {CaseRows.From} ORDER BY c.number";
        var work = $"SELECT {ScannedRows.WorkColumns} FROM standing s WHERE s.world = $1 AND s.work IS NOT NULL ORDER BY s.number";
        var ahead = Ahead(file);
        return Rows(file, cases, "case", ScannedRows.Case, ahead).Concat(Rows(file, work, "work", ScannedRows.Work, ahead));
    }

    // A damaged file may break off anywhere.
    private List<Scanned> RowFaults(StoredTown file)
    {
        var faults = new List<Scanned>();
        try
        {
            faults.AddRange(SqliteRowCheck.Of(file, world));
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or InvalidCastException or FormatException)
        {
            faults.Add(new ScannedUnreadable(ScannedRows.Broken("schema", null, null, e.Message), OfRecord: false));
        }

        return faults;
    }

    private IEnumerable<Scanned> Rows(
        StoredTown file,
        string text,
        string what,
        Func<SqliteDataReader, Scanned> read,
        Dictionary<string, CaseRow> ahead
    )
    {
        using var rows = new ScanRows(file.Query(text, world), what);
        while (rows.Read())
        {
            if (ahead.Count > 0 && rows.Row.GetValue(0) is string number && ahead.ContainsKey(number))
            {
                continue;
            }

            yield return read(rows.Row);
        }

        if (rows.Fault is { } fault)
        {
            yield return new ScannedUnreadable(fault, OfRecord: false);
        }
    }

    private Scanned Waiting(StoredTown file)
    {
        using var waiting = new ScanRows(file.Query("SELECT count(*) FROM outbox WHERE world = $1", world), "outbox");
        return waiting.Read()
            ? new ScannedWaiting(waiting.Row.GetInt64(0) + file.EffectsAhead)
            : new ScannedUnreadable(waiting.Fault!, OfRecord: false);
    }
}
