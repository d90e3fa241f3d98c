using System.Globalization;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Approval and service: one-time notice, extension, seal, agents, green channel (B1, B4–B6, B9).</summary>
public static class ApprovalRules
{
    /// <summary>Field that names missing papers.</summary>
    public const string Missing = "missing";

    /// <summary>B6: all that is missing is told at once. A later notice may only repeat what was told; anything else was visible before.</summary>
    public static Refusal? OneTimeNotice(in ActCheck check)
    {
        if (check.File.Told is not { } told)
        {
            return null;
        }

        var before = FieldRules.Entries(told);
        var late = FieldRules.Entries(check.Value(Missing) ?? "").Except(before).ToArray();
        return late.Length == 0 ? null : CaseRefusals.No(RefusalCode.PapersAlreadyTold, "B6",
            $"补正材料应一次告知；首次告知（“{told}”）时已能看出还缺“{string.Join("、", late)}”，不得再次要求补正。",
            $"Missing papers are told once; '{string.Join(", ", late)}' could be seen at the first notice ('{told}').",
            new Fact("told", told), new Fact("late", string.Join(';', late)), CaseRefusals.Article(check.Step?.Limit?.FigureOn(check.Facts.Law.On(check.File.StepOn))));
    }

    /// <summary>行政许可法 §42: lengthened as often as the law says (once), before the limit has passed.</summary>
    public static Refusal? ExtensionOnce(in ActCheck check)
    {
        var clock = check.File.Clock;
        var most = check.Figure(LawNames.LicensingExtendTimes)!;
        if (clock.Lengthened >= most.Days)
        {
            return CaseRefusals.No(RefusalCode.ExtensionUsed, "B5",
                $"办理期限最多延长 {most.Said.Zh}（{most.Article}）。", $"The limit can be extended {most.Said.En} at most ({most.Article}).",
                new Fact("extended", clock.ExtendedDays.ToString(CultureInfo.InvariantCulture)), CaseRefusals.Article(most));
        }

        var reading = ClockRules.Read(check.File, check.Step, check.Facts.Day, check.Facts.Calendar, check.Facts.Law);
        return clock.IsRunning && check.Facts.Day <= check.Facts.Calendar.LastDayOf(clock.Statutory, clock.StartedOn!.Value, clock.StatutoryStoppedDays)
            ? null
            : CaseRefusals.No(RefusalCode.ClockTooLate, "B5", "期限未开始、已停止或已届满，不能延长。", "The limit isn't running or has passed; it can't be extended.", new Fact("due", $"{reading.Due:O}"));
    }

    /// <summary>B1: what is handed out carries the seal and a number.</summary>
    public static Refusal? CertificateSet(in ActCheck check) => check.File.Certificate is not null ? null : CaseRefusals.No(RefusalCode.SealNotSet, "B1",
        $"案件 {check.File.Number} 的证书尚未用印编号，不能送达；请稍候再试。", $"The certificate of case {check.File.Number} is not sealed and numbered yet; try again shortly.", new Fact("case", check.File.Number));

    /// <summary>B1: what is decided and sealed has its number and is handed out; an applicant withdraws before.</summary>
    public static Refusal? Undecided(in ActCheck check) => !check.File.Decided ? null : CaseRefusals.No(RefusalCode.CaseDecided, "B1",
        $"案件 {check.File.Number} 已作出决定并用印，不能撤回；只能送达。", $"Case {check.File.Number} is decided and sealed; it can be handed out but no longer withdrawn.", new Fact("case", check.File.Number), new Fact("step", check.File.Step));

    /// <summary>B4: an agent, named in a field or by acting for another, acts with a kept authorisation.</summary>
    public static Refusal? Authorised(in ActCheck check)
    {
        var agent = AgentRules.Named(check);
        return AgentRules.Opening(check) is { } stranger ? stranger : agent is null || !string.IsNullOrWhiteSpace(check.Value("authorisation")) ? null : CaseRefusals.No(RefusalCode.AuthorisationMissing, "B4",
            "代办须提交申请人的授权材料（authorisation）。", "An agent needs the applicant's authorisation in field 'authorisation'.", new Fact("agent", agent));
    }

    /// <summary>B6 counts the party's own visits to the hall. Who is found on patrol, represented by an agent or served at a village point came to no hall (B4).</summary>
    public static bool CameToTheHall(in ActCheck check) =>
        check.Stamp.Actor is { Office: Actor.Public, For: null } && check.Value("agent") is null && check.Value("point") is null;

    /// <summary>B9: a green-channel case has its own limit: the town's fraction of the promised one, rounded up to whole days, at least one.</summary>
    public static TimeLimit GreenLimit(TimeLimit promised, TownPolicy policy) =>
        promised.Days == 0 ? promised : promised with { Days = Math.Max(1, (int)decimal.Ceiling(promised.Days * policy.GreenLimitFraction)) };

    /// <summary>B9: only where the plan knows a green channel.</summary>
    public static Refusal? GreenChannel(OpenCase command, TownPlan plan) => !command.Green || plan.Policy.GreenChannel ? null : CaseRefusals.No(RefusalCode.GreenChannelUnknown, "B9",
        $"{plan.Name.Zh}的方案没有项目绿色通道。", $"The plan of {plan.Name.En} has no green channel for projects.", new Fact("town", plan.Code));
}
