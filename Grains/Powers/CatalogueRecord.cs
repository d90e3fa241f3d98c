using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Powers;

/// <summary>How catalogue streams are written and read back.</summary>
public static class CatalogueRecord
{
    private static readonly CatalogueJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<CatalogueEvent> Events { get; } = new(
        (CatalogueFounded.DurableName, Json.CatalogueFounded),
        (PowerAdjusted.DurableName, Json.PowerAdjusted),
        (CatalogueRefused.DurableName, Json.CatalogueRefused));

    public static SnapshotCodec<CatalogueState> Snapshots { get; } = new(3, Json.SnapshotBodyCatalogueState);
}
