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
        ("SELECT 'case ' || c.number FROM cases c WHERE c.world IS NOT $world", ScanFaults.OtherWorld),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world IS NOT $world", ScanFaults.OtherWorld),
        ("SELECT 'outbox ' || o.id FROM outbox o WHERE o.world IS NOT $world", ScanFaults.OtherWorld),
        (
            "SELECT 'case ' || c.number FROM cases c WHERE c.world = $world AND NOT EXISTS (SELECT 1 FROM standing s WHERE "
                + "s.world = c.world AND s.number = c.number)",
            ScanFaults.OnlyCases
        ),
        (
            "SELECT 'case ' || s.number FROM standing s WHERE s.world = $world AND NOT EXISTS (SELECT 1 FROM cases c WHERE "
                + "c.world = s.world AND c.number = s.number)",
            ScanFaults.OnlyStanding
        ),
        (
            "SELECT 'case ' || s.number FROM standing s JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world "
                + "= $world AND s.opened_at IS NOT c.opened_at",
            ScanFaults.OpenedTwice
        ),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world = $world AND (s.since IS NULL) <> (s.work IS NULL)", ScanFaults.Since),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $world AND NOT EXISTS (SELECT 1 "
                + "FROM journal j WHERE j.world = o.world AND j.stream = o.stream AND j.version = o.version)",
            ScanFaults.Uncaused
        ),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $world GROUP BY o.stream, "
                + "o.version, o.ordinal HAVING count(*) > 1",
            ScanFaults.Twice
        ),
    ];

    public static IEnumerable<Scanned> Of(StoredTown file, string world)
    {
        foreach (var (text, why) in Rows)
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
