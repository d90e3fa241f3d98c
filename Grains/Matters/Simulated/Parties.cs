using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>How parties are who come with items of some kinds, or about whom such a case begins.</summary>
/// <param name="Kinds">Kinds of items; each kind has one such declaration.</param>
/// <param name="Shares">What a scenario says under <c>parties</c>.</param>
/// <param name="Exclusive">Shares that exclude each other: at most 1 together.</param>
/// <param name="Traits">All names of traits that it may draw.</param>
/// <param name="Draw">Draws one: numbers 1 to 9 of its stream, which no other draw uses.</param>
internal sealed record Parties(
    ImmutableArray<string> Kinds,
    ImmutableArray<PartyShare> Shares,
    ImmutableArray<string> Exclusive,
    ImmutableArray<string> Traits,
    Func<Appearing, Appearance> Draw
);

/// <summary>A share of parties that a scenario sets.</summary>
/// <param name="About">What it means, for the editor's hint.</param>
internal sealed record PartyShare(string Name, string About);

/// <summary>A party that is about to appear.</summary>
/// <param name="Traits">What is known already: whether it is an organisation.</param>
/// <param name="Shares">The scenario's, by name.</param>
/// <param name="Random">Its own draws.</param>
internal readonly record struct Appearing(
    TownPlan Plan,
    PowerItem Item,
    Traits Traits,
    FrozenDictionary<string, double> Shares,
    RandomStream Random,
    DateOnly Day,
    LawBook Law
)
{
    /// <summary>Whether a draw falls into a share.</summary>
    public bool Chance(int draw, string share) => Random.Chance(draw, Shares[share]);
}

/// <summary>How a party is.</summary>
/// <param name="FoundByOfficers">Officers of the item's bureau open the case; else the party or a complaint does, where the procedure lets
/// the public open it.</param>
internal readonly record struct Appearance(Traits Traits, bool FoundByOfficers);
