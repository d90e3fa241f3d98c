using System.Collections.Immutable;
using TownReform.Grains.Journal.Outbox;

namespace TownReform.Grains.Journal.Memory;

/// <summary>Effects of a simulated world, delivered one by one in commit order, by whoever drains: the same order in every run.</summary>
internal sealed class MemoryOutbox(Lock gate, IEffectCourier courier) : IOutbox, IDisposable
{
    /// <summary>A receiver that dropped its activation takes the second attempt; one that still throws has a bug, which must not be
    /// hidden.</summary>
    private const int Attempts = 3;

    private readonly Queue<Delivery> waiting = new();
    private readonly SemaphoreSlim draining = new(1, 1);

    /// <summary>Under the gate.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Under the gate.</summary>
    public void Add(ImmutableArray<Delivery> effects)
    {
        foreach (var effect in effects)
        {
            waiting.Enqueue(effect);
        }
    }

    public ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default)
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return ValueTask.FromResult<IReadOnlyList<Delivery>>([]);
            }
        }

        return DrainSlowlyAsync(cancellation);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult((long)waiting.Count);
        }
    }

    public void Dispose() => draining.Dispose();

    private async ValueTask<IReadOnlyList<Delivery>> DrainSlowlyAsync(CancellationToken cancellation)
    {
        var delivered = new List<Delivery>();
        await draining.WaitAsync(cancellation);
        try
        {
            while (Next() is { } delivery)
            {
                await DeliverAsync(delivery, cancellation);
                delivered.Add(delivery);
                Forget();
            }
        }
        finally
        {
            draining.Release();
        }

        return delivered;
    }

    private async ValueTask DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await courier.DeliverAsync([delivery]);
                return;
            }
            catch when (attempt < Attempts)
            {
                // Deliver again; the last failure escapes and the effect stays at the head of the queue.
            }
        }
    }

    private Delivery? Next()
    {
        lock (gate)
        {
            return waiting.TryPeek(out var delivery) ? delivery : null;
        }
    }

    private void Forget()
    {
        lock (gate)
        {
            waiting.Dequeue();
        }
    }
}
