using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Assessments;

/// <summary>What can happen in an assessment round.</summary>
public abstract record AssessmentEvent : RecordedEvent;

/// <param name="Terms">Kept, so that a later plan or law doesn't change a round that is under way.</param>
public sealed record AssessmentOpened(int Year, AssessmentTerms Terms, ImmutableArray<Assessee> People) : AssessmentEvent
{
    public const string DurableName = "assessment.opened";

    protected override string Name => DurableName;
}

public sealed record StaffMarked(string Staff, Grade Grade) : AssessmentEvent
{
    public const string DurableName = "assessment.staff-marked";

    protected override string Name => DurableName;
}

public sealed record AssessmentClosed : AssessmentEvent
{
    public const string DurableName = "assessment.closed";

    protected override string Name => DurableName;
}

public sealed record AssessmentRefused(Refused Refused) : AssessmentEvent, IRefused
{
    public const string DurableName = "assessment.refused";

    protected override string Name => DurableName;
}
