using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Staff;

/// <summary>How staff streams are written and read back.</summary>
public static class StaffRecord
{
    public static EventCodec<StaffEvent> Events { get; } =
        new(
            (StaffHired.DurableName, StaffJson.Default.StaffHired),
            (LeaveTaken.DurableName, StaffJson.Default.LeaveTaken),
            (SecondmentBegun.DurableName, StaffJson.Default.SecondmentBegun),
            (SecondmentEnded.DurableName, StaffJson.Default.SecondmentEnded),
            (OfficeEnded.DurableName, StaffJson.Default.OfficeEnded),
            (OfficeResumed.DurableName, StaffJson.Default.OfficeResumed),
            (StaffRefused.DurableName, StaffJson.Default.StaffRefused)
        );

    public static SnapshotCodec<StaffState> Snapshots { get; } =
        new(2, new StaffJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyStaffState);
}
