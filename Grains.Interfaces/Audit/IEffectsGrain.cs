using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>
/// Effects that their receivers have refused often enough, put aside so that they hold up nobody. Keyed by world. Whoever has a gateway may list them and have them delivered again:
/// what is delivered is what the record has committed, and nothing else.
/// </summary>
[Alias("effects")]
public interface IEffectsGrain : IGrainWithStringKey
{
    /// <summary>Those above a number, in the order in which they were put aside; at most 500, none at the end.</summary>
    [ReadOnly, Alias("list")]
    Task<ImmutableArray<SetAside>> ListAsync(long afterId);

    /// <summary>Delivers one again. It leaves the list when its receiver takes it, and stays when not.</summary>
    [Alias("retry")]
    Task<Outcome<SetAside>> RetryAsync(long id);
}

/// <summary>An effect that was put aside.</summary>
/// <param name="Id">Its number in the list.</param>
/// <param name="Stream">Stream, version and ordinal of the record that it left with.</param>
/// <param name="Effect">What it asks, as JSON.</param>
/// <param name="At">The moment of the command that caused it.</param>
/// <param name="FirstAt">When it was first refused, by the silo's clock.</param>
/// <param name="Why">What the receiver said last.</param>
[GenerateSerializer, Immutable, Alias("set-aside")]
public sealed record SetAside(long Id, string Stream, long Version, int Ordinal, string TargetType, string TargetKey, DateTimeOffset At, string Effect, int Attempts, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Why);
