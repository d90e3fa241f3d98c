using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What counts as service of a case whatever its matter: visits to the hall, missing papers, the green channel (B6, B9).</summary>
[Clause("B4", "B6", "B9")]
public static class ServiceRules
{
    /// <summary>Field that names missing papers.</summary>
    public const string Missing = "missing";

    /// <summary>B6 counts the party's own visits to the hall. Who is found on patrol, represented by an agent or served at a village point
    /// came to no hall (B4).</summary>
    public static bool CameToTheHall(in ActCheck check) =>
        check.Stamp.Actor is { Office: Actor.Public, For: null } && check.Value("agent") is null && check.Value("point") is null;

    /// <summary>B9: a green-channel case has its own limit: the town's fraction of the promised one, rounded up to whole days, at least
    /// one.</summary>
    public static TimeLimit GreenLimit(TimeLimit promised, TownPolicy policy) =>
        promised.Days == 0
            ? promised
            : promised with
            {
                Days = Math.Max(1, (int)decimal.Ceiling(promised.Days * policy.GreenLimitFraction)),
            };

    /// <summary>B9: only where the plan knows a green channel.</summary>
    public static Refusal? GreenChannel(OpenCase command, TownPlan plan) =>
        !command.Green || plan.Policy.GreenChannel
            ? null
            : CaseRefusals.No(
                RefusalCode.GreenChannelUnknown,
                "B9",
                $"{plan.Name.Zh}的方案没有项目绿色通道。",
                $"The plan of {plan.Name.En} has no green channel for projects.",
                new Fact("town", plan.Code)
            );
}
