using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>A town. Keyed world/town. Founds everything else of the town from its plan, once.</summary>
[Alias("town")]
public interface ITownGrain : IGrainWithStringKey
{
    [ReadOnly, Alias("read")]
    Task<Outcome<TownView>> ReadAsync();
}

/// <param name="PlanHash">SHA-256 (hex) of the plan that the town was founded from.</param>
/// <param name="Staff">Ids of all staff.</param>
/// <param name="Organs">Codes of organs and institutions.</param>
[GenerateSerializer, Immutable, Alias("town-view")]
public sealed record TownView(
    string Town,
    string PlanHash,
    DateOnly FoundedOn,
    ImmutableArray<string> Organs,
    ImmutableArray<string> Staff
);
