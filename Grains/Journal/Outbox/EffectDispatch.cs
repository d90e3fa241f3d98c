using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>
/// Delivers committed effects: in commit order per target, many targets side by side, again after a growing pause when a receiver throws.
/// One loop owns all of its state; deliveries, pauses and receipts only send it signals.
/// </summary>
internal sealed class EffectDispatch : IAsyncDisposable
{
    /// <summary>Deliveries under way at once: each waits for a commit, and a commit takes them all.</summary>
    private const int Abreast = 512;

    private static readonly TimeSpan UnreadRest = TimeSpan.FromSeconds(5);

    private readonly Channel<EffectSignal> signals = Channel.CreateUnbounded<EffectSignal>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly IEffectStore store;
    private readonly IEffectCourier courier;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EffectSource source;
    private readonly EffectReceipts receipts;
    private readonly DeadLetterBox? aside;
    private readonly EffectRefusals refusals;
    private readonly EffectDrains drains = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock starting = new();
    private Task? loop;
    private int underWay;
    private bool stopped;

    public EffectDispatch(
        IEffectStore store,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        IDeadLetters? deadLetters = null,
        DeadLetterRule? rule = null
    )
    {
        (this.store, this.courier, this.time, this.logger) = (store, courier, time, logger);
        (source, receipts) = (new EffectSource(store, logger), new EffectReceipts(store, logger));
        aside = deadLetters is null ? null : new DeadLetterBox(deadLetters, rule ?? DeadLetterRule.Default, logger);
        refusals = new EffectRefusals(aside, time, logger);
    }

    /// <summary>Starts delivering, with whatever a crash has left. Starting twice is starting once.</summary>
    public void Start()
    {
        lock (starting)
        {
            // Not on the caller's scheduler: the caller may be a grain.
            loop ??= Task.Run(RunAsync);
        }
    }

    /// <summary>Effects have committed, in order. Whoever can't name them gives none: then they are read from the store.</summary>
    public void Committed(IReadOnlyList<WaitingEffect> effects) =>
        Tell(effects.Count > 0 ? SignalKind.Committed : SignalKind.Unread, effects: effects);

    /// <summary>Waits until nothing waits any more.</summary>
    public async ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation)
    {
        // Before the loop starts: what it delivers first is of this drain, too.
        var drain = new EffectDrain();
        ObjectDisposedException.ThrowIf(!Tell(SignalKind.Drain, drain: drain), this);
        Start();
        return await drain.Empty.Task.WaitAsync(cancellation);
    }

    /// <summary>Stops delivering; receipts at hand are still kept. Stopping twice is stopping once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        await stopping.CancelAsync();
        if (loop is not null)
        {
            await loop;
        }

        stopping.Dispose();
    }

    private EffectLanes Lanes => source.Lanes;

    private bool Tell(
        SignalKind kind,
        EffectLane? lane = null,
        int count = 0,
        EffectDrain? drain = null,
        IReadOnlyList<WaitingEffect>? effects = null,
        Exception? fault = null
    ) => signals.Writer.TryWrite(new EffectSignal(kind, lane, count, drain, effects, fault));

    private async Task RunAsync()
    {
        try
        {
            do
            {
                TakeAll();
                if (!await source.TryLoadAsync(stopping.Token))
                {
                    _ = LaterAsync(UnreadRest, SignalKind.Unread);
                }

                Deliver();
                aside?.Begin(fault => Tell(SignalKind.PutAside, fault: fault), stopping.Token);
                receipts.Begin(() => Tell(SignalKind.Forgotten));
                if (drains.Any)
                {
                    store.Flush();
                }

                if (!source.HasMore && Lanes.Held == 0 && receipts.None && aside?.None != false)
                {
                    drains.Complete();
                }
            } while (await signals.Reader.WaitToReadAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is under way is delivered again after the next start.
            await receipts.FinishAsync();
        }
        catch (Exception e)
        {
            logger.LogCritical(e, "Effects are no longer delivered; they stay in the outbox until the next start.");
        }
        finally
        {
            End();
        }
    }

    private void TakeAll()
    {
        while (signals.Reader.TryRead(out var signal))
        {
            Take(signal);
        }
    }

    private void Take(EffectSignal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Committed:
                source.Add(signal.Effects!);
                break;
            case SignalKind.Unread:
                source.ReadAgain();
                break;
            case SignalKind.Arrived:
                underWay--;
                Lanes.Arrived(signal.Lane!, signal.Count, Took);
                break;
            case SignalKind.Failed:
                underWay--;
                Failed(signal.Lane!, signal.Count, signal.Fault!);
                break;
            case SignalKind.PutAside:
                aside!.Kept(signal.Fault, receipts.Add);
                break;
            case SignalKind.Rested:
                Lanes.Rested(signal.Lane!);
                break;
            case SignalKind.Forgotten:
                receipts.Ended();
                break;
            default:
                source.ReadOn();
                drains.Add(signal.Drain!);
                break;
        }
    }

    private void Failed(EffectLane lane, int count, Exception fault)
    {
        if (!refusals.PutsAside(Lanes, lane, count, fault))
        {
            _ = LaterAsync(lane.Failed(), SignalKind.Rested, lane);
        }
    }

    private void Took(WaitingEffect arrived)
    {
        receipts.Add(arrived.Id);
        drains.Delivered(arrived.Delivery);
    }

    private void Deliver()
    {
        while (underWay < Abreast && Lanes.TryTake(out var lane))
        {
            underWay++;
            _ = DeliverAsync(lane, lane.Next());
        }
    }

    private async Task DeliverAsync(EffectLane lane, ImmutableArray<Delivery> deliveries)
    {
        try
        {
            await courier.DeliverAsync(deliveries);
            Tell(SignalKind.Arrived, lane, deliveries.Length);
        }
        catch (Exception e)
        {
            Tell(SignalKind.Failed, lane, deliveries.Length, fault: e);
        }
    }

    private async Task LaterAsync(TimeSpan pause, SignalKind kind, EffectLane? lane = null)
    {
        await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Tell(kind, lane);
    }

    /// <summary>Nobody is left waiting for a loop that has ended.</summary>
    private void End()
    {
        signals.Writer.TryComplete();
        while (signals.Reader.TryRead(out var late))
        {
            late.Drain?.Empty.TrySetCanceled();
        }

        drains.Cancel();
    }
}
