using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <summary>How town streams are written and read back.</summary>
public static class TownRecord
{
    public static EventCodec<TownEvent> Events { get; } =
        new(
            (TownFounded.DurableName, TownJson.Default.TownFounded),
            (TownSettled.DurableName, TownJson.Default.TownSettled),
            (CaseNumbersReserved.DurableName, TownJson.Default.CaseNumbersReserved),
            (EffectSentAgain.DurableName, TownJson.Default.EffectSentAgain),
            (TownRefused.DurableName, TownJson.Default.TownRefused),
            (SeedsTaken.DurableName, TownJson.Default.SeedsTaken),
            (DueDaysFollowed.DurableName, TownJson.Default.DueDaysFollowed)
        );

    public static SnapshotCodec<TownState> Snapshots { get; } =
        new(3, new TownJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyTownState);
}
