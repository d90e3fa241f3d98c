using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>The outbox of a durable world: a silo delivers what it has committed. Effects that have arrived leave the tables with whatever
/// else goes there.</summary>
internal sealed class StoredOutbox : IOutbox, IEffectStore, IAsyncDisposable
{
    private readonly string world;
    private readonly IStoreReads reads;
    private readonly JournalWriter writer;
    private readonly EffectDispatch dispatch;

    public StoredOutbox(
        string world,
        IStoreReads reads,
        JournalWriter writer,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        IDeadLetters deadLetters,
        DeadLetterRule? rule = null
    )
    {
        (this.world, this.reads, this.writer) = (world, reads, writer);
        dispatch = new EffectDispatch(this, courier, time, logger, deadLetters, rule);
    }

    public void Start() => dispatch.Start();

    public void Committed(IReadOnlyList<WaitingEffect> effects) => dispatch.Committed(effects);

    public ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default) => dispatch.DrainAsync(cancellation);

    public async ValueTask<long> CountAsync(CancellationToken cancellation = default) =>
        (await reads.ListAsync(Freshness.All, "SELECT count(*) FROM outbox WHERE world = $1", row => row.GetInt64(0), cancellation, world))[
            0
        ];

    public async ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation)
    {
        // What is taken over from another silo is there at once, a commit before it only when the tables have followed. So before they do:
        // an effect beyond this one may be there while one before it is not.
        var last = writer.LastEffect;
        return await reads.ListAsync(
            Freshness.Own,
            $"SELECT {DeliveryRows.Columns} FROM outbox WHERE {reads.Dialect.OwnEffects}id > $1 AND id <= $4 AND world = $2 "
                + "ORDER BY id LIMIT $3",
            DeliveryRows.Waiting,
            cancellation,
            afterId,
            world,
            most,
            last
        );
    }

    public Task ForgetAsync(IReadOnlyList<long> ids)
    {
        var receipt = new PendingReceipt(ids);
        writer.Updater.Add(receipt);
        return receipt.Done;
    }

    public void Flush() => _ = writer.Updater.CatchUpAsync();

    /// <summary>Stops delivering. Stopping twice is stopping once.</summary>
    public ValueTask DisposeAsync() => dispatch.DisposeAsync();
}
