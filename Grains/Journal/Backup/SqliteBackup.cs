using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Backup;

/// <summary>
/// Backs a town's folder up and restores it. The files are read as an auditor reads them, in one snapshot, so that a town that runs goes on
/// meanwhile; what its redo log has beyond the tables is brought into the copy's, which is one file.
/// </summary>
public static class SqliteBackup
{
    private const string Record = "town.sqlite";

    /// <param name="folder">The town's folder.</param>
    /// <param name="to">The backup's folder, which isn't there yet or is empty.</param>
    /// <param name="beside">What is copied beside the record.</param>
    /// <param name="progress">Is told the share that is copied, from 0 to 1.</param>
    /// <exception cref="BackupException">There is no town, it is damaged, or <paramref name="to"/> is taken.</exception>
    public static BackupManifest Make(
        string folder,
        string to,
        BesideRecord beside,
        DateTimeOffset at,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(folder, Record);
        if (!File.Exists(path))
        {
            throw new BackupException(new($"{folder} 中没有镇的记录（{Record}）。", $"There is no town's record ({Record}) in {folder}."));
        }

        using var made = new NewFolder(to);
        var copy = Path.Combine(made.Path, Record);
        Copy(path, copy, progress, cancellation);
        var report = Verified(copy, null, cancellation);
        var others = FolderFiles.Copy(folder, made.Path, beside, cancellation);
        var manifest = BackupManifest.Of(BackupManifest.Sqlite, at, report, [BackupFile.Of(copy), .. others]) with
        {
            Practice = PracticeIn(copy),
        };
        manifest.Write(made.Path);
        made.Keep();
        return manifest;
    }

    /// <param name="from">A backup of a folder.</param>
    /// <param name="to">The new town's folder, which has no town yet.</param>
    /// <exception cref="BackupException">It is no such backup, was changed, or <paramref name="to"/> is taken.</exception>
    public static BackupManifest Restore(string from, string to, CancellationToken cancellation)
    {
        var manifest = BackupManifest.Read(from, cancellation);
        if (manifest.Store != BackupManifest.Sqlite)
        {
            throw new BackupException(
                new(
                    "该备份出自 PostgreSQL，只能恢复到 PostgreSQL：用 --connection。",
                    "This backup is of a PostgreSQL database and can be restored to one only: use --connection."
                )
            );
        }

        using var made = new NewFolder(to);
        var copy = Path.Combine(made.Path, Record);
        FolderFiles.Restore(from, made.Path, manifest.Files, cancellation);
        OwnersOnly.Shut(made.Path);
        Verified(copy, manifest.Checkpoint, cancellation);
        var practice = PracticeIn(copy);
        made.Keep();
        return manifest with { Practice = practice };
    }

    private static DateTimeOffset? PracticeIn(string copy) =>
        SqliteAudit.ReadFounded(copy, Address.Live) is { Practice: true } founded ? founded.LastReceived ?? DateTimeOffset.UnixEpoch : null;

    private static void Copy(string path, string copy, Action<double> progress, CancellationToken cancellation)
    {
        using (var town = new StoredTown(path))
        {
            if (town.Damage is { } damage)
            {
                throw new BackupException(new($"{damage.Why.Zh}；未备份。", $"{damage.Why.En}; nothing was backed up."));
            }

            using (var target = JournalFile.Open(copy, SqliteOpenMode.ReadWriteCreate))
            {
                FolderFiles.CopyPages(town.Connection, target, progress, cancellation);
            }

            // A folder that was closed in order, by this version or one of before, is copied as it is.
            if (town.Ahead.Count > 0 || town.HasLog)
            {
                Follow(copy, town.Ahead);
            }
        }

        JournalFile.MakeOne(copy);
    }

    // The copy has everything, and no log beside it.
    private static void Follow(string copy, IReadOnlyList<RedoCommit> ahead)
    {
        SchemaUpgrade.Apply(copy, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        using var tables = new TownTables(copy);
        tables.Bring(ahead);
        tables.EndLog();
    }

    private static ChainReport Verified(string copy, ChainCheckpoint? expected, CancellationToken cancellation)
    {
        var report = SqliteAudit.Verify(copy, expected, cancellation);
        return report.Fault is { } fault
            ? throw new BackupException(
                new(
                    $"副本校验不符，已放弃：{fault.Stream} {fault.Why.Zh}",
                    $"The copy doesn't verify and was given up: {fault.Stream} {fault.Why.En}"
                )
            )
            : report;
    }
}
