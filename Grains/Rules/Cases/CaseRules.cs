using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Interprets any procedure: may this case be opened, may this act be done, what follows. Pure; the grain gathers the
/// facts.</summary>
public static class CaseRules
{
    /// <summary>Name of the act that hands a case back to the county when its power is recalled; procedures of the town's route declare
    /// it.</summary>
    public const string HandBack = "hand-back";

    /// <summary>Name under which opening is recorded and refused.</summary>
    public const string OpenAct = "open";

    /// <summary>Receives a case, or says why not.</summary>
    /// <param name="number">Number that the case will have.</param>
    public static Outcome<CaseDecision<CaseOpened>> Open(string number, OpenCase command, CaseFacts facts)
    {
        try
        {
            return facts.Calendar.Covers(facts.Day)
                ? Receive(number, command, facts)
                : CaseRefusals.OutsideCalendar(new OutsideCalendarException(facts.Calendar, facts.Day, 0));
        }
        catch (OutsideCalendarException e)
        {
            return CaseRefusals.OutsideCalendar(e);
        }
    }

    /// <summary>Does one act of the present step, or says why not.</summary>
    public static Outcome<CaseDecision<ActTaken>> Act(CaseFile file, ActOnCase command, CaseFacts facts)
    {
        try
        {
            return facts.Calendar.Covers(facts.Day)
                ? Do(file, command, facts)
                : CaseRefusals.OutsideCalendar(new OutsideCalendarException(facts.Calendar, facts.Day, 0));
        }
        catch (OutsideCalendarException e)
        {
            return CaseRefusals.OutsideCalendar(e);
        }
    }

