using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <summary>How town streams are written and read back.</summary>
public static class TownRecord
{
    private static readonly TownJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<TownEvent> Events { get; } = new(
        (TownFounded.DurableName, Json.TownFounded),
        (TownSettled.DurableName, Json.TownSettled),
        (CaseNumbersReserved.DurableName, Json.CaseNumbersReserved),
        (TownRefused.DurableName, Json.TownRefused));

    public static SnapshotCodec<TownState> Snapshots { get; } = new(2, Json.SnapshotBodyTownState);
}
