using System.Collections.Immutable;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Matters.Powers;

/// <summary>May the town use a power, as a case asks it (A3, A5, A7, A8), and may the power itself be changed (A4).</summary>
[Clause("A3", "A4", "A5", "A7", "A8")]
public static class PowerCaseRules
{
    /// <summary>A3: nothing without authority; the item is in force for the town on that day.</summary>
    public static Refusal? InForce(PowerHolding holding, PowerItem item, CaseLaw law, DateOnly day) =>
        PowerRules.InForce(holding, item, day) ?? TownPower(item, law, day);

    /// <summary>A7: while an item is in force at the town, the county's route takes no new case for it.</summary>
    public static Refusal? RouteOpen(PowerHolding holding, PowerItem item, Procedure procedure, TownPlan plan, DateOnly day) =>
        PowerRules.RouteOpen(holding, item, procedure.Route, plan, day);

    /// <summary>A5: the bureau has the certified people and the equipment that the item needs.</summary>
    public static Refusal? Readiness(PowerItem item, TownPlan plan, ImmutableArray<StaffFacts> bureauPeople, DateOnly day) =>
        PowerRules.Readiness(item, plan.Organs.First(o => o.Code == item.Bureau), bureauPeople, day);

    /// <summary>A8: where the plan is bound by a provincial guidance catalogue, only what stands in it can be granted.</summary>
    public static Refusal? WithinGuidance(TownPlan plan, PowerItem item) => PowerRules.WithinGuidance(plan, item);

    /// <summary>Whether a town may hold powers to punish at all is for the law of the act's day to say (§16, since 2021 §24).</summary>
    private static Refusal? TownPower(PowerItem item, CaseLaw law, DateOnly day) =>
        item is not { Kind: ItemKinds.Penalty, Retained: false } || law.Figure(LawNames.PenaltyTownPower) is not null
            ? null
            : CaseRefusals.No(
                RefusalCode.NoPowerToPunish,
                "A3",
                $"{day:O} 的法律未允许乡镇行使“{item.Name.Zh}”的处罚权。",
                $"By the law of {day:O} no town has the power for \"{item.Name.En}\".",
                new Fact("item", item.Code),
                new Fact("day", $"{day:O}"),
                CaseRefusals.Article(law.Now.Stated(LawNames.PenaltyTownPower))
            );
}
