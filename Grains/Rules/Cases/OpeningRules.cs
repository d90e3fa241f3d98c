namespace TownReform.Grains.Rules.Cases;

/// <summary>Whether a case is received, and how it begins.</summary>
internal static class OpeningRules
{
    /// <summary>Receives a case, or says why not.</summary>
    /// <param name="number">Number that the case will have.</param>
    /// <exception cref="OutsideCalendarException">The limit of the first step runs past the calendar.</exception>
    public static Outcome<CaseDecision<CaseOpened>> Receive(string number, OpenCase command, CaseFacts facts)
    {
        var (procedure, fields) = (facts.Procedure, FieldRules.Normal(facts.Procedure, command.Fields));
        var kind = procedure.Subject.KindOf(facts.Item);
        if (!procedure.Kinds.Contains(kind))
        {
            return CaseRefusals.NotForKind(procedure, command.Subject, kind);
        }

        if (CaseFee.Check(procedure, facts.Item, facts.Day) is { } differs)
        {
            return differs;
        }

        var check = new ActCheck(CaseFile.None with { Party = command.Party }, null, null, command.Stamp, fields, facts);
        if (
            (
                ActorRules.CheckOpening(check)
                ?? FieldRules.Check(procedure, facts.Plan, fields, procedure.OpenNeeds, procedure.OpenTakes)
                ?? PaperRules.Check(CaseFile.None, fields)
                ?? ServiceRules.GreenChannel(command, facts.Plan)
                ?? procedure.OpenAsks.Ask(check)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        return Received(number, command, kind, check);
    }

    private static CaseDecision<CaseOpened> Received(string number, OpenCase command, string kind, in ActCheck check)
    {
        var (procedure, stamp, facts) = (check.Facts.Procedure, check.Stamp, check.Facts);
        var start = procedure.Steps[procedure.Start];
        var owner = procedure.HasOwner ? facts.Actor : null;
        var (workplace, person) = start.At.Find(check, owner);
        var promised = PromisedLimit(facts);
        var opened = new CaseOpened(
            Number: number,
            Town: command.Town,
            Procedure: procedure.Code,
            ProcedureVersion: procedure.Version,
            ItemKind: kind,
            Subject: command.Subject,
            ItemVersion: facts.Holding?.Version ?? 0,
            Promised: command.Green ? ServiceRules.GreenLimit(promised, facts.Plan.Policy) : promised,
            Statutory: StatutoryLimit(facts) ?? promised,
            Party: command.Party,
            Green: command.Green,
            Step: start.Code,
            Workplace: workplace,
            Officers: person is null ? [] : [person],
            CommandId: stamp.CommandId,
            At: stamp.At,
            Day: facts.Day,
            Fields: CaseFee.Fill(procedure, facts.Item, facts.Day, check.Given)
        )
        {
            WithoutVisit = !ServiceRules.CameToTheHall(check),
            Agent = AgentRules.Named(stamp.Actor, check.Value(AgentRules.Agent)) ?? "",
            Late = stamp.Late is not null,
            Owner = owner?.Id,
            StartsClock = procedure.OpenStartsClock,
        };

        // A first step whose limit runs past the calendar is refused here.
        var next = CaseState.Apply(CaseFile.None, opened);
        return new CaseDecision<CaseOpened>(opened, next, ClockRules.Read(next, start, facts.Day, facts.Calendar, facts.Law));
    }

    private static TimeLimit? StatutoryLimit(CaseFacts facts) =>
        facts.Item?.On(facts.Day).Statutory.On(facts.Law.On(facts.Day)) is { Days: > 0 } limit ? limit : null;

    private static TimeLimit PromisedLimit(CaseFacts facts)
    {
        var promised = facts.Holding?.PromisedLimit;
        return promised is not null && TimeLimit.TryParse(promised, out var limit)
            ? limit
            : facts.Item?.Promised ?? facts.Procedure.Promise?.On(facts.Law.On(facts.Day)) ?? default;
    }
}
