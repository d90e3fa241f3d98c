using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The secondment rules (E1–E4) as a case asks them: when it is requested, when it is approved, and when it is to be lengthened.</summary>
public static class SecondmentChecks
{
    /// <summary>E1: it has days, in order, and clashes with no other absence.</summary>
    public static Refusal? Dates(in ActCheck check) =>
        Request(check) is { } request
            ? SecondmentRules.Dates(check.Facts.Person!, request) ?? SecondmentRules.Overlap(check.Facts.Person!, request)
            : null;

    /// <summary>E2: the term counts from the first day, also when lengthened; an approved extension is the one that was asked for.</summary>
    public static Refusal? Term(in ActCheck check)
    {
        var request = Request(check)!;
        return check.Date("until") is { } until && check.File.Value("extended-until") is { } asked && Given(check, "until") && asked != $"{until:O}"
            ? CaseRefusals.No(RefusalCode.SecondmentDatesWrong, "E2",
                $"批准的结束日 {until:O} 与申请延长的 {asked} 不一致。", $"The approved last day {until:O} is not the one that was asked for, {asked}.",
                new Fact("until", $"{until:O}"), new Fact("asked", asked))
            : SecondmentRules.Term(check.Facts.Person!, request, check.Facts.Plan.Policy);
    }

    /// <summary>E3.</summary>
    public static Refusal? ServiceYears(in ActCheck check) =>
        SecondmentRules.ServiceYears(check.Facts.Person!, Request(check)!, check.Facts.Plan.Policy);

    /// <summary>E4.</summary>
    public static Refusal? Agreement(in ActCheck check) => SecondmentRules.Agreement(check.Facts.Person!, Request(check)!);

    private static SecondmentRequest? Request(in ActCheck check)
    {
        var to = check.Value("to") ?? "";
        var until = Given(check, "extended-until") || (check.Act is not null && !Given(check, "until") && check.File.Value("extended-until") is not null)
            ? check.Date("extended-until")
            : check.Date("until");
        return check.Date("from") is { } from && until is { } last
            ? new SecondmentRequest(
                check.File.IsOpened ? check.File.Number : null, to, LevelOf(check.Facts.Plan, to), from, last,
                check.File.Done.Any(d => d.Step == "committee"), check.Step?.Role == ActorRules.ByCounty, check.Value("exception"))
            : null;
    }

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

    private static bool Given(in ActCheck check, string field)
    {
        foreach (var given in check.Given)
        {
            if (given.Name == field)
            {
                return true;
            }
        }

        return false;
    }
}
