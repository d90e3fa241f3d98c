using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The record of a durable world on PostgreSQL, shared by any number of silos, each with writers of its own.</summary>
public sealed class PostgresWorld : IDurableWorld, IJournalScan
{
    /// <summary>Names of the schema's scripts start so.</summary>
    public const string Scripts = "JournalPostgres/";

    private readonly string world;
    private readonly string connectionString;
    private readonly PostgresReads reads;
    private readonly PostgresLanes lanes;
    private bool disposed;

    /// <summary>Brings the schema up to date and registers the silo's writers.</summary>
    /// <param name="silo">Whose writers they are; the membership table closes them by these when the silo is declared dead.</param>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    public PostgresWorld(string world, string connectionString, WriterName silo, IEffectCourier courier, TimeProvider time, ILogger logger, Func<PostgresWorld, ISnapshots>? snapshots = null)
    {
        PostgresSchema.Apply(connectionString, typeof(PostgresWorld).Assembly, Scripts);
        (this.world, this.connectionString) = (world, connectionString);
        reads = new PostgresReads(connectionString);
        lanes = new PostgresLanes(world, connectionString, silo, reads, courier, time, logger);
        Storage = new WorldStorage(world, this, new PostgresReadModel(world, reads), lanes, snapshots?.Invoke(this));
    }

    public WorldStorage Storage { get; }

    public Exception? Fault => lanes.Fault;

    public void StartDelivering() => lanes.Start();

    public async ValueTask StopDeliveringAsync() => await lanes.StopDeliveringAsync();

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(string stream, long afterVersion, CancellationToken cancellation = default) =>
        await reads.ListAsync(
            PostgresRows.RecordsOfStream,
            PostgresRows.Record,
            cancellation,
            world,
            stream,
            afterVersion);

    public async ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        var pending = new PendingAppend(world, append);
        await lanes.QueueAsync(append.Stream, pending);
        return await pending.Done;
    }

    public async ValueTask<ChainReport> VerifyAsync(CancellationToken cancellation = default) =>
        await PostgresAudit.VerifyAsync(connectionString, null, cancellation);

    public IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default) => new PostgresScan(connectionString, world).ScanAsync(cancellation);

    /// <summary>Stops delivering, commits what was queued, closes the connections. What is left to deliver goes to the other silos, or to the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await lanes.DisposeAsync();
        await CloseAsync();
        await reads.DisposeAsync();
    }

    // Best effort: writers that aren't closed here are closed when their silo is declared dead, or by its successor.
    private async Task CloseAsync()
    {
        try
        {
            await reads.ListAsync("UPDATE writers SET closed = true WHERE id = ANY ($1) RETURNING id", reader => reader.GetInt64(0), CancellationToken.None, lanes.Writers.ToArray());
        }
        catch (NpgsqlException)
        {
        }
    }
}
