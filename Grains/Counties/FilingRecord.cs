using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Counties;

namespace TownReform.Grains.Counties;

/// <summary>How a county office's streams are written and read back.</summary>
public static class FilingRecord
{
    public static EventCodec<FilingEvent> Events { get; } =
        new(
            (FilingReceived.DurableName, FilingJson.Default.FilingReceived),
            (FilingAnswered.DurableName, FilingJson.Default.FilingAnswered),
            (InterferenceRecorded.DurableName, FilingJson.Default.InterferenceRecorded),
            (FilingRefused.DurableName, FilingJson.Default.FilingRefused)
        );

    public static SnapshotCodec<FilingState> Snapshots { get; } =
        new(3, new FilingJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyFilingState);
}
