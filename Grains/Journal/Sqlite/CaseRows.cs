using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads case rows and work items from rows.</summary>
internal static class CaseRows
{
    public const string Columns = "c.number, c.town, c.procedure, c.kind, c.subject, c.step, c.disposition, c.workplace, c.colour, c.party_id, c.party_name, c.certificate, c.opened_at, c.changed_at, c.opened_by";

    public const string WorkColumns = "w.case_number, w.version, w.step, w.item, w.role, w.hands, w.certificates, w.not_by, w.prefer, w.green, w.since, w.look_on, w.due, w.officers";

    private const int Width = 15;

    /// <summary>A case with its work, from both lists of columns.</summary>
    public static CaseRow Read(SqliteDataReader reader) => ReadCase(reader) with { Work = reader.IsDBNull(Width) ? null : ReadWork(reader, Width) };

    /// <summary>A case without its work.</summary>
    public static CaseRow ReadCase(SqliteDataReader reader) => new(
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
        null);

    public static WorkItem ReadWork(SqliteDataReader reader, int from) => new(
        reader.GetString(from),
        reader.GetInt64(from + 1),
        reader.GetString(from + 2),
        reader.GetString(from + 3),
        TextOrNull(reader, from + 4),
        reader.GetInt32(from + 5),
        StoredJson.ReadList(reader.GetString(from + 6)),
        StoredJson.ReadList(reader.GetString(from + 7)),
        TextOrNull(reader, from + 8),
        reader.GetInt64(from + 9) == 1,
        Moment.Read(reader.GetString(from + 10)),
        Moment.ReadDay(TextOrNull(reader, from + 11)),
        Moment.ReadDay(TextOrNull(reader, from + 12)),
        StoredJson.ReadList(reader.GetString(from + 13)));

    private static string? TextOrNull(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
