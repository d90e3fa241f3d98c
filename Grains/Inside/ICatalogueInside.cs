using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform.Grains.Inside;

/// <summary>What the town and cases of power adjustment ask of the catalogue. Not for clients.</summary>
[Alias("catalogue-inside")]
public interface ICatalogueInside : ICatalogueGrain, IEffectReceiver
{
    /// <summary>Puts the plan's catalogue in force from its date. Repeating it changes nothing.</summary>
    [Alias("found")]
    Task<Outcome<CatalogueView>> FoundAsync(FoundCatalogue command);

    /// <summary>What an adjustment would come to, refused as the adjustment itself would be (A4). Changes nothing.</summary>
    [ReadOnly, Alias("foresee")]
    Task<Outcome<PowerHolding>> ForeseeAsync(AdjustPower change);
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="InForceFrom">First day of the powers.</param>
/// <param name="Without">Kinds of items that stay with the county (a pre-reform scenario); empty as a rule.</param>
[GenerateSerializer, Immutable, Alias("found-catalogue")]
public sealed record FoundCatalogue(Stamp Stamp, DateOnly InForceFrom, ImmutableArray<string> Without);
