using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The outbox of a world on PostgreSQL: each silo delivers what its own writer committed, and takes over what a closed writer has
/// left.</summary>
internal sealed class PostgresOutbox : IOutbox, IEffectStore, IAsyncDisposable
{
    /// <summary>How often closed writers are looked for. One query on two small indexes.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Closed writers that have left effects, or commits that the tables have not followed yet.
    private const string Left = """
        SELECT l.id, l.ahead
        FROM (SELECT w.id, EXISTS (SELECT 1 FROM redo r WHERE r.writer = w.id) AS ahead, EXISTS (SELECT 1 FROM outbox o WHERE o.writer =
            w.id) AS waiting FROM writers w WHERE w.closed) l
        WHERE l.ahead OR l.waiting ORDER BY l.id
        """;

    private readonly string world;
    private readonly PostgresReads reads;
    private readonly PostgresCommit commits;
    private readonly OtherWriters others;
    private readonly EffectDispatch dispatch;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private Task? looking;
    private bool stopped;

    public PostgresOutbox(
        string world,
        long writer,
        PostgresReads reads,
        PostgresCommit commits,
        OtherWriters others,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        IDeadLetters? deadLetters = null,
        DeadLetterRule? rule = null
    )
    {
        (this.world, Writer, this.reads, this.commits, this.others, this.time, this.logger) = (
            world,
            writer,
            reads,
            commits,
            others,
            time,
            logger
        );
        dispatch = new EffectDispatch(this, courier, time, logger, deadLetters, rule);
    }

    /// <summary>The writer whose effects these are.</summary>
    public long Writer { get; }

    public void Start()
    {
        dispatch.Start();
        looking ??= Task.Run(AdoptAsync);
    }

    public void Committed(IReadOnlyList<WaitingEffect> effects) => dispatch.Committed(effects);

    public ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default) => dispatch.DrainAsync(cancellation);

    public async ValueTask<long> CountAsync(CancellationToken cancellation = default)
    {
        await commits.SettleAsync(cancellation);
        await others.SettleAsync().WaitAsync(cancellation);
        return (await reads.ListAsync("SELECT count(*) FROM outbox WHERE world = $1", reader => reader.GetInt64(0), cancellation, world))[
            0
        ];
    }

    public async ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation)
    {
        // What is taken over from others is in the table at once, commits are there later: read so far as both are.
        var last = commits.LastEffect;
        await commits.SettleAsync(cancellation);
        return await reads.ListAsync(
            $"SELECT {DeliveryRows.Columns} FROM outbox WHERE writer = $1 AND id > $2 AND id <= $5 AND world = $3 ORDER BY id LIMIT $4",
            DeliveryRows.Waiting,
            cancellation,
            Writer,
            afterId,
            world,
            most,
            last
        );
    }

    public Task ForgetAsync(IReadOnlyList<long> ids)
    {
        var receipt = new PendingReceipt(ids);
        commits.Add(receipt);
        return receipt.Done;
    }

    public void Hurry() => commits.Hurry();

    /// <summary>Stops delivering. Stopping twice is stopping once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        await stopping.CancelAsync();
        if (looking is not null)
        {
            await looking;
        }

        await dispatch.DisposeAsync();
    }

    private async Task AdoptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var left = await reads.ListAsync(
                    Left,
                    reader => (Writer: reader.GetInt64(0), IsAhead: reader.GetBoolean(1)),
                    stopping.Token
                );
                foreach (var (writer, _) in left.Where(it => it.IsAhead))
                {
                    await others.FollowAsync(writer, stopping.Token);
                }

                if (left.Count > 0)
                {
                    var adoption = new PendingAdoption();
                    await commits.QueueAsync(adoption);
                    await adoption.Done;
                }
            }
            catch (WriterClosedException)
            {
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Effects that other silos left could not be looked for; it is tried again.");
            }

            await Task.Delay(Look, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
