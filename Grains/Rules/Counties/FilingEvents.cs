using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Counties;

/// <summary>What can happen to filing tasks at a county department.</summary>
public abstract record FilingEvent : RecordedEvent;

public sealed record FilingReceived(string Case, string Town, string Item, bool Forward, bool Guided, DateOnly On) : FilingEvent
{
    public const string DurableName = "county.filing-received";

    protected override string Name => DurableName;
}

/// <param name="SpecialCircumstance">Why another seal was demanded; null for filing and forwarding.</param>
/// <param name="Comment">What the department said to the decision, as guidance (A5).</param>
public sealed record FilingAnswered(string Case, FilingAnswer Answer, DateOnly On, string? SpecialCircumstance, string? Comment)
    : FilingEvent
{
    public const string DurableName = "county.filing-answered";

    /// <summary>The task before, where it was no longer at hand.</summary>
    public FilingTask? Before { get; init; }

    protected override string Name => DurableName;
}

/// <summary>A department tried what it may not (B2). Who and when stand here and on the record.</summary>
public sealed record InterferenceRecorded(string Case, FilingAnswer Tried, string ActorId, string ActorOffice, DateOnly On, Refused Refused)
    : FilingEvent,
        IRefused
{
    public const string DurableName = "county.interference-recorded";

    /// <summary>The task before, where it was no longer at hand.</summary>
    public FilingTask? Before { get; init; }

    protected override string Name => DurableName;
}

public sealed record FilingRefused(Refused Refused) : FilingEvent, IRefused
{
    public const string DurableName = "county.filing-refused";

    protected override string Name => DurableName;
}
