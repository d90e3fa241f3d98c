using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>A town. Keyed world/town. Founds everything else of the town from its plan, once.</summary>
[Alias("town")]
public interface ITownGrain : IGrainWithStringKey
{
    /// <summary>Hands out case numbers in rising order, in one block; a number once handed out is never handed out again.</summary>
    /// <returns>The first number of the block.</returns>
    [Alias("reserve-case-numbers")]
    Task<Outcome<CaseNumbers>> ReserveCaseNumbersAsync(int count, DateTimeOffset at);

    [ReadOnly, Alias("read")]
    Task<Outcome<TownView>> ReadAsync();
}

/// <summary>A block of case numbers: <c>{Prefix}{First:D8}</c> and the <paramref name="Count"/> − 1 that follow.</summary>
[GenerateSerializer, Immutable, Alias("case-numbers")]
public sealed record CaseNumbers(string Prefix, long First, int Count);

/// <param name="PlanHash">SHA-256 (hex) of the plan that the town was founded from.</param>
/// <param name="Staff">Ids of all staff.</param>
/// <param name="Organs">Codes of organs and institutions.</param>
[GenerateSerializer, Immutable, Alias("town-view")]
public sealed record TownView(string Town, string PlanHash, DateOnly FoundedOn, ImmutableArray<string> Organs, ImmutableArray<string> Staff);
