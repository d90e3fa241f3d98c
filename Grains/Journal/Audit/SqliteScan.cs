using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Audit;

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
        foreach (var part in Journal(file))
        {
            yield return part;
        }

        // The last row of a case counts: the log's, where it is ahead of the tables.
        var ahead = file
            .Ahead.SelectMany(commit => commit.Read())
            .Where(append => append.Row is not null && append.World == world)
            .GroupBy(append => append.Row!.Number, append => append.Row!)
            .ToDictionary(rows => rows.Key, rows => rows.Last(), StringComparer.Ordinal);
        foreach (
            var part in Rows(
                file,
                $"SELECT {(file.HasLabels ? CaseRows.Columns : CaseRows.ColumnsWithoutLabels)} {CaseRows.From} ORDER BY c.number",
                "case",
                static r => new ScannedCase(CaseRows.ReadStrictly(r)),
                ahead
            )
        )
        {
            yield return part;
        }

        foreach (
            var part in Rows(
                file,
                "SELECT s.number, s.workplace, s.work, s.since FROM standing s WHERE s.world = $1 AND s.work IS NOT NULL "
                    + "ORDER BY s.number",
                "work",
                Work,
                ahead
            )
        )
        {
            yield return part;
        }

        foreach (var fault in RowFaults(file))
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

        foreach (var part in LooksAtPages ? Pages(file) : [])
        {
            yield return part;
        }
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
            faults.Add(new ScannedUnreadable(Broken("schema", null, null, null, e.Message), OfRecord: false));
        }

        return faults;
    }

    /// <summary>What is wrong with the file's pages and indexes: a record that an index doesn't know of is there and can't be
    /// found.</summary>
    internal static IEnumerable<Scanned> Pages(StoredTown file)
    {
        using var rows = new ScanRows(file.Query("PRAGMA integrity_check(20)"), "sqlite_master");
        while (rows.Read())
        {
            if (rows.Row.GetString(0) is not "ok" and var wrong)
            {
                yield return new ScannedUnreadable(
                    new ChainFault(
                        ChainFaultKind.Edited,
                        null,
                        null,
                        null,
                        new Words($"文件的页面或索引已损坏：{wrong}", $"A page or an index of the file is damaged: {wrong}")
                    ),
                    OfRecord: true
                );
            }
        }

        if (rows.Fault is { } fault)
        {
            yield return new ScannedUnreadable(fault, OfRecord: true);
        }
    }

    private static Scanned Work(SqliteDataReader row)
    {
        var work = StoredJson.ReadWorkStrictly(row.GetString(2));
        return row.IsDBNull(3) || Moment.Read(row.GetString(3)) == work.Since
            ? new ScannedWork(row.GetString(1), work)
            : ScanFaults.Row($"case {row.GetString(0)}", ScanFaults.Since);
    }

    /// <summary>Commits and records alone.</summary>
    internal static IEnumerable<Scanned> Journal(StoredTown file)
    {
        using var commits = new ScanRows(file.Query("SELECT no, records, prev_root, root FROM commits ORDER BY no"), "commits");
        using var records = new ScanRows(file.Query($"SELECT {file.RecordColumns}, commit_no, seq FROM journal ORDER BY seq"), "journal");
        while (commits.Read())
        {
            var commit = Commit(commits.Row);
            yield return commit;
            for (long n = 0; commit is ScannedCommit it && n < it.Commit.Records && records.Read(); n++)
            {
                yield return Record(records.Row);
            }
        }

        while (records.Read())
        {
            yield return Record(records.Row);
        }

        foreach (var rows in new[] { commits, records })
        {
            if (rows.Fault is { } fault)
            {
                yield return new ScannedUnreadable(fault, OfRecord: true);
            }
        }

        foreach (var commit in file.Ahead)
        {
            yield return new ScannedCommit(commit.ToCommit());
            var place = commit.Frame.Before.Seq;
            foreach (var record in commit.Read().SelectMany(append => append.Records))
            {
                yield return new ScannedRecord(record, commit.No, Place: ++place);
            }
        }

        if (file.Damage is { } damage)
        {
            yield return new ScannedUnreadable(
                new ChainFault(damage.IsEdited ? ChainFaultKind.Edited : ChainFaultKind.Cut, null, null, damage.No, damage.Why),
                OfRecord: true
            );
        }

        foreach (var (first, last) in file.Lost)
        {
            yield return new ScannedUnreadable(
                new ChainFault(
                    ChainFaultKind.Cut,
                    null,
                    null,
                    first,
                    new Words(
                        $"第 {first} 至 {last} 次提交在抢救受损文件时已不完整。",
                        $"Commits {first} to {last} were not whole any more when damaged files were salvaged."
                    )
                ),
                OfRecord: true
            );
        }

        foreach (var notice in file.Notices)
        {
            yield return new ScannedNotice(notice);
        }
    }

    private static Scanned Commit(SqliteDataReader commits)
    {
        var no = commits.GetValue(0) as long?;
        try
        {
            return new ScannedCommit(
                new JournalCommit(
                    commits.GetInt64(0),
                    commits.GetInt32(1),
                    commits.GetFieldValue<byte[]>(2),
                    commits.GetFieldValue<byte[]>(3)
                )
            );
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new ScannedUnreadable(Broken(null, null, no, null, e.Message), OfRecord: true);
        }
    }

    private static Scanned Record(SqliteDataReader records)
    {
        // A schema whose text is damaged can make anything of a column, the row's own number too.
        var (commit, place) = (records.GetValue(RecordRows.Count) as long? ?? 0, records.GetValue(RecordRows.Count + 1) as long?);
        try
        {
            var record = RecordRows.Read(records);
            return (place is null ? "seq" : Unwritten(records, record)) is { } why
                ? new ScannedUnreadable(Broken(record.Stream, record.Version, commit, place, why), OfRecord: true)
                : new ScannedRecord(record, commit, Place: place);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new ScannedUnreadable(
                Broken(records.GetValue(1) as string, records.GetValue(2) as long?, commit, place, e.Message),
                OfRecord: true
            );
        }
    }

    // What reads as the same value, so that the hash can't tell, but was never written so.
    private static string? Unwritten(SqliteDataReader records, JournalRecord record) =>
        records.GetString(8) != record.CommandId.ToString("D") ? "command_id" : null;

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

            Scanned row;
            try
            {
                row = read(rows.Row);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                row = new ScannedUnreadable(Broken($"{what} {rows.Row.GetValue(0)}", null, null, null, e.Message), OfRecord: false);
            }

            yield return row;
        }

        if (rows.Fault is { } fault)
        {
            yield return new ScannedUnreadable(fault, OfRecord: false);
        }
    }

    private static ChainFault Broken(string? stream, long? version, long? commit, long? place, string why) =>
        new(ChainFaultKind.Edited, stream, version, commit, new Words($"无法读出：{why}", $"It can't be read: {why}"), place);

    // A damaged row may hold anything.
    private static bool IsUnreadable(Exception e) => e is not (SqliteException or OutOfMemoryException or OperationCanceledException);

    private Scanned Waiting(StoredTown file)
    {
        using var waiting = new ScanRows(file.Query("SELECT count(*) FROM outbox WHERE world = $1", world), "outbox");
        return waiting.Read()
            ? new ScannedWaiting(waiting.Row.GetInt64(0) + file.EffectsAhead)
            : new ScannedUnreadable(waiting.Fault!, OfRecord: false);
    }
}
