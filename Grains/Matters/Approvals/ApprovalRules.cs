using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Approvals;

/// <summary>Approval and service: one-time notice, extension, seal, agents (B1, B4–B6).</summary>
[Clause("B1", "B5", "B6")]
public static class ApprovalRules
{
    /// <summary>B6: all that is missing is told at once. A later notice may only repeat what was told; anything else was visible
    /// before.</summary>
    /// <param name="missing">Field <c>missing</c>: the papers that are missing.</param>
    public static Refusal? OneTimeNotice(string[] missing, CaseFile file, StepRule? step, CaseLaw law)
    {
        if (file.NotifiedMissingPapers is not { } told)
        {
            return null;
        }

        var before = FieldRules.Entries(told);
        var late = missing.Except(before).ToArray();
        return late.Length == 0
            ? null
            : CaseRefusals.No(
                RefusalCode.PapersAlreadyTold,
                "B6",
                $"补正材料应一次告知；首次告知（“{told}”）时已能看出还缺“{string.Join("、", late)}”，不得再次要求补正。",
                $"Missing papers are told once; '{string.Join(", ", late)}' could be seen at the first notice ('{told}').",
                new Fact("told", told),
                new Fact("late", string.Join(';', late)),
                CaseRefusals.Article(step?.Limit?.FigureOn(law.On(file.StepOn)))
            );
    }

    /// <summary>行政许可法 §42: lengthened as often as the law says (once), before the limit has passed.</summary>
    public static Refusal? ExtensionOnce(CaseFile file, StepRule? step, DateOnly day, WorkCalendar calendar, CaseLaw law)
    {
        var clock = file.Clock;
        var most = law.Figure(LawNames.LicensingExtendTimes)!;
        if (clock.Lengthened >= most.Days)
        {
            return CaseRefusals.No(
                RefusalCode.ExtensionUsed,
                "B5",
                $"办理期限最多延长 {most.Said.Zh}（{most.Article}）。",
                $"The limit can be extended {most.Said.En} at most ({most.Article}).",
                new Fact("extended", clock.ExtendedDays.ToString(CultureInfo.InvariantCulture)),
                CaseRefusals.Article(most)
            );
        }

        var reading = ClockRules.Read(file, step, day, calendar, law.Book);
        return clock.IsRunning && day <= calendar.LastDayOf(clock.Statutory, clock.StartedOn!.Value, clock.StatutoryStoppedDays)
            ? null
            : CaseRefusals.No(
                RefusalCode.ClockTooLate,
                "B5",
                "期限未开始、已停止或已届满，不能延长。",
                "The limit isn't running or has passed; it can't be extended.",
                new Fact("due", $"{reading.Due:O}")
            );
    }

    /// <summary>B1: what is handed out carries the seal and a number.</summary>
    public static Refusal? CertificateSet(CaseFile file) =>
        file.Certificate is not null
            ? null
            : CaseRefusals.No(
                RefusalCode.SealNotSet,
                "B1",
                $"案件 {file.Number} 的证书尚未用印编号，不能送达；请稍候再试。",
                $"The certificate of case {file.Number} is not sealed and numbered yet; try again shortly.",
                new Fact("case", file.Number)
            );

    /// <summary>B1: what is decided and sealed has its number and is handed out; an applicant withdraws before.</summary>
    public static Refusal? Undecided(CaseFile file) =>
        !file.Decided
            ? null
            : CaseRefusals.No(
                RefusalCode.CaseDecided,
                "B1",
                $"案件 {file.Number} 已作出决定并用印，不能撤回；只能送达。",
                $"Case {file.Number} is decided and sealed; it can be handed out but no longer withdrawn.",
                new Fact("case", file.Number),
                new Fact("step", file.Step)
            );

    /// <summary>B4: an agent, named in a field or by acting for another, acts with a kept authorisation.</summary>
    public static Refusal? Authorised(Stamp stamp, CaseFile file, string? agent, string? authorisation)
    {
        var named = AgentRules.Named(stamp.Actor, agent);
        return AgentRules.Opening(stamp.Actor, file) is { } stranger ? stranger
            : named is null || authorisation is not null ? null
            : CaseRefusals.No(
                RefusalCode.AuthorisationMissing,
                "B4",
                "代办须提交申请人的授权材料（authorisation）。",
                "An agent needs the applicant's authorisation in field 'authorisation'.",
                new Fact("agent", named)
            );
    }
}
