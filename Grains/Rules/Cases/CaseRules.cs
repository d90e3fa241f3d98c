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
        return refusal is null ? ActOutcome.Of(check) : refusal;
    }

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

    private static bool IsAnywhere(Procedure procedure, ActRule act) => procedure.Anywhere.ContainsKey(act.Code);
}
