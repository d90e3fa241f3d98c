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
                ? OpeningRules.Receive(number, command, facts)
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

    /// <summary>Why an act of the present step can't be done, before anything is filled in for it: in the order of <see cref="Act"/>, save
    /// what depends on fields of the act. Null where only those can still be refused.</summary>
    public static Refusal? Ask(CaseFile file, ActRule act, Stamp stamp, CaseFacts facts) => Ask(file, act, stamp, [], facts);

    /// <inheritdoc cref="Ask(CaseFile, ActRule, Stamp, CaseFacts)"/>
    /// <param name="given">Fields that are known already: what depends on them alone is asked too.</param>
    internal static Refusal? Ask(CaseFile file, ActRule act, Stamp stamp, ImmutableArray<Field> given, CaseFacts facts)
    {
        try
        {
            if (!facts.Calendar.Covers(facts.Day))
            {
                return CaseRefusals.OutsideCalendar(new OutsideCalendarException(facts.Calendar, facts.Day, 0));
            }

            var step = facts.Procedure.Steps[file.Step];
            var check = new ActCheck(file, step, act, stamp, given, facts, isQuestion: true);
            return NotHere(check) ?? Hindrance(check) ?? (act.Decides ? PowerAtDecision(check) : null) ?? act.Asks.Ask(check);
        }
        catch (OutsideCalendarException e)
        {
            return CaseRefusals.OutsideCalendar(e);
        }
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
            Hindrance(check)
            ?? FieldRules.Check(facts.Procedure, facts.Plan, fields, act.Needs, act.Takes)
            ?? PaperRules.Check(file, fields)
            ?? (act.Decides ? PowerAtDecision(check) : null)
            ?? act.Asks.Ask(check);
        return refusal is null ? ActOutcome.Of(check) : refusal;
    }

    private static Refusal? Hindrance(in ActCheck check) =>
        (check.File.Frozen && !IsAnywhere(check.Facts.Procedure, check.Act!) ? CaseRefusals.Frozen(check.File) : null)
        ?? ActorRules.Check(check);

    private static Outcome<ActRule> Find(CaseFile file, StepRule step, ActOnCase command, CaseFacts facts)
    {
        var procedure = facts.Procedure;
        if (step.Acts.TryGetValue(command.Act, out var act) || procedure.Anywhere.TryGetValue(command.Act, out act))
        {
            return NotHere(new ActCheck(file, step, act, command.Stamp, command.Fields, facts)) is { } refusal ? refusal : act;
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

    // Some acts are there only for some values of a field.
    private static Refusal? NotHere(in ActCheck check)
    {
        var (step, act) = (check.Step!, check.Act!);
        foreach (var (field, values) in act.When)
        {
            if (!check.IsOpen(field) && !values.Contains(check.Value(field) ?? ""))
            {
                return CaseRefusals.ActNotHere(check.File, act, step, ActsOfPeople(step, check.Facts.Procedure).Where(a => a != act));
            }
        }

        return null;
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

    private static bool IsAnywhere(Procedure procedure, ActRule act) => procedure.Anywhere.ContainsKey(act.Code);
}
