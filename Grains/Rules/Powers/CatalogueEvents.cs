using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Powers;

/// <summary>What can happen to a town's catalogue.</summary>
public abstract record CatalogueEvent : RecordedEvent;

/// <param name="Items">Codes of the items granted; kept, so that a later plan doesn't change what was granted then.</param>
public sealed record CatalogueFounded(DateOnly InForceFrom, ImmutableArray<string> Without, ImmutableArray<string> Items) : CatalogueEvent
{
    public const string DurableName = "catalogue.founded";

    /// <summary>Codes of the items that their bureaus could not carry yet (A5).</summary>
    public ImmutableArray<string> NotReady { get; init; } = [];

    protected override string Name => DurableName;
}

/// <summary>The outcome of a power-adjustment case (A4).</summary>
public sealed record PowerAdjusted(string Case, string Item, PowerChange Change, PowerEntry Entry) : CatalogueEvent
{
    public const string DurableName = "catalogue.power-adjusted";

    protected override string Name => DurableName;
}

public sealed record CatalogueRefused(Refused Refused) : CatalogueEvent, IRefused
{
    public const string DurableName = "catalogue.refused";

    protected override string Name => DurableName;
}
