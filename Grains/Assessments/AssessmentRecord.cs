using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Assessments;

namespace TownReform.Grains.Assessments;

/// <summary>How assessment streams are written and read back. A round is short-lived, so it is replayed and has no snapshot.</summary>
public static class AssessmentRecord
{
    public static EventCodec<AssessmentEvent> Events { get; } =
        new(
            (AssessmentOpened.DurableName, AssessmentJson.Default.AssessmentOpened),
            (StaffMarked.DurableName, AssessmentJson.Default.StaffMarked),
            (AssessmentClosed.DurableName, AssessmentJson.Default.AssessmentClosed),
            (AssessmentRefused.DurableName, AssessmentJson.Default.AssessmentRefused)
        );
}
