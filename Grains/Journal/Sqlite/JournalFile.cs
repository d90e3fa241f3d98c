using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>How the file of a durable world is opened. Connections are owned, never borrowed from the driver's pool.</summary>
internal static class JournalFile
{
    /// <summary>Seconds that a connection waits for another one's lock; the writer has none to wait for but a third party's.</summary>
    private const int BusySeconds = 5;

    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        // Prepared statements run below the driver, whose time-out doesn't reach them: without this a reader that recovers or checkpoints
        // the log for a moment, or somebody's sqlite3 console, fails a whole batch instead of delaying it.
        Pragma(connection, $"PRAGMA busy_timeout = {BusySeconds * 1000}");
        Pragma(connection, "PRAGMA journal_mode = WAL");
        Pragma(connection, "PRAGMA synchronous = FULL");
        Pragma(connection, "PRAGMA cache_size = -65536");
        // The pages of indexes and of open cases change with nearly every commit; the fewer checkpoints, the less often they are copied into the file.
        Pragma(connection, "PRAGMA wal_autocheckpoint = 16000");
        return connection;
    }

    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Pragma(connection, "PRAGMA query_only = ON");
        return connection;
    }

    public static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds }.ToString();

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

    private static void Pragma(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
