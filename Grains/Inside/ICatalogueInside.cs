using System.Collections.Immutable;

namespace TownReform.Grains.Inside;

/// <summary>What the town and cases of power adjustment ask of the catalogue. Not for clients.</summary>
[Alias("catalogue-inside")]
public interface ICatalogueInside : ICatalogueGrain, IEffectReceiver, IEffectForeseer
{
    /// <summary>Puts the plan's catalogue in force from its date. Repeating it changes nothing.</summary>
    [Alias("found")]
    Task<Outcome<CatalogueView>> FoundAsync(FoundCatalogue command);
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="InForceFrom">First day of the powers.</param>
/// <param name="Without">Kinds of items, or items by code, that stay with the county (a pre-reform scenario); empty as a rule.</param>
[GenerateSerializer, Immutable, Alias("found-catalogue")]
public sealed record FoundCatalogue(Stamp Stamp, DateOnly InForceFrom, ImmutableArray<string> Without);
