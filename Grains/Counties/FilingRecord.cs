using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Counties;

namespace TownReform.Grains.Counties;

/// <summary>How a county office's streams are written and read back.</summary>
public static class FilingRecord
{
    private static readonly FilingJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<FilingEvent> Events { get; } = new(
        (FilingReceived.DurableName, Json.FilingReceived),
        (FilingAnswered.DurableName, Json.FilingAnswered),
        (InterferenceRecorded.DurableName, Json.InterferenceRecorded),
        (FilingRefused.DurableName, Json.FilingRefused));

    public static SnapshotCodec<FilingState> Snapshots { get; } = new(3, Json.SnapshotBodyFilingState);
}
