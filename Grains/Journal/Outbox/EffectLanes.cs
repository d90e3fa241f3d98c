using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Loaded effects, one lane per target; tells which lane may deliver next.</summary>
internal sealed class EffectLanes
{
    private readonly Dictionary<(string Type, string Key), EffectLane> lanes = [];
    private readonly Queue<EffectLane> ready = new();

    /// <summary>Effects in all lanes.</summary>
    public int Held { get; private set; }

    public void Add(WaitingEffect effect)
    {
        Held++;
        var target = (effect.Delivery.TargetType, effect.Delivery.TargetKey);
        if (!lanes.TryGetValue(target, out var lane))
        {
            lanes.Add(target, lane = new EffectLane());
            ready.Enqueue(lane);
        }

        lane.Waiting.Enqueue(effect);
    }

    /// <summary>A lane with an effect to deliver, taken out until it has arrived or rested.</summary>
    public bool TryTake([NotNullWhen(true)] out EffectLane? lane) => ready.TryDequeue(out lane);

    /// <summary>The lane's first effects have arrived.</summary>
    /// <param name="took">Is told of each.</param>
    public void Arrived(EffectLane lane, int effects, Action<WaitingEffect> took)
    {
        Held -= effects;
        WaitingEffect arrived = default;
        for (var i = 0; i < effects; i++)
        {
            arrived = lane.Arrived();
            took(arrived);
        }

        GoOn(lane, arrived);
    }

    /// <summary>The lane's first effect goes aside, and the next is delivered without a pause.</summary>
    public WaitingEffect PutAside(EffectLane lane)
    {
        Held--;
        var aside = lane.PutAside();
        GoOn(lane, aside);
        return aside;
    }

    /// <summary>The lane's pause is over.</summary>
    public void Rested(EffectLane lane) => ready.Enqueue(lane);

    private void GoOn(EffectLane lane, WaitingEffect last)
    {
        if (lane.Waiting.Count > 0)
        {
            ready.Enqueue(lane);
        }
        else
        {
            lanes.Remove((last.Delivery.TargetType, last.Delivery.TargetKey));
        }
    }
}
