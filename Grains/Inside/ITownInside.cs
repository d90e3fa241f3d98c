using System.Collections.Immutable;

namespace TownReform.Grains.Inside;

/// <summary>What only the silo's start and a simulation ask of a town. Not for clients.</summary>
[Alias("town-inside")]
public interface ITownInside : ITownGrain
{
    /// <summary>Founds the town from its plan: catalogue, posts, staff, bureaus. Safe to repeat; refused when it was founded from another plan.</summary>
    [Alias("found")]
    Task<Outcome<TownView>> FoundAsync(FoundTown command);
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Without">Kinds of items that stay with the county (a pre-reform scenario); empty as a rule.</param>
[GenerateSerializer, Immutable, Alias("found-town")]
public sealed record FoundTown(Stamp Stamp, ImmutableArray<string> Without);
