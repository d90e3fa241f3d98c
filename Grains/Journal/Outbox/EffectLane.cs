using System.Collections.Immutable;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>What waits for one grain, in commit order; one delivery at a time.</summary>
internal sealed class EffectLane
{
    private readonly Backoff backoff = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(30));

    public Queue<WaitingEffect> Waiting { get; } = new();

    /// <summary>Effects brought in one call; a receiver records them in one commit.</summary>
    private const int Together = 128;

    /// <summary>The next effects to bring, in order.</summary>
    public ImmutableArray<Delivery> Next()
    {
        var next = ImmutableArray.CreateBuilder<Delivery>(Math.Min(Waiting.Count, Together));
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
        backoff.Worked();
        return Waiting.Dequeue();
    }

    /// <summary>The receiver threw: how long to leave it alone. Doubles from 0.1 s up to 30 s.</summary>
    public TimeSpan Failed() => backoff.Failed();
}

/// <summary>A committed effect with its place in the outbox.</summary>
internal readonly record struct WaitingEffect(long Id, Delivery Delivery);
