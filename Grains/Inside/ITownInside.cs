using System.Collections.Immutable;

namespace TownReform.Grains.Inside;

/// <summary>What only the silo's start and a simulation ask of a town. Not for clients.</summary>
[Alias("town-inside")]
public interface ITownInside : ITownGrain
{
    /// <summary>Founds the town from its plan: catalogue, posts, staff, bureaus. Safe to repeat; refused when it was founded from another plan.</summary>
    [Alias("found")]
    Task<Outcome<TownView>> FoundAsync(FoundTown command);

    /// <summary>Hands out case numbers in rising order, in one block, to the intake of a silo; a number once handed out is never handed out again.</summary>
    /// <param name="count">From 1 to <see cref="CaseNumbers.Most"/>.</param>
    /// <returns>The first number of the block.</returns>
    [Alias("reserve-case-numbers")]
    Task<Outcome<CaseNumbers>> ReserveCaseNumbersAsync(int count, DateTimeOffset at);
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Without">Kinds of items that stay with the county (a pre-reform scenario); empty as a rule.</param>
[GenerateSerializer, Immutable, Alias("found-town")]
public sealed record FoundTown(Stamp Stamp, ImmutableArray<string> Without);

/// <summary>A block of case numbers: <c>{Prefix}{First:D8}</c> and the <paramref name="Count"/> − 1 that follow.</summary>
[GenerateSerializer, Immutable, Alias("case-numbers")]
public sealed record CaseNumbers(string Prefix, long First, int Count)
{
    /// <summary>Numbers in a block at most.</summary>
    public const int Most = 1024;
}
