using System.Collections.Concurrent;
using System.Collections.Immutable;
using TownReform.Grains.Journal.Outbox;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Takes effects, after throwing as often as told.</summary>
internal sealed class Courier : IEffectCourier
{
    private readonly ConcurrentQueue<Delivery> taken = new();
    private int throws;

    public IReadOnlyCollection<Delivery> Taken => taken;

    public int Attempts { get; private set; }

    public void ThrowNext(int times) => throws = times;

    public Task DeliverAsync(ImmutableArray<Delivery> deliveries)
    {
        Attempts++;
        if (Interlocked.Decrement(ref throws) >= 0)
        {
            throw new InvalidOperationException("The receiver is not well.");
        }

        foreach (var delivery in deliveries)
        {
            taken.Enqueue(delivery);
        }

        return Task.CompletedTask;
    }
}

/// <summary>A clock whose pauses are over at once; it remembers how long they would have been.</summary>
internal sealed class HurriedTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
