using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Verifies a world on PostgreSQL in one snapshot, beside running silos or by a third party with the right to read. Memory grows
/// with the number of streams, not of records.</summary>
public static class PostgresAudit
{
    /// <param name="expected">A checkpoint from an earlier report; each writer's chain has to go through its end.</param>
    public static Task<ChainReport> VerifyAsync(
        string connectionString,
        ChainCheckpoint? expected = null,
        CancellationToken cancellation = default
    ) => new ChainVerifier(expected).RunAsync(new PostgresJournalScan(connectionString).EverythingAsync(cancellation));

    /// <summary>One stream of a world, in order of version.</summary>
    public static async Task<IReadOnlyList<JournalRecord>> ReadAsync(
        string connectionString,
        string world,
        string stream,
        CancellationToken cancellation = default
    )
    {
        await using var reads = new PostgresReads(connectionString);
        return await reads.ListAsync(
            RecordRows.OfStreamWith(RecordRows.Columns(SqlDialect.Postgres(0))),
            RecordRows.Read,
            cancellation,
            world,
            stream,
            0L,
            long.MaxValue
        );
    }

    /// <summary>Committed effects that wait for delivery.</summary>
    public static async Task<long> CountEffectsAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var reads = new PostgresReads(connectionString);
        return (await reads.ListAsync("SELECT count(*) FROM outbox", reader => reader.GetInt64(0), cancellation))[0];
    }
}
