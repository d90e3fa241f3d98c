using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Assessments;

namespace TownReform.Grains.Assessments;

/// <summary>How assessment streams are written and read back. A round is short-lived, so it is replayed and has no snapshot.</summary>
public static class AssessmentRecord
{
    private static readonly AssessmentJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<AssessmentEvent> Events { get; } = new(
        (AssessmentOpened.DurableName, Json.AssessmentOpened),
        (StaffMarked.DurableName, Json.StaffMarked),
        (AssessmentClosed.DurableName, Json.AssessmentClosed),
        (AssessmentRefused.DurableName, Json.AssessmentRefused));
}
