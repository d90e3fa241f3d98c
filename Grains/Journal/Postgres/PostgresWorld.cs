using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The record of a durable world on PostgreSQL, shared by any number of silos, each with one writer of its own.</summary>
public sealed partial class PostgresWorld : IDurableWorld, IJournalScan
{
    /// <summary>Names of the schema's scripts start so.</summary>
    public const string Scripts = "JournalPostgres/";

    /// <summary>Whose last commit is so long ago is asked whether it could.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly string world;
    private readonly string connectionString;
    private readonly PostgresReads reads;
    private readonly OtherWriters others;
    private readonly PostgresLog log;
    private readonly JournalWriter writer;
    private readonly StoredOutbox outbox;
    private readonly LeftEffects left;
    private readonly string recordsOfStream;
    private readonly long number;
    private bool disposed;

    /// <summary>Brings the schema up to date and registers a writer for the silo.</summary>
    /// <param name="silo">Whose writer it is; the membership table closes it by these when the silo is declared dead.</param>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    public PostgresWorld(
        string world,
        string connectionString,
        WriterName silo,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        Func<PostgresWorld, ISnapshots>? snapshots = null,
        StorageHealth? health = null,
        DeadLetterRule? rule = null
    )
    {
        PostgresSchema.Apply(connectionString, typeof(PostgresWorld).Assembly, Scripts);
        (this.world, this.connectionString, Health) = (world, connectionString, health ?? new StorageHealth(logger, time));
        reads = new PostgresReads(connectionString);
        var start = silo.Register(connectionString);
        number = start.Writer;
        others = new OtherWriters(world, start.Writer, reads);
        log = new PostgresLog(world, connectionString, start, Health, logger);
        var tables = new PostgresTables(world, start.Writer, connectionString);
        writer = new JournalWriter(log, tables, effects => outbox!.Committed(effects), Health, logger);
        var townReads = new PostgresTownReads(reads, writer, others, start.Writer);
        var deadLetters = new StoredDeadLetters(world, townReads);
        outbox = new StoredOutbox(
            world: world,
            reads: townReads,
            writer: writer,
            courier: courier,
            time: time,
            logger: logger,
            deadLetters: deadLetters,
            rule: rule
        );
        left = new LeftEffects(reads, writer, others, time, logger);
        recordsOfStream = RecordRows.OfStreamWith(RecordRows.Columns(townReads.Dialect));
        Storage = new WorldStorage(world, this, new StoredReadModel(world, townReads), outbox, snapshots?.Invoke(this))
        {
            DeadLetters = deadLetters,
        };
    }

    public WorldStorage Storage { get; }

    public Exception? Fault => writer.Fault;

    public StorageHealth Health { get; }

    public Words? Hindrance => Fault is { } fault ? StorageFaults.Of(fault) : Health.Hindrance;

    public bool IsTroubleTold => Health.IsTold;

    public Task ProbeAsync() =>
        Fault is null && (Health.IsTroubled(StoragePart.Commits) || !Health.HasWorkedFor(StoragePart.Commits, Quiet))
            ? writer.ProbeAsync()
            : Task.CompletedTask;

    public void StartDelivering()
    {
        outbox.Start();
        left.Start();
    }

    public async ValueTask StopDeliveringAsync()
    {
        await left.DisposeAsync();
        await outbox.DisposeAsync();
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    ) => await reads.ListAsync(recordsOfStream, RecordRows.Read, cancellation, world, stream, afterVersion, upTo);

    public async ValueTask<IReadOnlyList<RecordedCommand>> ReadCommandsAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    ) => await reads.ListAsync(RecordRows.CommandsOfStream, RecordRows.ReadCommand, cancellation, world, stream, afterVersion, upTo);

    public async ValueTask<byte[]> SnapshotKeyAsync() =>
        (await reads.ListAsync("SELECT key FROM snapshot_key", reader => reader.GetFieldValue<byte[]>(0), CancellationToken.None))[0];

    // A practice town is one silo with its folder; a backup of one may have been restored here.
    public async ValueTask<FoundedAs> ReadFoundedAsync() =>
        new(
            (
                await reads.ListAsync(
                    "SELECT bool_or(coalesce((payload::json ->> 'practice')::boolean, false)) FROM journal WHERE world = $1 AND "
                        + "stream >= 'town/' AND stream < 'town0' AND kind = 'town.founded'",
                    reader => reader.IsDBNull(0) ? (bool?)null : reader.GetBoolean(0),
                    CancellationToken.None,
                    world
                )
            )[0],
            null
        );

    public ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        var pending = new PendingAppend(world, append);
        foreach (var part in pending.Parts)
        {
            part.Image = AppendImage.OfRest(part);
        }

        StorableText.Check(pending);
        return pending.IsFirstSinceRead ? ResumeAsync(pending) : writer.AppendAsync(pending);
    }

    public async ValueTask<ChainReport> VerifyAsync(CancellationToken cancellation = default) =>
        await PostgresAudit.VerifyAsync(connectionString, null, cancellation);

    public IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default) =>
        new PostgresScan(connectionString, world).ScanAsync(cancellation);

    /// <summary>Stops delivering, commits what was queued, closes the connections. What is left to deliver goes to the other silos, or to
    /// the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await StopDeliveringAsync();
        log.StopWithin(TimeSpan.FromSeconds(10));
        await writer.DisposeAsync();
        log.Dispose();
        await CloseAsync();
        await reads.DisposeAsync();
    }

    // What the silo before has committed of the stream is in the outbox then, where the commit takes it over.
    private async ValueTask<JournalHead> ResumeAsync(PendingAppend pending)
    {
        await others.CatchUpAsync();
        return await writer.AppendAsync(pending);
    }

    // Best effort: a writer that isn't closed here is closed when its silo is declared dead, or by its successor.
    private async Task CloseAsync()
    {
        try
        {
            await reads.ExecuteAsync("UPDATE writers SET closed = true WHERE id = $1", CancellationToken.None, number);
        }
        catch (NpgsqlException) { }
    }
}
