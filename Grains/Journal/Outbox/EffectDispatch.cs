using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>
/// Delivers committed effects: in commit order per target, many targets side by side, again after a growing pause when a receiver throws.
/// One loop owns all of its state; deliveries, pauses and receipts only send it signals.
/// </summary>
internal sealed class EffectDispatch(IEffectStore store, IEffectCourier courier, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Deliveries under way at once.</summary>
    private const int Abreast = 32;

    /// <summary>Effects held in memory; the rest waits in the store.</summary>
    private const int Held = 4096;

    private const int Page = 512;

    private static readonly TimeSpan UnreadRest = TimeSpan.FromSeconds(5);

    private readonly Channel<Signal> signals = Channel.CreateUnbounded<Signal>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<(string Type, string Key), EffectLane> lanes = [];
    private readonly Queue<EffectLane> ready = new();
    private readonly List<Drain> drains = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock starting = new();
    private List<long> receipts = [];
    private Task? loop;
    private long read;
    private int held;
    private int underWay;
    private bool more = true;
    private bool unread;
    private bool forgetting;
    private bool stopped;

    private enum What
    {
        Committed = 1,
        Arrived = 2,
        Failed = 3,
        Rested = 4,
        Forgotten = 5,
        Drain = 6,
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

    /// <summary>Something with effects has committed.</summary>
    public void Committed() => signals.Writer.TryWrite(new Signal(What.Committed));

    /// <summary>Waits until nothing waits any more.</summary>
    public async ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation)
    {
        Start();
        var drain = new Drain();
        signals.Writer.TryWrite(new Signal(What.Drain, Drain: drain));
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
                Forget();
                TellDrained();
            }
            while (await signals.Reader.WaitToReadAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is under way is delivered again after the next start.
            await ForgetAsync(receipts);
            drains.ForEach(drain => drain.Empty.TrySetCanceled());
        }
        catch (Exception e)
        {
            logger.LogCritical(e, "Effects are no longer delivered; they stay in the outbox until the next start.");
            drains.ForEach(drain => drain.Empty.TrySetException(e));
        }
    }

    private void Take(Signal signal)
    {
        switch (signal.What)
        {
            case What.Committed:
                (more, unread) = (true, false);
                break;
            case What.Arrived:
                Arrived(signal.Lane!);
                break;
            case What.Failed:
                underWay--;
                _ = RestAsync(signal.Lane!);
                break;
            case What.Rested:
                ready.Enqueue(signal.Lane!);
                break;
            case What.Forgotten:
                forgetting = false;
                break;
            default:
                more = true;
                drains.Add(signal.Drain!);
                break;
        }
    }

    private void Arrived(EffectLane lane)
    {
        underWay--;
        held--;
        var (id, delivery) = lane.Arrived();
        receipts.Add(id);
        drains.ForEach(drain => drain.Delivered.Add(delivery));
        if (lane.Waiting.Count > 0)
        {
            ready.Enqueue(lane);
        }
        else
        {
            lanes.Remove((delivery.TargetType, delivery.TargetKey));
        }
    }

    private async ValueTask LoadAsync()
    {
        while (more && held < Held)
        {
            var page = await PageAsync();
            foreach (var effect in page)
            {
                read = effect.Id;
                Line(effect);
            }

            more = page.Count == Page;
        }
    }

    private async ValueTask<IReadOnlyList<WaitingEffect>> PageAsync()
    {
        try
        {
            return await store.ReadAsync(read, Page, stopping.Token);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(e, "The outbox could not be read after {Id}; it is read again.", read);
            unread = true;
            _ = ReadAgainAsync();
            return [];
        }
    }

    private async Task ReadAgainAsync()
    {
        await Task.Delay(UnreadRest, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Committed();
    }

    private void Line(WaitingEffect effect)
    {
        held++;
        var target = (effect.Delivery.TargetType, effect.Delivery.TargetKey);
        if (!lanes.TryGetValue(target, out var lane))
        {
            lanes.Add(target, lane = new EffectLane());
            ready.Enqueue(lane);
        }

        lane.Waiting.Enqueue(effect);
    }

    private void Deliver()
    {
        while (underWay < Abreast && ready.TryDequeue(out var lane))
        {
            underWay++;
            _ = DeliverAsync(lane, lane.Waiting.Peek().Delivery);
        }
    }

    private async Task DeliverAsync(EffectLane lane, Delivery delivery)
    {
        try
        {
            await courier.DeliverAsync(delivery);
            signals.Writer.TryWrite(new Signal(What.Arrived, lane));
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "{Effect} of {Stream} {Version} did not reach {Type} {Key}; it is delivered again.", delivery.Effect.GetType().Name, delivery.Id.Stream, delivery.Id.Version, delivery.TargetType, delivery.TargetKey);
            signals.Writer.TryWrite(new Signal(What.Failed, lane));
        }
    }

    private async Task RestAsync(EffectLane lane)
    {
        await Task.Delay(lane.Failed(), time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        signals.Writer.TryWrite(new Signal(What.Rested, lane));
    }

    private void Forget()
    {
        if (forgetting || receipts.Count == 0)
        {
            return;
        }

        forgetting = true;
        _ = ForgetAsync(receipts);
        receipts = [];
    }

    private async Task ForgetAsync(List<long> arrived)
    {
        if (arrived.Count == 0)
        {
            return;
        }

        try
        {
            await store.ForgetAsync(arrived);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Receipts of {Count} effects were not kept; those effects are delivered again after the next start.", arrived.Count);
        }

        signals.Writer.TryWrite(new Signal(What.Forgotten));
    }

    private void TellDrained()
    {
        if (drains.Count == 0 || more || unread || held > 0 || forgetting || receipts.Count > 0)
        {
            return;
        }

        drains.ForEach(drain => drain.Empty.TrySetResult(drain.Delivered));
        drains.Clear();
    }

    private readonly record struct Signal(What What, EffectLane? Lane = null, Drain? Drain = null);

    private sealed class Drain
    {
        public List<Delivery> Delivered { get; } = [];

        public TaskCompletionSource<IReadOnlyList<Delivery>> Empty { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
