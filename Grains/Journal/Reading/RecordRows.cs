using System.Data.Common;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Reading;

/// <summary>Records as both stores keep them.</summary>
internal static class RecordRows
{
    /// <summary>How many columns a record has.</summary>
    public const int Count = 15;

    private const string OfStream = "FROM journal WHERE world = $1 AND stream = $2 AND version > $3 AND version <= $4 ORDER BY version";

    /// <summary>Versions and commands of the records of world $1 and stream $2 after version $3, up to $4.</summary>
    public const string CommandsOfStream = $"SELECT version, command_id {OfStream}";

    /// <summary>The columns of a record.</summary>
    /// <param name="receipt">False for a file of before receipts were kept, which an auditor may only read.</param>
    public static string Columns(SqlDialect dialect, bool receipt = true) =>
        "world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, "
        + $"{dialect.Payload}, prev_hash, hash, {(receipt ? "received_at, late, digest" : "NULL, NULL, NULL")}";

    /// <summary>The records of world $1 and stream $2 after version $3, up to $4.</summary>
    public static string OfStreamWith(string columns) => $"SELECT {columns} {OfStream}";

    public static JournalRecord Read(DbDataReader row) =>
        new(
            World: row.GetString(0),
            Stream: row.GetString(1),
            Version: row.GetInt64(2),
            At: Moment.Read(row.GetString(3)),
            Kind: row.GetString(4),
            ActorId: row.GetString(5),
            ActorOffice: row.GetString(6),
            ActorFor: TextOrNull(row, 7),
            CommandId: row.GetGuid(8),
            Payload: row.GetFieldValue<byte[]>(9),
            PreviousHash: row.GetFieldValue<byte[]>(10),
            Hash: row.GetFieldValue<byte[]>(11),
            ReceivedAt: row.IsDBNull(12) ? null : Moment.Read(row.GetString(12)),
            Late: TextOrNull(row, 13),
            Digest: row.IsDBNull(14) ? null : new CommandDigest(row.GetFieldValue<byte[]>(14))
        );

    public static RecordedCommand ReadCommand(DbDataReader row) => new(row.GetInt64(0), row.GetGuid(1));

    public static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
