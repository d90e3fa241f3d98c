using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Backup;

/// <summary>
/// Copies what lies beside a town's record, after the record: what that names is there by then and stays. A file that goes away meanwhile
/// is one that nothing names.
/// </summary>
internal static class FolderFiles
{
    /// <summary>Pages copied between two looks at the time and at Ctrl-C.</summary>
    private const int Together = 2048;

    /// <returns>Each file's name from the folder of the copies on.</returns>
    public static List<BackupFile> Copy(string from, string to, BesideRecord beside, CancellationToken cancellation)
    {
        var names = new List<string>();
        foreach (var name in beside.Databases.Where(name => File.Exists(Path.Combine(from, name))))
        {
            cancellation.ThrowIfCancellationRequested();
            CopyDatabase(Path.Combine(from, name), Place(to, name), beside.Forgotten.GetValueOrDefault(name), cancellation);
            names.Add(name);
        }

        foreach (var name in beside.Files.Where(name => File.Exists(Path.Combine(from, name))))
        {
            CopyFile(Path.Combine(from, name), Place(to, name));
            names.Add(name);
        }

        foreach (var folder in beside.Folders.Where(folder => Directory.Exists(Path.Combine(from, folder))))
        {
            names.AddRange(CopyFolder(from, to, folder, cancellation));
        }

        return [.. names.Select(name => BackupFile.Of(Path.Combine(to, name)) with { Name = name })];
    }

    /// <summary>Copies the files of a backup, whose digests were checked.</summary>
    public static void Restore(string from, string to, IEnumerable<BackupFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            CopyFile(BackupManifest.Inside(from, file.Name), Place(to, file.Name));
        }
    }

    /// <summary>Copies a database of SQLite page by page in one snapshot, beside whoever writes to it.</summary>
    public static void CopyPages(SqliteConnection from, SqliteConnection to, Action<double> progress, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
        for (var state = raw.SQLITE_OK; state != raw.SQLITE_DONE; )
        {
            cancellation.ThrowIfCancellationRequested();
            state = raw.sqlite3_backup_step(backup, Together);
            if (state is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            {
                throw new SqliteException(raw.sqlite3_errmsg(to.Handle).utf8_to_string(), state);
            }

            var pages = raw.sqlite3_backup_pagecount(backup);
            progress(pages == 0 ? 1 : 1 - ((double)raw.sqlite3_backup_remaining(backup) / pages));
        }
    }

    private static void CopyDatabase(string from, string to, string? forget, CancellationToken cancellation)
    {
        using (var source = JournalFile.Open(from, SqliteOpenMode.ReadOnly))
        using (var target = JournalFile.Open(to, SqliteOpenMode.ReadWriteCreate))
        {
            CopyPages(source, target, static _ => { }, cancellation);
            if (forget is not null)
            {
#pragma warning disable CA2100 // A constant of whoever keeps the database.
                using var command = new SqliteCommand(forget, target);
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }
        }

        JournalFile.MakeOne(to);
    }

    // Whatever is a database of its own was copied as one.
    private static List<string> CopyFolder(string from, string to, string folder, CancellationToken cancellation)
    {
        var names = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(from, folder), "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(from, path);
            // Files are known by the hash of their content, in folders by its first letters; all else there is on its way or of a database.
            if (Path.GetFileName(Path.GetDirectoryName(path)) is not { Length: 2 } part || !Path.GetFileName(path).StartsWith(part))
            {
                continue;
            }

            try
            {
                CopyFile(path, Place(to, name));
                names.Add(name);
            }
            catch (FileNotFoundException)
            {
                // Removed meanwhile, since no case has used it.
            }
        }

        return names;
    }

    private static void CopyFile(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(to, OwnersOnly.NewFile(FileMode.CreateNew));
        source.CopyTo(target);
    }

    private static string Place(string folder, string name)
    {
        var place = BackupManifest.Inside(folder, name);
        OwnersOnly.Make(Path.GetDirectoryName(place)!);
        return place;
    }
}
