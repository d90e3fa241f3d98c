using System.Collections.Immutable;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Rules.Assessments;

/// <summary>What can happen in an assessment round.</summary>
public abstract record AssessmentEvent : RecordedEvent;

/// <param name="WorkingDays">Working days of the year; decides who was absent over half of it.</param>
/// <param name="Share">Share of excellent by the plan in force when it opened, as a fraction.</param>
public sealed record AssessmentOpened(int Year, int WorkingDays, decimal Share, ImmutableArray<Assessee> People) : AssessmentEvent
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
