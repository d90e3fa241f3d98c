using System.Data.Common;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Questions to a world's tables on PostgreSQL, which several silos' commits are ahead of.</summary>
internal sealed class PostgresTownReads(PostgresReads reads, PostgresCommit commits, OtherWriters others, long writer) : IStoreReads
{
    public SqlDialect Dialect { get; } = SqlDialect.Postgres(writer);

    public long LastEffect => commits.LastEffect;

    public async Task<List<T>> ListAsync<T>(
        Freshness freshness,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        // A case opens within the commit itself.
        if (freshness is Freshness.Own or Freshness.All)
        {
            await commits.SettleAsync(cancellation);
        }

        if (freshness == Freshness.All)
        {
            await others.SettleAsync().WaitAsync(cancellation);
        }

        return await reads.ListAsync(text, read, cancellation, values);
    }

    public Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values) =>
        reads.ExecuteAsync(text, cancellation, values);
}
