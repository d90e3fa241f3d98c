using Npgsql;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>The connections that a contender gets: kept open, statements prepared on them, and no more than the server works well
/// with.</summary>
internal static class PostgresPool
{
    /// <summary>More connections than this slow PostgreSQL down on few processors; who finds none free waits for one.</summary>
    public const int Most = 32;

    public static NpgsqlConnectionStringBuilder Tuned(Ground ground, int most = Most) =>
        new(ground.Place)
        {
            MaxPoolSize = Math.Min(ground.Cases, most),
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        };
}
