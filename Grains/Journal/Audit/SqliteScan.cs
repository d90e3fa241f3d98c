using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Reads the file of a durable world whole, read-only: beside a running silo, or by a third party with a copy.</summary>
/// <param name="path">The journal's file (<c>town.sqlite</c>). A copy of a running town needs its <c>-wal</c> file beside it, and its redo log for the last tenth of a second.</param>
/// <param name="world">World whose read model and outbox are read; records are read of every world, since one chain of commits covers them all.</param>
public sealed class SqliteScan(string path, string world = Address.Live) : IJournalScan
{
    public IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default) => ScanPump.Run(Everything, cancellation);

    private IEnumerable<Scanned> Everything()
    {
        using var file = new StoredTown(path);
        yield return new ScannedWaiting(Count(file));
        foreach (var part in Journal(file))
        {
            yield return part;
        }

        // The last row of a case counts: the log's, where it is ahead of the tables.
        var ahead = file.Ahead.SelectMany(commit => commit.Read()).Where(append => append.Row is not null && append.World == world)
            .GroupBy(append => append.Row!.Number, append => append.Row!).ToDictionary(rows => rows.Key, rows => rows.Last(), StringComparer.Ordinal);
        foreach (var part in Rows(file, $"SELECT {CaseRows.Columns} {CaseRows.From} ORDER BY c.number", "case", static r => new ScannedCase(CaseRows.ReadCase(r)), ahead))
        {
            yield return part;
        }

        foreach (var part in Rows(file, "SELECT s.number, s.workplace, s.work, s.since FROM standing s WHERE s.world = $world AND s.work IS NOT NULL ORDER BY s.number", "work", Work, ahead))
        {
            yield return part;
        }

        foreach (var fault in SqliteRowCheck.Of(file, world))
        {
            yield return fault;
        }

        foreach (var row in ahead.Values)
        {
            yield return new ScannedCase(row with { Work = null });
        }

        foreach (var row in ahead.Values.Where(row => row.Work is not null && row.Workplace is not null))
        {
            yield return new ScannedWork(row.Workplace!, row.Work!);
        }
    }

    private static Scanned Work(SqliteDataReader row)
    {
        var work = StoredJson.ReadWorkStrictly(row.GetString(2));
        return row.IsDBNull(3) || Moment.Read(row.GetString(3)) == work.Since ? new ScannedWork(row.GetString(1), work) : ScanFaults.Row($"case {row.GetString(0)}", ScanFaults.Since);
    }

    /// <summary>Commits and records alone.</summary>
    internal static IEnumerable<Scanned> Journal(StoredTown file)
    {
        using var commits = file.Query("SELECT no, records, prev_root, root FROM commits ORDER BY no").ExecuteReader();
        using var records = file.Query($"SELECT {JournalRows.ColumnsOf(file.Connection)}, commit_no, seq FROM journal ORDER BY seq").ExecuteReader();
        while (commits.Read())
        {
            var commit = Commit(commits);
            yield return commit;
            for (long n = 0; commit is ScannedCommit it && n < it.Commit.Records && records.Read(); n++)
            {
                yield return Record(records);
            }
        }

        while (records.Read())
        {
            yield return Record(records);
        }

        foreach (var commit in file.Ahead)
        {
            yield return new ScannedCommit(commit.ToCommit());
            var place = commit.Frame.Place.Seq;
            foreach (var record in commit.Read().SelectMany(append => append.Records))
            {
                yield return new ScannedRecord(record, commit.No, Place: ++place);
            }
        }

        if (file.Damage is { } damage)
        {
            yield return new ScannedUnreadable(new ChainFault(ChainFaultKind.Edited, null, null, damage.No, damage.Why), OfRecord: true);
        }
    }

    private static Scanned Commit(SqliteDataReader commits)
    {
        var no = commits.GetInt64(0);
        try
        {
            return new ScannedCommit(new JournalCommit(no, commits.GetInt32(1), commits.GetFieldValue<byte[]>(2), commits.GetFieldValue<byte[]>(3)));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new ScannedUnreadable(Broken(null, null, no, null, e.Message), OfRecord: true);
        }
    }

    private static Scanned Record(SqliteDataReader records)
    {
        var (commit, place) = (records.GetInt64(JournalRows.Count), records.GetInt64(JournalRows.Count + 1));
        try
        {
            var record = JournalRows.Read(records);
            return Unwritten(records, record) is { } why
                ? new ScannedUnreadable(Broken(record.Stream, record.Version, commit, place, why), OfRecord: true)
                : new ScannedRecord(record, commit, Place: place);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new ScannedUnreadable(Broken(records.GetString(1), records.GetInt64(2), commit, place, e.Message), OfRecord: true);
        }
    }

    // What reads as the same value, so that the hash can't tell, but was never written so.
    private static string? Unwritten(SqliteDataReader records, JournalRecord record) =>
        records.GetString(8) != record.CommandId.ToString("D") ? "command_id"
        : null;

    private IEnumerable<Scanned> Rows(StoredTown file, string text, string what, Func<SqliteDataReader, Scanned> read, Dictionary<string, CaseRow> ahead)
    {
        using var rows = file.Query(text, world).ExecuteReader();
        while (rows.Read())
        {
            if (ahead.Count > 0 && ahead.ContainsKey(rows.GetString(0)))
            {
                continue;
            }

            Scanned row;
            try
            {
                row = read(rows);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                row = new ScannedUnreadable(Broken($"{what} {rows.GetString(0)}", null, null, null, e.Message), OfRecord: false);
            }

            yield return row;
        }
    }

    private static ChainFault Broken(string? stream, long? version, long? commit, long? place, string why) =>
        new(ChainFaultKind.Edited, stream, version, commit, new Words($"无法读出:{why}", $"It can't be read: {why}"), place);

    private static bool IsUnreadable(Exception e) =>
        e is FormatException or InvalidCastException or OverflowException or ArgumentException or System.Text.Json.JsonException;

    private long Count(StoredTown file)
    {
        using var waiting = file.Query("SELECT count(*) FROM outbox WHERE world = $world", world);
        return (long)waiting.ExecuteScalar()! + file.EffectsAhead;
    }
}
