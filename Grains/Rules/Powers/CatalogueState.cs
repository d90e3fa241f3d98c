using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Powers;

/// <summary>How a town came to hold what it holds.</summary>
/// <param name="InForceFrom">Null until founded.</param>
/// <param name="Without">Kinds and items that the founding left to the county.</param>
/// <param name="Items">Each item's changes, oldest first; the days never go back.</param>
/// <param name="NotReady">Items that the founding passed over because their bureaus could not carry them yet, and that nobody has granted
/// since (A5).</param>
public sealed record CatalogueState(
    DateOnly? InForceFrom,
    ImmutableArray<string> Without,
    ImmutableDictionary<string, ImmutableArray<PowerEntry>> Items,
    ImmutableArray<string> NotReady
)
{
    public static CatalogueState Empty { get; } = new(null, [], ImmutableDictionary<string, ImmutableArray<PowerEntry>>.Empty, []);

    public ImmutableArray<PowerEntry> HistoryOf(string item) => Items.GetValueOrDefault(item, []);
}

/// <summary>How an item stands from a day on, until the next entry.</summary>
/// <param name="PromisedLimit">Promised limit that an adjustment set, such as <c>5wd</c>; null: the catalogue's.</param>
public sealed record PowerEntry(int Version, PowerStanding Standing, DateOnly From, string? PromisedLimit);