    private static Outcome<CaseDecision<CaseOpened>> Receive(string number, OpenCase command, CaseFacts facts)
    {
        var (procedure, stamp, fields) = (facts.Procedure, command.Stamp, FieldRules.Normal(facts.Procedure, command.Fields));
        var kind = procedure.Subject.KindOf(facts.Item);
        if (!procedure.Kinds.Contains(kind))
        {
            return CaseRefusals.NotForKind(procedure, command.Subject, kind);
        }

        var check = new ActCheck(CaseFile.None with { Party = command.Party }, null, null, stamp, fields, facts);
        if (
            (
                ActorRules.CheckOpening(check)
                ?? FieldRules.Check(procedure, facts.Plan, fields, procedure.OpenNeeds, procedure.OpenTakes)
                ?? ServiceRules.GreenChannel(command, facts.Plan)
                ?? procedure.OpenAsks.Ask(check)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        var start = procedure.Steps[procedure.Start];
        var owner = procedure.HasOwner ? facts.Actor : null;
        var (workplace, person) = start.At.Find(check, owner);
        var promised = PromisedLimit(facts);
        var statutory = facts.Item?.On(facts.Day).Statutory.On(facts.Law.On(facts.Day)) is { Days: > 0 } limit ? limit : promised;
        var opened = new CaseOpened(
            Number: number,
            Town: command.Town,
            Procedure: procedure.Code,
            ProcedureVersion: procedure.Version,
            ItemKind: kind,
            Subject: command.Subject,
            ItemVersion: facts.Holding?.Version ?? 0,
            Promised: command.Green ? ServiceRules.GreenLimit(promised, facts.Plan.Policy) : promised,
            Statutory: statutory,
            Party: command.Party,
            Green: command.Green,
            Step: start.Code,
            Workplace: workplace,
            Officers: person is null ? [] : [person],
            CommandId: stamp.CommandId,
            At: stamp.At,
            Day: facts.Day,
            Fields: fields
        )
        {
            WithoutVisit = !ServiceRules.CameToTheHall(check),
            Agent = AgentRules.Named(stamp.Actor, check.Value("agent")) ?? "",
            Late = stamp.Late is not null,
            Owner = owner?.Id,
            StartsClock = procedure.OpenStartsClock,
        };

        // A first step whose limit runs past the calendar is refused here.
        var next = CaseState.Apply(CaseFile.None, opened);
        return new CaseDecision<CaseOpened>(opened, next, ClockRules.Read(next, start, facts.Day, facts.Calendar, facts.Law));
    }

    private static Outcome<CaseDecision<ActTaken>> Do(CaseFile file, ActOnCase command, CaseFacts facts)
    {
        if (!file.IsOpen)
        {
            return CaseRefusals.Ended(file, facts.Procedure);
        }

        if (!facts.Procedure.Steps.TryGetValue(file.Step, out var step))
        {
            return CaseRefusals.StepUnknown(file);
        }

        if (Find(file, step, command, facts).IsRefused(out var refusal, out var act))
        {
            return refusal;
        }

        var fields = FieldRules.Normal(facts.Procedure, command.Fields);
        var check = new ActCheck(file, step, act, command.Stamp, fields, facts);
        refusal =
            (file.Frozen && !IsAnywhere(facts.Procedure, act) ? CaseRefusals.Frozen(file) : null)
            ?? ActorRules.Check(check)
            ?? FieldRules.Check(facts.Procedure, facts.Plan, fields, act.Needs, act.Takes)
            ?? (act.Decides ? PowerAtDecision(check) : null)
            ?? act.Asks.Ask(check);
        return refusal is null ? Taken(check) : refusal;
    }

    /// <summary>What the case does when its power changes: nothing, stand still, go on, or the act of handing back (A4).</summary>
    public static PowerFollowed? Follow(CaseFile file, FollowPower command, CaseFacts facts)
    {
        var returns = command.Change == PowerChange.Grant && file.Frozen;
        var freezes = Leaves(file, command, facts) && facts.Item?.InFlight == InFlightRule.Freeze && !file.Frozen;
        if (!file.IsOpen || (!freezes && !returns))
        {
            return null;
        }

        var step = facts.Procedure.Steps.GetValueOrDefault(file.Step);
        var stopped = file.FrozenClock ? file.Clock.StoppedOn : null;
        var followed = new PowerFollowed(
            command.Change,
            command.From,
            freezes,
            command.At,
            facts.Day,
            ClockRules.Stopped(stopped, facts.Day, file.Clock.Promised.Unit, facts.Calendar),
            ClockRules.Stopped(stopped, facts.Day, file.Clock.Statutory.Unit, facts.Calendar),
            step?.Limit?.On(facts.Law.On(file.StepOn)) is { Days: > 0 } limit
                ? ClockRules.Stopped(file.FrozenOn, facts.Day, limit.Unit, facts.Calendar)
                : 0,
            file.Colour
        );
        var reading = ClockRules.Look(CaseState.Apply(file, followed), step, facts.Day, facts.Calendar, facts.Law);
        return returns && reading.Colour < file.Colour ? followed with { Colour = reading.Colour } : followed;
    }

    /// <summary>A due day that has moved with other seeds: what it was, what it is, and which days between the step's begin and the later
    /// of both made it so.</summary>
    /// <param name="at">When it is recorded.</param>
    public static DueDayMoved FollowDueDay(CaseFile file, FollowDueDay command, DateTimeOffset at, CaseFacts facts)
    {
        var reading = ClockRules.Look(file, facts.Procedure.Steps.GetValueOrDefault(file.Step), facts.Day, facts.Calendar, facts.Law);
        var from = file.Clock.IsRunning && file.Clock.StartedOn < file.StepOn ? file.Clock.StartedOn.Value : file.StepOn;
        var until = reading.Due > command.Due || command.Due is null ? reading.Due : command.Due;
        return new(
            command.Because,
            command.Due,
            reading.Due,
            [.. command.Moved.Where(m => m.Day > from && (until is null || m.Day <= until)).Take(MostDaysTold)],
            reading.Colour < file.Colour ? reading.Colour : file.Colour,
            at
        );
    }

    private const int MostDaysTold = 10;

    /// <summary>Whether the case must now be handed back: its power is recalled or suspended, and its item says so.</summary>
    public static bool MustHandBack(CaseFile file, FollowPower command, CaseFacts facts) =>
        Leaves(file, command, facts) && facts.Item?.InFlight == InFlightRule.HandBack && facts.Procedure.Anywhere.ContainsKey(HandBack);

    // What the town decided while it held the power, it also carries out: a granted permit is still handed out.
    private static bool Leaves(CaseFile file, FollowPower command, CaseFacts facts) =>
        file is { IsOpen: true, Decided: false }
        && facts.Procedure.Route == "town"
        && command.Change is (PowerChange.Recall or PowerChange.Suspend);

    private static Outcome<ActRule> Find(CaseFile file, StepRule step, ActOnCase command, CaseFacts facts)
    {
        var procedure = facts.Procedure;
        if (step.Acts.TryGetValue(command.Act, out var act) || procedure.Anywhere.TryGetValue(command.Act, out act))
        {
            foreach (var (field, values) in act.When)
            {
                if (!values.Contains(new ActCheck(file, step, act, command.Stamp, command.Fields, facts).Value(field) ?? ""))
                {
                    return CaseRefusals.ActNotHere(file, act, step, ActsOfPeople(step, procedure).Where(a => a != act));
                }
            }

            return act;
        }

        foreach (var other in procedure.Steps.Values)
        {
            if (other.Acts.TryGetValue(command.Act, out var elsewhere))
            {
                return CaseRefusals.ActNotHere(file, elsewhere, step, ActsOfPeople(step, procedure));
            }
        }

        return CaseRefusals.ActUnknown(command.Act, procedure);
    }

    private static IEnumerable<ActRule> ActsOfPeople(StepRule step, Procedure procedure) =>
        step.Acts.Values.Concat(procedure.Anywhere.Values).Where(act => !ActorRules.IsOfSystem(act));

    // The county can recall a power while a case is open. The law looks at the day of decision,
    // so a power recalled this morning cannot be used this afternoon, unless its item says: finish.
    private static Refusal? PowerAtDecision(in ActCheck check)
    {
        var facts = check.Facts;
        return
            facts.Procedure.Route != "town"
            || facts.Item is not { } item
            || facts.Holding is not { } holding
            || Powers.PowerRules.MayDecide(item, holding.Standing)
            ? null
            : Powers.PowerRules.InForce(holding, item, facts.Day);
    }

    private static CaseDecision<ActTaken> Taken(in ActCheck check)
    {
        var (file, act, facts) = (check.File, check.Act!, check.Facts);
        var procedure = facts.Procedure;
        var ended = procedure.Ends.TryGetValue(act.To, out var end);
        var next = ended ? null : procedure.Steps[act.To];
        var stopped = act.Clock == ClockAct.Run ? file.Clock.StoppedOn : null;
        var owner = act.Owner is { } moves ? facts.People[moves] : null;
        var (workplace, person) = next is null ? default : next.At.Find(check, owner ?? facts.Owner);
        var taken = new ActTaken(
            Act: act.Code,
            From: file.Step,
            To: act.To,
            By: facts.With is { } with ? [check.Stamp.Actor.Id, with.Id] : [check.Stamp.Actor.Id],
            Workplace: workplace,
            Officers: person is null ? [] : [person],
            Clock: act.Clock,
            ExtendedDays: act.Extends?.On(facts.Law.On(facts.Day)).Days ?? 0,
            Visit: act.Visit,
            Disposition: ended ? end!.Disposition : Disposition.Open,
            Granted: ended && end!.Granted,
            Colour: ClockColour.Green,
            At: check.Stamp.At,
            Day: facts.Day,
            StoppedDays: ClockRules.Stopped(stopped, facts.Day, file.Clock.Promised.Unit, facts.Calendar),
            StatutoryStoppedDays: ClockRules.Stopped(stopped, facts.Day, file.Clock.Statutory.Unit, facts.Calendar),
            Fields: check.Given
        )
        {
            Decides = act.Decides,
            Statutory = StatutoryAtStart(file, act, facts),
            Law = act.Decides && procedure.Law is { } statute ? facts.Law.On(facts.Day).Text(statute) : null,
            Late = check.Stamp.Late is not null,
            Owner = owner?.Id,
        };

        // A worse colour is told when it is recorded as one (B5), so an act may lower the colour and never raise it.
        var after = CaseState.Apply(file, taken);
        var reading = ClockRules.Count(after, next, facts.Day, facts.Calendar, facts.Law);
        var colour = reading.Colour < file.Colour ? reading.Colour : file.Colour;
        colour = act.Warns && colour < ClockColour.Amber ? ClockColour.Amber : colour;
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

    private static bool IsAnywhere(Procedure procedure, ActRule act) => procedure.Anywhere.ContainsKey(act.Code);

    private static TimeLimit PromisedLimit(CaseFacts facts)
    {
        var promised = facts.Holding?.PromisedLimit;
        return promised is not null && TimeLimit.TryParse(promised, out var limit)
            ? limit
            : facts.Item?.Promised ?? facts.Procedure.Promise?.On(facts.Law.On(facts.Day)) ?? default;
    }
}
