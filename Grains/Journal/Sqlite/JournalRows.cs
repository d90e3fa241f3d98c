using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads records from rows.</summary>
internal static class JournalRows
{
    /// <summary>The payload is read as the bytes that were hashed.</summary>
    public const string Columns = "world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, CAST(payload AS BLOB), prev_hash, hash";

    public static List<JournalRecord> Of(SqliteConnection connection, string world, string stream, long afterVersion, long upTo = long.MaxValue)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM journal WHERE world = $world AND stream = $stream AND version > $after AND version <= $upTo ORDER BY version";
        command.Parameters.AddWithValue("$world", world);
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$after", afterVersion);
        command.Parameters.AddWithValue("$upTo", upTo);
        using var reader = command.ExecuteReader();
        var records = new List<JournalRecord>();
        while (reader.Read())
        {
            records.Add(Read(reader));
        }

        return records;
    }

    public static JournalRecord Read(SqliteDataReader reader) => new(
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
        reader.GetFieldValue<byte[]>(11));
}
