using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>What the tables of a file say beside what its records say, and what stands in its schema.</summary>
internal static class SqliteRowCheck
{
    // Both tables follow the commits together here.
    private static readonly (string Text, Words Why) OnlyCases = (
        "SELECT 'case ' || c.number FROM cases c WHERE c.world = $1 AND NOT EXISTS (SELECT 1 FROM standing s WHERE "
            + "s.world = c.world AND s.number = c.number)",
        ScanFaults.OnlyCases
    );

    public static IEnumerable<Scanned> Of(StoredTown file, string world)
    {
        foreach (var (text, why) in RowChecks.Of(SqlDialect.Sqlite, OnlyCases, file.HasLabels))
        {
            using var query = file.Query(text, world);
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
