using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>
/// Effects that their receivers have refused often enough, put aside so that they hold up nobody. Keyed by world. Whoever has a gateway may
/// list them. To have one delivered again
/// is an act of the town that it is of: asked for by somebody who leads the town or one of its organs, and on the town's record. What is
/// delivered is what the record has committed, and nothing else.
/// </summary>
[Alias("effects")]
public interface IEffectsGrain : IGrainWithStringKey
{
    /// <summary>Those above a number, in the order in which they were put aside; at most 500, none at the end.</summary>
    [ReadOnly, Alias("list")]
    Task<ImmutableArray<SetAside>> ListAsync(long afterId);

    /// <summary>Delivers one again. It leaves the list when its receiver takes it, and stays when not. A repeat of a command whose effect
    /// was taken answers the same.</summary>
    [Alias("retry-by")]
    Task<Outcome<SentAgain>> RetryAsync(RetryEffect command);
}

/// <summary>Asks for an effect that was put aside to be delivered again.</summary>
/// <param name="Town">Whose leaders or heads ask for it; the effect must be of that town, where it tells which it is of.</param>
/// <param name="Id">Number of the effect in the list.</param>
[GenerateSerializer, Immutable, Alias("retry-effect")]
public sealed record RetryEffect(Stamp Stamp, string Town, long Id);

/// <summary>An effect that was delivered again, and taken.</summary>
[GenerateSerializer, Immutable, Alias("sent-again")]
public sealed record SentAgain(long Id, string Stream, long Version, int Ordinal, string TargetType, string TargetKey);

/// <summary>An effect that was put aside.</summary>
/// <param name="Id">Its number in the list.</param>
/// <param name="Stream">Stream, version and ordinal of the record that it left with.</param>
/// <param name="Effect">What it asks, as JSON.</param>
/// <param name="At">The moment of the command that caused it.</param>
/// <param name="FirstAt">When it was first refused, by the silo's clock.</param>
/// <param name="Why">What the receiver said last.</param>
/// <param name="Towns">Codes of the towns that it is of, by its record and its receiver; empty where they tell none.</param>
[GenerateSerializer, Immutable, Alias("set-aside")]
public sealed record SetAside(
    long Id,
    string Stream,
    long Version,
    int Ordinal,
    string TargetType,
    string TargetKey,
    DateTimeOffset At,
    string Effect,
    int Attempts,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    string Why,
    ImmutableArray<string> Towns
);
