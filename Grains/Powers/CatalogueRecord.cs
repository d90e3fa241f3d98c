using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Powers;

/// <summary>How catalogue streams are written and read back.</summary>
public static class CatalogueRecord
{
    public static EventCodec<CatalogueEvent> Events { get; } =
        new(
            (CatalogueFounded.DurableName, CatalogueJson.Default.CatalogueFounded),
            (PowerAdjusted.DurableName, CatalogueJson.Default.PowerAdjusted),
            (CatalogueRefused.DurableName, CatalogueJson.Default.CatalogueRefused)
        );

    public static SnapshotCodec<CatalogueState> Snapshots { get; } =
        new(3, new CatalogueJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyCatalogueState);
}
