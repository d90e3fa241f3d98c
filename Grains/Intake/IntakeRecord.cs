using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Intake;

namespace TownReform.Grains.Intake;

/// <summary>How intake streams are written and read back.</summary>
public static class IntakeRecord
{
    public static EventCodec<IntakeEvent> Events { get; } = new((OpeningRefused.DurableName, IntakeJson.Default.OpeningRefused));

    public static SnapshotCodec<IntakeState> Snapshots { get; } =
        new(1, new IntakeJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyIntakeState);
}
