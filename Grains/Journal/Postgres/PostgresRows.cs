using System.Collections.Immutable;
using Npgsql;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Reads records, case rows and work items from rows.</summary>
internal static class PostgresRows
{
    /// <summary>The payload is read as the bytes that were hashed.</summary>
    public const string RecordColumns =
        "r.world, r.stream, r.version, r.at, r.kind, r.actor_id, r.actor_office, r.actor_for, r.command_id, "
        + "convert_to(r.payload, 'UTF8'), r.prev_hash, r.hash, r.received_at, r.late, r.digest";

    /// <summary>How many they are.</summary>
    public const int Count = 15;

    /// <summary>Records of world $1 and stream $2 after version $3, up to $4.</summary>
    public const string RecordsOfStream =
        $"SELECT {RecordColumns} FROM journal r WHERE r.world = $1 AND r.stream = $2 AND r.version > $3 AND r.version <= $4 ORDER "
        + "BY r.version";

    /// <summary>Their versions and commands.</summary>
    public const string CommandsOfStream =
        "SELECT r.version, r.command_id FROM journal r WHERE r.world = $1 AND r.stream = $2 AND r.version > $3 AND r.version <= "
        + "$4 ORDER BY r.version";

    public const string CaseColumns =
        "c.number, c.town, c.procedure, c.kind, c.subject, s.step, s.disposition, s.workplace, s.colour, c.party_id, "
        + "s.party_name, s.certificate, c.opened_at, s.changed_at, c.opened_by, s.work, s.labels";

    /// <summary>How many columns a case has.</summary>
    public const int CaseCount = 17;

    public static JournalRecord Record(NpgsqlDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetInt64(2),
            Moment.Read(reader.GetString(3)),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetString(6),
            TextOrNull(reader, 7),
            reader.GetGuid(8),
            reader.GetFieldValue<byte[]>(9),
            reader.GetFieldValue<byte[]>(10),
            reader.GetFieldValue<byte[]>(11),
            reader.IsDBNull(12) ? null : Moment.Read(reader.GetString(12)),
            TextOrNull(reader, 13),
            reader.IsDBNull(14) ? null : new CommandDigest(reader.GetFieldValue<byte[]>(14))
        );

    public static CaseRow Case(NpgsqlDataReader reader) =>
        ReadCase(reader, StoredJson.ReadLabels) with
        {
            Work = TextOrNull(reader, 15) is { } work ? StoredJson.ReadWork(work) : null,
        };

    /// <summary>A case without its work, for an audit.</summary>
    public static CaseRow ReadStrictly(NpgsqlDataReader reader) => ReadCase(reader, StoredJson.ReadLabelsStrictly);

    private static CaseRow ReadCase(NpgsqlDataReader reader, Func<string?, ImmutableArray<CaseLabel>> labels) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            (Disposition)reader.GetInt16(6),
            TextOrNull(reader, 7),
            (ClockColour)reader.GetInt16(8),
            reader.GetString(9),
            reader.GetString(10),
            TextOrNull(reader, 11),
            Moment.Read(reader.GetString(12)),
            Moment.Read(reader.GetString(13)),
            reader.GetGuid(14),
            null,
            Labels: labels(TextOrNull(reader, 16))
        );

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
