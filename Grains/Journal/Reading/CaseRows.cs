using System.Collections.Immutable;
using System.Data.Common;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Reading;

/// <summary>Rows of cases as both stores keep them: <c>cases c</c> beside <c>standing s</c>.</summary>
internal static class CaseRows
{
    /// <summary>How many columns a case has.</summary>
    public const int Count = 17;

    public const string Columns = $"{OlderColumns}, s.labels";

    /// <summary>The same of a file of before cases bore labels, which an auditor may only read.</summary>
    public const string ColumnsWithoutLabels = $"{OlderColumns}, NULL";

    public const string From = "FROM cases c JOIN standing s ON s.world = c.world AND s.number = c.number WHERE c.world = $1";

    private const string OlderColumns =
        "c.number, c.town, c.procedure, c.kind, c.subject, s.step, s.disposition, s.workplace, s.colour, c.party_id, "
        + "s.party_name, s.certificate, c.opened_at, s.changed_at, c.opened_by, s.work";

    public static CaseRow Read(DbDataReader row) =>
        Read(row, StoredJson.ReadLabels) is var read && RecordRows.TextOrNull(row, 15) is { } work
            ? read with
            {
                Work = StoredJson.ReadWork(work) with { Colour = read.Colour },
            }
            : read;

    /// <summary>A case without its work, for an audit.</summary>
    public static CaseRow ReadStrictly(DbDataReader row) => Read(row, StoredJson.ReadLabelsStrictly);

    private static CaseRow Read(DbDataReader row, Func<string?, ImmutableArray<CaseLabel>> labels) =>
        new(
            Number: row.GetString(0),
            Town: row.GetString(1),
            Procedure: row.GetString(2),
            Kind: row.GetString(3),
            Subject: row.GetString(4),
            Step: row.GetString(5),
            Disposition: (Disposition)row.GetInt32(6),
            Workplace: RecordRows.TextOrNull(row, 7),
            Colour: (ClockColour)row.GetInt32(8),
            PartyId: row.GetString(9),
            PartyName: row.GetString(10),
            Certificate: RecordRows.TextOrNull(row, 11),
            OpenedAt: Moment.Read(row.GetString(12)),
            ChangedAt: Moment.Read(row.GetString(13)),
            OpenedBy: row.GetGuid(14),
            Work: null,
            Labels: labels(RecordRows.TextOrNull(row, 16))
        );
}
