using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads records from rows.</summary>
internal static class JournalRows
{
    /// <summary>The payload is read as the bytes that were hashed.</summary>
    public const string Columns =
        "world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, CAST(payload AS BLOB), prev_hash, "
        + "hash, received_at, late, digest";

    /// <summary>The same of a file that nobody has brought up to date, which an auditor may only read.</summary>
    public const string OlderColumns =
        "world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, CAST(payload AS BLOB), prev_hash, "
        + "hash, NULL, NULL, NULL";

    /// <summary>How many columns either has.</summary>
    public const int Count = 15;

    /// <summary>The columns as this file has them.</summary>
    public static string ColumnsOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('journal') WHERE name = 'received_at'";
        return (long)command.ExecuteScalar()! > 0 ? Columns : OlderColumns;
    }

    public static List<JournalRecord> Of(
        SqliteConnection connection,
        string world,
        string stream,
        long afterVersion,
        long upTo = long.MaxValue,
        string columns = Columns
    ) => Of(connection, $"SELECT {columns} {Some}", Read, world, stream, afterVersion, upTo);

    public static List<RecordedCommand> CommandsOf(
        SqliteConnection connection,
        string world,
        string stream,
        long afterVersion,
        long upTo
    ) =>
        Of(
            connection,
            $"SELECT version, command_id {Some}",
            reader => new RecordedCommand(reader.GetInt64(0), Guid.Parse(reader.GetString(1))),
            world,
            stream,
            afterVersion,
            upTo
        );

    public static JournalRecord Read(SqliteDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetInt64(2),
            Moment.Read(reader.GetString(3)),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetString(6),
            reader.IsDBNull(7) ? null : reader.GetString(7),
            Guid.Parse(reader.GetString(8)),
            reader.GetFieldValue<byte[]>(9),
            reader.GetFieldValue<byte[]>(10),
            reader.GetFieldValue<byte[]>(11),
            reader.IsDBNull(12) ? null : Moment.Read(reader.GetString(12)),
            reader.IsDBNull(13) ? null : reader.GetString(13),
            reader.IsDBNull(14) ? null : new CommandDigest(reader.GetFieldValue<byte[]>(14))
        );

    private const string Some =
        "FROM journal WHERE world = $world AND stream = $stream AND version > $after AND version <= $upTo ORDER BY version";

    private static List<T> Of<T>(
        SqliteConnection connection,
        string text,
        Func<SqliteDataReader, T> read,
        string world,
        string stream,
        long afterVersion,
        long upTo
    )
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Put together from the constants of this file.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$world", world);
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$after", afterVersion);
        command.Parameters.AddWithValue("$upTo", upTo);
        return command.ToList(read);
    }
}
