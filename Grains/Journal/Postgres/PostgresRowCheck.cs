using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What the tables of a world say beside what its records say, and what stands in the schema, within the caller's
/// snapshot.</summary>
internal static class PostgresRowCheck
{
    private static readonly (string Text, Words Why) Ahead = (
        "SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND s.version > coalesce((SELECT max(j.version) FROM journal j "
            + "WHERE j.world = s.world AND j.stream = 'case/' || s.number), 0)",
        ScanFaults.Ahead
    );

    public static async Task<IReadOnlyList<Scanned>> AllAsync(NpgsqlConnection connection, string world, CancellationToken cancellation)
    {
        var faults = new List<Scanned>();
        foreach (var (text, why) in RowChecks.Of(SqlDialect.Postgres(0), Ahead))
        {
#pragma warning disable CA2100 // Constants of RowChecks.
            await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
            var found = await PostgresReads.ToListAsync(command, static row => row.GetString(0), [world], cancellation);
            faults.AddRange(found.Select(what => ScanFaults.Row(what, why)));
        }

        faults.AddRange((await PostgresSchemaCheck.DifferencesAsync(connection, cancellation)).Select(ScanFaults.Schema));
        return faults;
    }
}
