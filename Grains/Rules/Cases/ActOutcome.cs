using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What follows of an act that may be done: step or end, clocks, place, colour.</summary>
internal static class ActOutcome
{
    /// <summary>What is recorded of it, and how the case stands after it.</summary>
    public static CaseDecision<ActTaken> Of(in ActCheck check)
    {
        var (file, act, facts) = (check.File, check.Act!, check.Facts);
        var procedure = facts.Procedure;
        var ended = procedure.Ends.TryGetValue(act.To, out var end);
        var next = ended ? null : procedure.Steps[act.To];
        var owner = act.Owner is { } moves ? facts.People[moves] : null;
        var (workplace, officers) = Placed(check, next, owner);
        var taken = new ActTaken(
            Act: act.Code,
            From: file.Step,
            To: act.To,
            By: facts.With is { } with ? [check.Stamp.Actor.Id, with.Id] : [check.Stamp.Actor.Id],
            Workplace: workplace,
            Officers: officers,
            Clock: act.Clock,
            ExtendedDays: act.Extends?.On(facts.Law.On(facts.Day)).Days ?? 0,
            Visit: act.Visit,
            Disposition: ended ? end!.Disposition : Disposition.Open,
            Granted: ended && end!.Granted,
            Colour: ClockColour.Green,
            At: check.Stamp.At,
            Day: facts.Day,
            StoppedDays: StoppedDays(check, file.Clock.Promised.Unit),
            StatutoryStoppedDays: StoppedDays(check, file.Clock.Statutory.Unit),
            Fields: check.Given
        )
        {
            Decides = act.Decides,
            Statutory = StatutoryAtStart(file, act, facts),
            Law = act.Decides && procedure.Law is { } statute ? facts.Law.On(facts.Day).Text(statute) : null,
            Late = check.Stamp.Late is not null,
            Owner = owner?.Id,
            Stays = act.Stays,
            Agent = AgentRules.NamedBy(check),
        };
        return Coloured(check, next, taken);
    }

    // Where the case goes, and to whom where that is sure; where it stays, all is as before.
    private static (string? Workplace, ImmutableArray<string> Officers) Placed(in ActCheck check, StepRule? next, StaffFacts? owner)
    {
        if (check.Act!.Stays)
        {
            return (check.File.Workplace, check.File.Officers);
        }

        var (workplace, person) = next is null ? default : next.At.Find(check, owner ?? check.Facts.Owner);
        return (workplace, person is null ? [] : [person]);
    }

    // By which an act that has the clock run again moves the last day.
    private static int StoppedDays(in ActCheck check, DayUnit unit) =>
        ClockRules.Stopped(
            check.Act!.Clock == ClockAct.Run ? check.File.Clock.StoppedOn : null,
            check.Facts.Day,
            unit,
            check.Facts.Calendar
        );

    // A worse colour is told when it is recorded as one (B5), so an act may lower the colour and never raise it.
    private static CaseDecision<ActTaken> Coloured(in ActCheck check, StepRule? next, ActTaken taken)
    {
        var (file, facts) = (check.File, check.Facts);
        var after = CaseState.Apply(file, taken);
        var reading = ClockRules.Count(after, next, facts.Day, facts.Calendar, facts.Law);
        var colour = reading.Colour < file.Colour ? reading.Colour : file.Colour;
        colour = check.Act!.Warns && colour < ClockColour.Amber ? ClockColour.Amber : colour;
        return colour == taken.Colour
            ? new(taken, after, reading.After(colour, facts.Day))
            : new(taken with { Colour = colour }, after with { Colour = colour }, reading.After(colour, facts.Day));
    }

    // The period begins with acceptance or filing: the law of that day holds for it, also where the case was received under another.
    private static TimeLimit? StatutoryAtStart(CaseFile file, ActRule act, CaseFacts facts)
    {
        var day = act.Clock switch
        {
            ClockAct.Start => facts.Day,
            ClockAct.StartAtReceipt => file.StepOn,
            _ => (DateOnly?)null,
        };
        return
            day is { } begins
            && facts.Item?.On(begins).Statutory.On(facts.Law.On(begins)) is { Days: > 0 } limit
            && limit != file.Clock.Statutory
            ? limit
            : null;
    }
}
