namespace TownReform.Grains.Journal;

/// <summary>A committed effect with its place in the outbox.</summary>
internal readonly record struct WaitingEffect(long Id, Delivery Delivery);
