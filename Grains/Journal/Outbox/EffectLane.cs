using System.Collections.Immutable;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>What waits for one grain, in commit order; one delivery at a time.</summary>
internal sealed class EffectLane
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private const int Doublings = 9;

    private int failures;

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
        failures = 0;
        return Waiting.Dequeue();
    }

    /// <summary>The receiver threw: how long to leave it alone. Doubles from 0.1 s up to 30 s.</summary>
    public TimeSpan Failed()
    {
        var wait = First * Math.Pow(2, Math.Min(failures++, Doublings));
        return wait < Longest ? wait : Longest;
    }
}

/// <summary>A committed effect with its place in the outbox.</summary>
internal readonly record struct WaitingEffect(long Id, Delivery Delivery);
