using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Questions for rows that must not be, in the tables that lists are read from: rows that nobody's record caused, and columns that
/// must agree. The same SQL for both stores.</summary>
internal static class RowChecks
{
    /// <summary>Rows named of each kind; more say nothing new.</summary>
    private const int Named = 20;

    private const string SameLabel = "l.opened_at = s.opened_at AND l.name = e.value ->> 'name' AND l.value = e.value ->> 'value'";

    private static readonly (string Text, Words Why)[] Rows =
    [
        OtherWorld("cases", "'case ' || o.number"),
        OtherWorld("standing", "'case ' || o.number"),
        OtherWorld("outbox", "'outbox ' || o.id"),
        (
            "SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.world = "
                + "s.world AND c.number = s.number)",
            ScanFaults.OnlyStanding
        ),
        (
            "SELECT 'case ' || s.number FROM standing s JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world = $1 "
                + "AND s.opened_at IS DISTINCT FROM c.opened_at",
            ScanFaults.OpenedTwice
        ),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND (s.since IS NULL) <> (s.work IS NULL)", ScanFaults.Since),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 AND NOT EXISTS (SELECT 1 FROM "
                + "journal j WHERE j.world = o.world AND j.stream = o.stream AND j.version = o.version)",
            ScanFaults.Uncaused
        ),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 GROUP BY o.stream, o.version, "
                + "o.ordinal HAVING count(*) > 1",
            ScanFaults.Twice
        ),
    ];

    /// <summary>Each finds the names of rows that must not be, with world $1; and what is wrong with them.</summary>
    /// <param name="own">What is asked of one store only.</param>
    /// <param name="hasLabels">False for a file of before cases bore labels.</param>
    public static IEnumerable<(string Text, Words Why)> Of(SqlDialect dialect, (string Text, Words Why) own, bool hasLabels = true) =>
        Rows.Append(own).Concat(hasLabels ? Labels(dialect.Labels) : []).Select(check => ($"{check.Text} LIMIT {Named}", check.Why));

    // The rows of labels are those that the cases' own rows name.
    private static (string Text, Words Why)[] Labels(string each) =>
        [
            OtherWorld("case_labels", "'case ' || o.number"),
            (
                "SELECT 'case ' || l.number || ' label ' || l.name || '=' || l.value FROM case_labels l WHERE l.world = $1 AND NOT "
                    + $"EXISTS (SELECT 1 FROM standing s, {each} WHERE s.world = l.world AND s.number = l.number AND {SameLabel})",
                ScanFaults.ExtraLabel
            ),
            (
                "SELECT 'case ' || s.number || ' label ' || coalesce(e.value ->> 'name', '') || '=' || coalesce(e.value ->> 'value', '') "
                    + $"FROM standing s, {each} WHERE s.world = $1 AND s.labels IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_labels l "
                    + $"WHERE l.world = s.world AND l.number = s.number AND {SameLabel})",
                ScanFaults.NoLabel
            ),
        ];

    private static (string Text, Words Why) OtherWorld(string table, string name) =>
        ($"SELECT {name} FROM {table} o WHERE o.world IS DISTINCT FROM $1", ScanFaults.OtherWorld);
}
