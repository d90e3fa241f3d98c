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
            row.GetString(0),
            row.GetString(1),
            row.GetInt64(2),
            Moment.Read(row.GetString(3)),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            TextOrNull(row, 7),
            row.GetGuid(8),
            row.GetFieldValue<byte[]>(9),
            row.GetFieldValue<byte[]>(10),
            row.GetFieldValue<byte[]>(11),
            row.IsDBNull(12) ? null : Moment.Read(row.GetString(12)),
            TextOrNull(row, 13),
            row.IsDBNull(14) ? null : new CommandDigest(row.GetFieldValue<byte[]>(14))
        );

    public static RecordedCommand ReadCommand(DbDataReader row) => new(row.GetInt64(0), row.GetGuid(1));

    public static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
