using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>
/// Delivers committed effects: in commit order per target, many targets side by side, again after a growing pause when a receiver throws.
/// One loop owns all of its state; deliveries, pauses and receipts only send it signals.
/// </summary>
internal sealed class EffectDispatch(
    IEffectStore store,
    IEffectCourier courier,
    TimeProvider time,
    ILogger logger,
    IDeadLetters? deadLetters = null,
    DeadLetterRule? rule = null
) : IAsyncDisposable
{
    /// <summary>Deliveries under way at once: each waits for a commit, and a commit takes them all.</summary>
    private const int Abreast = 512;

    /// <summary>Effects held in memory; the rest waits in the store.</summary>
    private const int Most = 4096;

    private const int Page = 512;

    /// <summary>From so many held effects on, those that are refused would hold up the others.</summary>
    private const int Crowded = Most / 2;

    private static readonly TimeSpan UnreadRest = TimeSpan.FromSeconds(5);

    private readonly Channel<Signal> signals = Channel.CreateUnbounded<Signal>(new UnboundedChannelOptions { SingleReader = true });
    private readonly EffectLanes lanes = new();
    private readonly EffectReceipts receipts = new(store, logger);
    private readonly DeadLetterBox? aside = deadLetters is null ? null : new(deadLetters, rule ?? DeadLetterRule.Default, logger);
    private readonly DeliveryComplaints complaints = new(time);
    private readonly List<Drain> drains = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock starting = new();
    private Task? loop;
    private long read;
    private int underWay;
    private bool more = true;
    private bool unread;
    private bool stopped;

    private enum What
    {
        Committed = 1,
        Arrived = 2,
        Failed = 3,
        Rested = 4,
        Forgotten = 5,
        Drain = 6,
        Unread = 7,
        Kept = 8,
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
    public void Committed(IReadOnlyList<WaitingEffect> effects) => Tell(effects.Count > 0 ? What.Committed : What.Unread, effects: effects);

    /// <summary>Waits until nothing waits any more.</summary>
    public async ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation)
    {
        // Before the loop starts: what it delivers first is of this drain, too.
        var drain = new Drain();
        ObjectDisposedException.ThrowIf(!Tell(What.Drain, drain: drain), this);
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

    private bool Tell(
        What what,
        EffectLane? lane = null,
        int count = 0,
        Drain? drain = null,
        IReadOnlyList<WaitingEffect>? effects = null,
        Exception? fault = null
    ) => signals.Writer.TryWrite(new Signal(what, lane, count, drain, effects, fault));

    private async Task RunAsync()
    {
        try
        {
            do
            {
                while (signals.Reader.TryRead(out var signal))
                {
                    Take(signal);
                }

                await LoadAsync();
                Deliver();
                aside?.Begin(fault => Tell(What.Kept, fault: fault), stopping.Token);
                receipts.Begin(() => Tell(What.Forgotten));
                if (drains.Count > 0)
                {
                    store.Hurry();
                }

                TellDrained();
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

    private void Take(Signal signal)
    {
        switch (signal.What)
        {
            case What.Committed:
                Add(signal.Effects!);
                break;
            case What.Unread:
                (more, unread) = (true, false);
                break;
            case What.Arrived:
                underWay--;
                lanes.Arrived(signal.Lane!, signal.Count, Took);
                break;
            case What.Failed:
                underWay--;
                Failed(signal.Lane!, signal.Count, signal.Fault!);
                break;
            case What.Kept:
                aside!.Kept(signal.Fault, receipts.Add);
                break;
            case What.Rested:
                lanes.Rested(signal.Lane!);
                break;
            case What.Forgotten:
                receipts.Ended();
                break;
            default:
                more = true;
                drains.Add(signal.Drain!);
                break;
        }
    }

    // While something is left in the store, what comes now comes after it and is read in its turn.
    private void Add(IReadOnlyList<WaitingEffect> effects)
    {
        more |= lanes.Held >= Most;
        if (more)
        {
            return;
        }

        foreach (var effect in effects)
        {
            if (effect.Id > read)
            {
                read = effect.Id;
                lanes.Add(effect);
            }
        }
    }

    // What a receiver refuses is tried again after a growing pause, and put aside when that was often enough; a way that is closed is no
    // refusal.
    private void Failed(EffectLane lane, int count, Exception fault)
    {
        var first = lane.Waiting.Peek().Delivery;
        if (DeliveryFaults.IsOfTheWay(fault))
        {
            // Storage in trouble is told by itself, here or on the silo that has it.
            if (fault is not TownFaultException { Passing: true } && !StorageFaults.IsOne(fault))
            {
                complaints.Tell(logger, count, first, fault);
            }
        }
        else
        {
            lane.WasRefused(count, time.GetUtcNow());
            if (aside is not null && count == 1 && aside.IsEnough(lane, time.GetUtcNow(), crowded: lanes.Held >= Crowded))
            {
                var (refused, since) = (lane.Refused, lane.RefusedSince!.Value);
                aside.Add(lanes.PutAside(lane), refused, since, time.GetUtcNow(), fault);
                return;
            }

            complaints.Tell(logger, count, first, fault);
        }

        _ = LaterAsync(lane.Failed(), What.Rested, lane);
    }

    private void Took(WaitingEffect arrived)
    {
        receipts.Add(arrived.Id);
        drains.ForEach(drain => drain.Delivered.Add(arrived.Delivery));
    }

    private async ValueTask LoadAsync()
    {
        while (more && !unread && lanes.Held < Most)
        {
            if (await PageAsync() is not { } page)
            {
                // More is left there than before: what commits meanwhile must not be taken for the next.
                unread = true;
                _ = LaterAsync(UnreadRest, What.Unread);
                return;
            }

            foreach (var effect in page)
            {
                read = effect.Id;
                lanes.Add(effect);
            }

            more = page.Count == Page;
        }
    }

    private async ValueTask<IReadOnlyList<WaitingEffect>?> PageAsync()
    {
        try
        {
            return await store.ReadAsync(read, Page, stopping.Token);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(e, "The outbox could not be read after {Id}; it is read again.", read);
            return null;
        }
    }

    private void Deliver()
    {
        while (underWay < Abreast && lanes.TryTake(out var lane))
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
            Tell(What.Arrived, lane, deliveries.Length);
        }
        catch (Exception e)
        {
            Tell(What.Failed, lane, deliveries.Length, fault: e);
        }
    }

    private async Task LaterAsync(TimeSpan pause, What what, EffectLane? lane = null)
    {
        await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Tell(what, lane);
    }

    private void TellDrained()
    {
        if (drains.Count > 0 && !more && lanes.Held == 0 && receipts.None && aside?.None != false)
        {
            drains.ForEach(drain => drain.Empty.TrySetResult(drain.Delivered));
            drains.Clear();
        }
    }

    /// <summary>Nobody is left waiting for a loop that has ended.</summary>
    private void End()
    {
        signals.Writer.TryComplete();
        while (signals.Reader.TryRead(out var late))
        {
            late.Drain?.Empty.TrySetCanceled();
        }

        drains.ForEach(drain => drain.Empty.TrySetCanceled());
    }

    private readonly record struct Signal(
        What What,
        EffectLane? Lane,
        int Count,
        Drain? Drain,
        IReadOnlyList<WaitingEffect>? Effects,
        Exception? Fault
    );

    private sealed class Drain
    {
        public List<Delivery> Delivered { get; } = [];

        public TaskCompletionSource<IReadOnlyList<Delivery>> Empty { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
