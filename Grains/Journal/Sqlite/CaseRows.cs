using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads case rows from rows.</summary>
internal static class CaseRows
{
    public const string Columns =
        "c.number, c.town, c.procedure, c.kind, c.subject, s.step, s.disposition, s.workplace, s.colour, c.party_id, "
        + "s.party_name, s.certificate, c.opened_at, s.changed_at, c.opened_by, s.work";

    public const string From = "FROM cases c JOIN standing s ON s.world = c.world AND s.number = c.number WHERE c.world = $world";

    public static CaseRow Read(SqliteDataReader reader) =>
        ReadCase(reader) with
        {
            Work = reader.IsDBNull(15) ? null : StoredJson.ReadWork(reader.GetString(15)),
        };

    /// <summary>A case without its work.</summary>
    public static CaseRow ReadCase(SqliteDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            (Disposition)reader.GetInt32(6),
            TextOrNull(reader, 7),
            (ClockColour)reader.GetInt32(8),
            reader.GetString(9),
            reader.GetString(10),
            TextOrNull(reader, 11),
            Moment.Read(reader.GetString(12)),
            Moment.Read(reader.GetString(13)),
            Guid.Parse(reader.GetString(14)),
            null
        );

    private static string? TextOrNull(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
