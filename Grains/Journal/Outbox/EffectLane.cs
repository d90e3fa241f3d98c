using System.Collections.Immutable;
using TownReform.Grains.Hosting;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>What waits for one grain, in commit order; one delivery at a time.</summary>
internal sealed class EffectLane
{
    private readonly Backoff backoff = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(30));

    public Queue<WaitingEffect> Waiting { get; } = new();

    /// <summary>Effects brought in one call; a receiver records them in one commit.</summary>
    private const int Together = 128;

    /// <summary>How often the receiver has refused the first effect when it came alone; a failure of the way to it doesn't count.</summary>
    public int Refused { get; private set; }

    /// <summary>When the first effect was first refused; null when it wasn't.</summary>
    public DateTimeOffset? RefusedSince { get; private set; }

    /// <summary>Whether the effect before went aside.</summary>
    public bool HasPutAside { get; private set; }

    // Which of several was refused nobody knows: from then on they come one by one, until one has arrived.
    private int AtOnce => RefusedSince is null && !HasPutAside ? Together : 1;

    /// <summary>The next effects to bring, in order.</summary>
    public ImmutableArray<Delivery> Next()
    {
        var next = ImmutableArray.CreateBuilder<Delivery>(Math.Min(Waiting.Count, AtOnce));
        foreach (var effect in Waiting)
        {
            if (next.Count == next.Capacity)
            {
                break;
            }

            next.Add(effect.Delivery);
        }

        return next.MoveToImmutable();
    }

    /// <summary>The receiver took one.</summary>
    public WaitingEffect Arrived()
    {
        HasPutAside = false;
        return Dequeue();
    }

    /// <summary>The first effect goes aside; the next has its own attempts.</summary>
    public WaitingEffect PutAside()
    {
        HasPutAside = true;
        return Dequeue();
    }

    /// <summary>The receiver itself threw, at one effect or at several.</summary>
    public void WasRefused(int effects, DateTimeOffset now)
    {
        RefusedSince ??= now;
        Refused += effects == 1 ? 1 : 0;
    }

    private WaitingEffect Dequeue()
    {
        backoff.Worked();
        (Refused, RefusedSince) = (0, null);
        return Waiting.Dequeue();
    }

    /// <summary>The receiver threw: how long to leave it alone. Doubles from 0.1 s up to 30 s.</summary>
    public TimeSpan Failed() => backoff.Failed();
}
