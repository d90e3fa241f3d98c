using System.Collections.Immutable;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>The secondment rules (E1–E4) as a case asks them: when it is requested, when it is approved, and when it is to be
/// lengthened.</summary>
[Clause("E1", "E2", "E3", "E4")]
public static class SecondmentCaseRules
{
    /// <summary>What is asked for: the days of the request, or those of its extension.</summary>
    /// <param name="to">Field <c>to</c>: code of the department that asks.</param>
    /// <param name="given">The act's own fields.</param>
    public static SecondmentRequest Request(
        [FieldTypes(FieldType.Text, FieldType.Staff)] string to,
        DateOnly from,
        DateOnly until,
        DateOnly? extendedUntil,
        string? exception,
        ImmutableArray<Field> given,
        CaseFile file,
        StepRule? step,
        ActRule? act,
        TownPlan plan
    )
    {
        var extends =
            Holds(given, "extended-until") || (act is not null && !Holds(given, "until") && file.Value("extended-until") is not null);
        return new SecondmentRequest(
            Case: file.IsOpened ? file.Number : null,
            To: to,
            Level: LevelOf(plan, to),
            From: from,
            Until: (extends ? extendedUntil : null) ?? until,
            TownAgreed: file.Done.Any(d => d.Step == "committee"),
            OrganisationApproved: step?.Role == ActorRules.ByCounty,
            ExceptionReason: exception
        );
    }

    /// <summary>E1: it has days, in order, and clashes with no other absence.</summary>
    public static Refusal? Dates(StaffFacts person, SecondmentRequest request) =>
        SecondmentRules.Dates(person, request) ?? SecondmentRules.Overlap(person, request);

    /// <summary>E2: the term counts from the first day, also when lengthened; an approved extension is the one that was asked
    /// for.</summary>
    public static Refusal? Term(
        StaffFacts person,
        SecondmentRequest request,
        DateOnly until,
        ImmutableArray<Field> given,
        CaseFile file,
        TownPlan plan
    ) =>
        file.Value("extended-until") is { } asked && Holds(given, "until") && asked != $"{until:O}"
            ? CaseRefusals.No(
                RefusalCode.SecondmentDatesWrong,
                "E2",
                $"批准的结束日 {until:O} 与申请延长的 {asked} 不一致。",
                $"The approved last day {until:O} is not the one that was asked for, {asked}.",
                new Fact("until", $"{until:O}"),
                new Fact("asked", asked)
            )
            : SecondmentRules.Term(person, request, plan.Policy);

    /// <summary>E3.</summary>
    public static Refusal? ServiceYears(StaffFacts person, SecondmentRequest request, TownPlan plan) =>
        SecondmentRules.ServiceYears(person, request, plan.Policy);

    /// <summary>E4.</summary>
    public static Refusal? Agreement(StaffFacts person, SecondmentRequest request) => SecondmentRules.Agreement(person, request);

    /// <summary>Level of a department that asks for somebody (E3).</summary>
    public static GovernmentLevel LevelOf(TownPlan plan, string department)
    {
        foreach (var known in plan.CountyDepartments)
        {
            if (known.Code == department)
            {
                return known.Level;
            }
        }

        // An office that the plan doesn't list is above the county: neighbours and lower levels don't second.
        return GovernmentLevel.City;
    }

    private static bool Holds(ImmutableArray<Field> given, string field)
    {
        foreach (var one in given)
        {
            if (one.Name == field)
            {
                return true;
            }
        }

        return false;
    }
}
