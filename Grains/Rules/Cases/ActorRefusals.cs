using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Why somebody may not do an act.</summary>
public static class ActorRefusals
{
    /// <summary>Who acts as the public is neither the party nor acts for the party: says so, instead of only whose role it is.</summary>
    public static Refusal NotTheParty(Actor actor, CaseFile file, string wanted) =>
        CaseRefusals.No(
            RefusalCode.ActorWrongRole,
            "A3",
            $"{actor.Id} 不是案件 {file.Number} 的当事人，也未表明代当事人办理；请核对当事人编号，代办的请写明代何人办理。",
            $"{actor.Id} is not the party of case {file.Number} and doesn't act for the party; check the party's id, or say on "
                + "whose behalf.",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("case", file.Number),
            new Fact("wanted", wanted)
        );

    public static Refusal WrongActor(Actor actor, StepRule step, string wanted) =>
        CaseRefusals.No(
            RefusalCode.ActorWrongRole,
            "A3",
            $"{actor.Id}（{actor.Office}）无权在“{step.Name.Zh}”环节办理；应由：{RoleWords.Of(wanted).Zh}。",
            $"{actor.Id} ({actor.Office}) may not act at '{step.Code}' ({step.Name.En}); wanted: {RoleWords.Of(wanted).En}.",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("step", step.Code),
            new Fact("wanted", wanted)
        );

    /// <summary>Who acts together is of the office that does the step (C2).</summary>
    /// <param name="workplace">The office that does it.</param>
    public static Refusal Elsewhere(StaffFacts second, StepRule step, string workplace) =>
        CaseRefusals.No(
            RefusalCode.SecondOfficerElsewhere,
            "C2",
            $"{second.Id}（{second.Organ}）不属于办理“{step.Name.Zh}”环节的机构（{workplace}），不能作为共同执法人员。",
            $"{second.Id} ({second.Organ}) isn't of the office that does '{step.Code}' ({step.Name.En}), {workplace}; name somebody of it.",
            new Fact("staff", second.Id),
            new Fact("office", second.Organ),
            new Fact("wanted", workplace)
        );

    /// <summary>The step is one person's, and somebody else would do it.</summary>
    public static Refusal NotAssigned(Actor actor, StepRule step, ImmutableArray<string> officers) =>
        CaseRefusals.No(
            RefusalCode.ActorWrongRole,
            "B3",
            $"“{step.Name.Zh}”环节由 {string.Join('、', officers)} 承办，{actor.Id}（{actor.Office}）不能办理。",
            $"'{step.Code}' ({step.Name.En}) is {string.Join(", ", officers)}'s to do, not {actor.Id}'s ({actor.Office}).",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("step", step.Code),
            new Fact("wanted", string.Join(", ", officers))
        );

    /// <summary>Separate hands: who decided doesn't collect or pay out (C5), who investigated doesn't review or decide (C3), who reviewed
    /// doesn't seal (B1).</summary>
    public static Refusal SamePerson(string officer, string step, StepRule now, Procedure procedure)
    {
        var (code, clause) =
            now.Role == ActorRules.Collector
                ? (RefusalCode.CollectorSameAsDecider, "C5")
                : (RefusalCode.ReviewerHandledCase, procedure.Kinds.Contains(ItemKinds.Penalty) ? "C3" : "B1");
        return CaseRefusals.No(
            code,
            clause,
            $"{officer} 已办理“{procedure.Steps[step].Name.Zh}”环节，“{now.Name.Zh}”须由他人办理。",
            $"{officer} did '{step}' of this case; '{now.Code}' must be done by another person.",
            new Fact("officer", officer),
            new Fact("step", step)
        );
    }

    public static Refusal NotCertified(StaffFacts person, string certificate, DateOnly day) =>
        CaseRefusals.No(
            RefusalCode.OfficerNotCertified,
            "C2",
            $"{person.Id} 于 {day:O} 没有有效的“{TermWords.Certificate(certificate).Zh}”资格证（{certificate}），不能办理。",
            $"{person.Id} holds no '{certificate}' certificate valid on {day:O}.",
            new Fact("staff", person.Id),
            new Fact("certificate", certificate),
            new Fact("day", $"{day:O}")
        );
}
