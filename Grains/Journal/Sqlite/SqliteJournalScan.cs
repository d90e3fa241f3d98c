using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Commits and records of a file, as far as they can be read, and what is wrong with its pages.</summary>
internal static class SqliteJournalScan
{
    /// <summary>Commits and records alone.</summary>
    public static IEnumerable<Scanned> Everything(StoredTown file)
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

        foreach (var part in Ahead(file).Concat(Losses(file)))
        {
            yield return part;
        }
    }

    private static IEnumerable<Scanned> Ahead(StoredTown file)
    {
        foreach (var commit in file.Ahead)
        {
            yield return new ScannedCommit(commit.ToCommit());
            var place = commit.Frame.Before.Seq;
            foreach (var record in commit.Read().SelectMany(append => append.Records))
            {
                yield return new ScannedRecord(record, commit.No, Place: ++place);
            }
        }
    }

    // What the log or a salvage has lost.
    private static IEnumerable<Scanned> Losses(StoredTown file)
    {
        if (file.Damage is { } damage)
        {
            yield return Lost(damage.IsEdited ? ChainFaultKind.Edited : ChainFaultKind.Cut, damage.No, damage.Why);
        }

        foreach (var (first, last) in file.Lost)
        {
            var why = new Words(
                $"第 {first} 至 {last} 次提交在抢救受损文件时已不完整。",
                $"Commits {first} to {last} were not whole any more when damaged files were salvaged."
            );
            yield return Lost(ChainFaultKind.Cut, first, why);
        }

        foreach (var notice in file.Notices)
        {
            yield return new ScannedNotice(notice);
        }
    }

    private static ScannedUnreadable Lost(ChainFaultKind kind, long? commit, Words why) =>
        new(new ChainFault(kind, null, null, commit, why), OfRecord: true);

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
        catch (Exception e) when (ScannedRows.IsUnreadable(e))
        {
            return new ScannedUnreadable(ScannedRows.Broken(null, null, no, e.Message), OfRecord: true);
        }
    }

    private static Scanned Record(SqliteDataReader row)
    {
        // A schema whose text is damaged can make anything of a column, the row's own number too.
        var (commit, place) = (row.GetValue(RecordRows.Count) as long? ?? 0, row.GetValue(RecordRows.Count + 1) as long?);
        return ScannedRows.Record(row, commit, 0, place, record => place is null ? "seq" : Unwritten(row, record));
    }

    // What reads as the same value, so that the hash can't tell, but was never written so.
    private static string? Unwritten(SqliteDataReader row, JournalRecord record) =>
        row.GetString(8) != record.CommandId.ToString("D") ? "command_id" : null;

    /// <summary>What is wrong with the file's pages and indexes: a record that an index doesn't know of is there and can't be
    /// found.</summary>
    public static IEnumerable<Scanned> Pages(StoredTown file)
    {
        using var rows = new ScanRows(file.Query("PRAGMA integrity_check(20)"), "sqlite_master");
        while (rows.Read())
        {
            if (rows.Row.GetString(0) is not "ok" and var wrong)
            {
                var why = new Words($"文件的页面或索引已损坏：{wrong}", $"A page or an index of the file is damaged: {wrong}");
                yield return Lost(ChainFaultKind.Edited, null, why);
            }
        }

        if (rows.Fault is { } fault)
        {
            yield return new ScannedUnreadable(fault, OfRecord: true);
        }
    }
}
