using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Journal.Audit;

/// <summary>What the tables that lists are read from say beside what records say: rows that nobody's record caused, columns that must
/// agree, and what stands in the schema.</summary>
internal static class SqliteRowCheck
{
    private const int Named = 20;

    /// <summary>Each tells rows that must not be: what they are, and what is wrong with them.</summary>
    private static readonly (string Text, Words Why)[] Rows =
    [
        ("SELECT 'case ' || c.number FROM cases c WHERE c.world IS NOT $1", ScanFaults.OtherWorld),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world IS NOT $1", ScanFaults.OtherWorld),
        ("SELECT 'outbox ' || o.id FROM outbox o WHERE o.world IS NOT $1", ScanFaults.OtherWorld),
        (
            "SELECT 'case ' || c.number FROM cases c WHERE c.world = $1 AND NOT EXISTS (SELECT 1 FROM standing s WHERE "
                + "s.world = c.world AND s.number = c.number)",
            ScanFaults.OnlyCases
        ),
        (
            "SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND NOT EXISTS (SELECT 1 FROM cases c WHERE "
                + "c.world = s.world AND c.number = s.number)",
            ScanFaults.OnlyStanding
        ),
        (
            "SELECT 'case ' || s.number FROM standing s JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world "
                + "= $1 AND s.opened_at IS NOT c.opened_at",
            ScanFaults.OpenedTwice
        ),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND (s.since IS NULL) <> (s.work IS NULL)", ScanFaults.Since),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 AND NOT EXISTS (SELECT 1 "
                + "FROM journal j WHERE j.world = o.world AND j.stream = o.stream AND j.version = o.version)",
            ScanFaults.Uncaused
        ),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 GROUP BY o.stream, "
                + "o.version, o.ordinal HAVING count(*) > 1",
            ScanFaults.Twice
        ),
    ];

    private const string Label =
        "world = $1 AND l.number = s.number AND l.opened_at = s.opened_at AND l.name = e.value ->> '$.name'"
        + " AND l.value = e.value ->> '$.value'";

    // What somebody has written into the column may be anything.
    private const string Labels =
        "json_each(CASE WHEN json_valid(s.labels) AND json_type(s.labels) = 'array' THEN s.labels ELSE '[]' END) e";

    /// <summary>The rows of labels are those that the cases' own rows name.</summary>
    private static readonly (string Text, Words Why)[] LabelRows =
    [
        ("SELECT 'case ' || l.number FROM case_labels l WHERE l.world IS NOT $1", ScanFaults.OtherWorld),
        (
            "SELECT 'case ' || l.number || ' label ' || l.name || '=' || l.value FROM case_labels l WHERE l.world = $1 AND NOT "
                + $"EXISTS (SELECT 1 FROM standing s, {Labels} WHERE s.world = l.world AND s.number = l.number AND l.{Label})",
            ScanFaults.ExtraLabel
        ),
        (
            "SELECT 'case ' || s.number || ' label ' || coalesce(e.value ->> '$.name', '') || '=' || coalesce(e.value ->> "
                + "'$.value', '') FROM standing s, "
                + $"{Labels} WHERE s.world = $1 AND s.labels IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_labels l WHERE l.{Label})",
            ScanFaults.NoLabel
        ),
    ];

    public static IEnumerable<Scanned> Of(StoredTown file, string world)
    {
        foreach (var (text, why) in file.HasLabels ? Rows.Concat(LabelRows) : Rows)
        {
            using var query = file.Query($"{text} LIMIT {Named}", world);
            using var found = query.ExecuteReader();
            while (found.Read())
            {
                yield return ScanFaults.Row(found.GetString(0), why);
            }
        }

        foreach (var difference in SqliteSchema.Differences(text => file.Query(text), typeof(SqliteWorld).Assembly, SqliteWorld.Scripts))
        {
            yield return ScanFaults.Schema(difference);
        }
    }
}
