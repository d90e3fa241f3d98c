using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>How the file of a durable world is opened. Connections are owned, never borrowed from the driver's pool.</summary>
internal static class JournalFile
{
    /// <summary>Seconds that a connection waits for another one's lock; the writer has none to wait for but a third party's.</summary>
    private const int BusySeconds = 5;

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    // Prepared statements run below the driver, whose time-out doesn't reach them: without this a reader that recovers or checkpoints the
    // log for a moment, or somebody's sqlite3 console, fails a whole batch instead of delaying it.
    private static readonly string Wait = $"PRAGMA busy_timeout = {BusySeconds * 1000}";

    // Before the first connection of the process. A connection is only ever used by one thread at a time, and nobody asks how much memory
    // SQLite has: the locks for both were 8 % of the applier's time by its profile. A process that has opened a file before this class was
    // needed keeps them, and lacks nothing else.
    static JournalFile()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>The writer of the tables. What it commits is safe when it returns.</summary>
    // The pages of indexes and of open cases change with nearly every commit: the fewer checkpoints, the less often they are copied into
    // the file. But the redo log's sync waits for a checkpoint's, 45 ms for one of 64 MB; pieces of 12 MB cost no rate (decision 54).
    public static SqliteConnection OpenWriter(string path) =>
        Set(
            Open(path, SqliteOpenMode.ReadWriteCreate),
            Wait,
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA cache_size = -65536",
            "PRAGMA wal_autocheckpoint = 3000"
        );

    public static SqliteConnection OpenReader(string path) => Set(Open(path, SqliteOpenMode.ReadWrite), "PRAGMA query_only = ON");

    /// <summary>Makes one file of it, without a log of its own beside it, as a copy that is put away is best kept. Nobody else may have it
    /// open.</summary>
    public static void MakeOne(string path) =>
        Set(Open(path, SqliteOpenMode.ReadWrite), "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE").Dispose();

    /// <summary>For the rare writes that are no record; what it commits is safe when it returns.</summary>
    public static SqliteConnection OpenBeside(string path) => Set(Open(path, SqliteOpenMode.ReadWrite), Wait, "PRAGMA synchronous = FULL");

    /// <summary>For whoever may only read, also on a medium where no shared-memory file can be made.</summary>
    public static SqliteConnection OpenReadOnly(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            Set(connection, "SELECT count(*) FROM commits");
            return connection;
        }
        catch (SqliteException) when (!File.Exists(path + "-wal"))
        {
            // Without a -wal file the file itself is whole.
            connection.Dispose();
            return Open($"{Uri(path)}?immutable=1", SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException) when (!File.Exists(path + "-shm"))
        {
            // A copy where nothing can be made beside it, as no running town is: a town that runs has a -shm file. Its log is read without
            // one, and without locks.
            connection.Dispose();
            return OpenCopy(path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection OpenCopy(string path)
    {
        var copy = Open($"{Uri(path)}?vfs=unix-none", SqliteOpenMode.ReadOnly);
        try
        {
            _ = raw.sqlite3_db_config(copy.Handle!, NoCheckpointOnClose, 1, out _);
            return Set(copy, "PRAGMA locking_mode = EXCLUSIVE", "SELECT count(*) FROM commits");
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static string Uri(string path) =>
        "file:" + string.Join('/', Path.GetFullPath(path).Split('/').Select(System.Uri.EscapeDataString));

    public static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString();

    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(Text(path, mode));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Set(SqliteConnection connection, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
            command.CommandText = text;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        return connection;
    }
}
