using System.Data.Common;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Questions to a world's tables on PostgreSQL, which several silos' commits are ahead of.</summary>
internal sealed class PostgresTownReads(PostgresReads reads, JournalWriter writer, OtherWriters others, long number) : IStoreReads
{
    public SqlDialect Dialect { get; } = SqlDialect.Postgres(number);

    public async Task<List<T>> ListAsync<T>(
        Freshness freshness,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        // A case opens within the commit itself. As patient with a restarting server as the question is.
        if (freshness is Freshness.Own or Freshness.All)
        {
            await PostgresReads.PatientlyAsync(() => writer.Updater.CatchUpAsync().WaitAsync(cancellation), cancellation);
        }

        if (freshness == Freshness.All)
        {
            await others.CatchUpAsync().WaitAsync(cancellation);
        }

        return await reads.ListAsync(text, read, cancellation, values);
    }

    public Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values) =>
        reads.ExecuteAsync(text, cancellation, values);
}
