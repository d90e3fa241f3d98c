using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Reads case rows from rows.</summary>
internal static class CaseRows
{
    public const string Columns = $"{OlderColumns}, s.labels";

    /// <summary>The same of a file that nobody has brought up to date, which an auditor may only read.</summary>
    private const string OlderColumns =
        "c.number, c.town, c.procedure, c.kind, c.subject, s.step, s.disposition, s.workplace, s.colour, c.party_id, "
        + "s.party_name, s.certificate, c.opened_at, s.changed_at, c.opened_by, s.work";

    public const string From = "FROM cases c JOIN standing s ON s.world = c.world AND s.number = c.number WHERE c.world = $world";

    /// <summary>How many columns there are.</summary>
    public const int Count = 17;

    /// <summary>The columns as a file has them.</summary>
    public static string ColumnsOf(StoredTown file) => file.HasLabels ? Columns : $"{OlderColumns}, NULL";

    public static CaseRow Read(SqliteDataReader reader) =>
        ReadCase(reader, StoredJson.ReadLabels) with
        {
            Work = TextOrNull(reader, 15) is { } work ? StoredJson.ReadWork(work) : null,
        };

    /// <summary>A case without its work, for an audit.</summary>
    public static CaseRow ReadStrictly(SqliteDataReader reader) => ReadCase(reader, StoredJson.ReadLabelsStrictly);

    private static CaseRow ReadCase(SqliteDataReader reader, Func<string?, ImmutableArray<CaseLabel>> labels) =>
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
            null,
            Labels: labels(TextOrNull(reader, 16))
        );

    private static string? TextOrNull(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
