using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Where the tables stand, and whether a redo log belongs to them.</summary>
internal sealed partial class TownTables
{
    /// <summary>Where the tables stand.</summary>
    public LogPosition Position()
    {
        using var command = connection.CreateCommand();
        command.CommandText = Stands;
        using var reader = command.ExecuteReader();
        return ReadPosition(reader);
    }

    /// <summary>The question where tables stand.</summary>
    public const string Stands =
        $"{OfTables}, max((SELECT coalesce(max(no), 0) FROM commits), (SELECT coalesce(max(last), 0) FROM lost_commits)), {LastRoot}";

    /// <summary>The same of a file of before, which has never been salvaged.</summary>
    public const string StandsOfBefore = $"{OfTables}, (SELECT coalesce(max(no), 0) FROM commits), {LastRoot}";

    private const string OfTables = "SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT coalesce(max(id), 0) FROM outbox)",
        LastRoot = "(SELECT root FROM commits ORDER BY no DESC LIMIT 1)";

    /// <summary>Reads the answer to <see cref="Stands"/>.</summary>
    public static LogPosition ReadPosition(SqliteDataReader reader)
    {
        reader.Read();
        return new LogPosition(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetInt64(2),
            reader.GetValue(3) as byte[] ?? new byte[HashChain.Length]
        );
    }

    /// <summary>After which commit the redo log beside the file was begun; null when it was closed in order, or a version of before wrote
    /// the file.</summary>
    public long? LogBegan() => Ask($"SELECT began FROM redo_log WHERE id = 1") as long?;

    /// <summary>The root of a commit; null when the tables don't have it.</summary>
    public byte[]? RootOf(long commit) => Ask($"SELECT root FROM commits WHERE no = {commit}") as byte[];

    /// <summary>From now on a redo log belongs to the file. By a connection of its own, since somebody else may be writing.</summary>
    /// <param name="commit">The last commit that the tables have.</param>
    /// <exception cref="SqliteException">It could not be noted.</exception>
    public static void BeginLog(string path, long commit)
    {
        using var writer = JournalFile.OpenWriter(path);
        using var note = Command(
            writer,
            $"INSERT INTO redo_log (id, began) VALUES (1, {commit}) ON CONFLICT (id) DO UPDATE SET began = excluded.began"
        );
        note.ExecuteNonQuery();
    }

    /// <summary>The tables have everything: the file needs no redo log any more.</summary>
    public void EndLog() => Do($"DELETE FROM redo_log");

    private object? Ask(FormattableString text)
    {
        using var command = Command(connection, text);
        return command.ExecuteScalar();
    }

    private void Do(FormattableString text)
    {
        using var command = Command(connection, text);
        command.ExecuteNonQuery();
    }

    // Numbers are all that is put in.
    private static SqliteCommand Command(SqliteConnection connection, FormattableString text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = FormattableString.Invariant(text);
#pragma warning restore CA2100
        return command;
    }
}
