namespace TownReform.Grains.Rules.Cases;

/// <summary>What happens to a case and what it leads to, worked out once: whoever records, places and shows it asks nothing
/// again.</summary>
/// <param name="Next">The case after it; its workplace has picked no officers yet.</param>
/// <param name="Clock">How the limits of the case stand after it, on the day of the event.</param>
public abstract record CaseDecision(CaseFile Next, ClockReading Clock)
{
    /// <summary>What is recorded.</summary>
    public abstract CaseEvent Happened { get; }

    /// <summary>What an event without a choice leads to.</summary>
    public static CaseDecision<TEvent> Of<TEvent>(CaseFile file, TEvent happened, CaseFacts facts)
        where TEvent : CaseEvent
    {
        var next = CaseState.Apply(file, happened);
        return new(
            happened,
            next,
            ClockRules.Look(next, facts.Procedure.Steps.GetValueOrDefault(next.Step), facts.Day, facts.Calendar, facts.Law)
        );
    }
}

/// <inheritdoc cref="CaseDecision"/>
/// <param name="Event">What is recorded.</param>
public sealed record CaseDecision<TEvent>(TEvent Event, CaseFile Next, ClockReading Clock) : CaseDecision(Next, Clock)
    where TEvent : CaseEvent
{
    public override CaseEvent Happened => Event;
}
