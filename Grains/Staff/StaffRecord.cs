using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Staff;

/// <summary>How staff streams are written and read back.</summary>
public static class StaffRecord
{
    private static readonly StaffJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<StaffEvent> Events { get; } = new(
        (StaffHired.DurableName, Json.StaffHired),
        (LeaveTaken.DurableName, Json.LeaveTaken),
        (SecondmentBegun.DurableName, Json.SecondmentBegun),
        (SecondmentEnded.DurableName, Json.SecondmentEnded),
        (StaffRefused.DurableName, Json.StaffRefused));

    public static SnapshotCodec<StaffState> Snapshots { get; } = new(2, Json.SnapshotBodyStaffState);
}
