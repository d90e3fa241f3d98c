namespace TownReform.Grains.Journal.Outbox;

/// <summary>What the loop of a dispatch is told.</summary>
internal readonly record struct EffectSignal(
    SignalKind Kind,
    EffectLane? Lane,
    int Count,
    EffectDrain? Drain,
    IReadOnlyList<WaitingEffect>? Effects,
    Exception? Fault
);

internal enum SignalKind
{
    /// <summary>Effects have committed.</summary>
    Committed = 1,

    /// <summary>A receiver took the first effects of a lane.</summary>
    Arrived = 2,

    /// <summary>A delivery failed.</summary>
    Failed = 3,

    /// <summary>The pause of a lane is over.</summary>
    Rested = 4,

    /// <summary>The store has forgotten effects that have arrived.</summary>
    Forgotten = 5,

    /// <summary>Somebody waits until nothing waits for delivery.</summary>
    Drain = 6,

    /// <summary>The store has effects that were not named, or could not be read.</summary>
    Unread = 7,

    /// <summary>Effects were put aside, or could not be.</summary>
    PutAside = 8,
}
