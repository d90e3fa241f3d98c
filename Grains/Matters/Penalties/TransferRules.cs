using System.Collections.Immutable;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>A case beyond the town's power goes to the county with its file and can come back (C6); a crime goes to the police
/// (移送司法).</summary>
[Clause("C6")]
public static class TransferRules
{
    /// <summary>It goes to a department above the town, never to one of the town's own organs.</summary>
    /// <param name="transferTo">Field <c>transfer-to</c>: the department.</param>
    public static Refusal? Office([FieldTypes(FieldType.Body)] string transferTo, TownPlan plan) =>
        plan.CountyDepartments.Any(d => d.Code == transferTo)
            ? null
            : CaseRefusals.No(
                RefusalCode.TransferNotAbove,
                "C6",
                $"超出镇级权限的案件只能移送上级部门，{transferTo} 是本镇机构（transfer-to）。",
                $"What is beyond the town's power goes to a department above it; {transferTo} is the town's own (transfer-to).",
                new Fact("to", transferTo)
            );

    /// <summary>What a department has sent back goes to it again only with facts found since.</summary>
    /// <param name="newFacts">Field <c>new-facts</c>: what was found since.</param>
    public static Refusal? Again(
        [FieldTypes(FieldType.Body)] string transferTo,
        string? newFacts,
        ImmutableArray<Field> given,
        CaseFile file
    ) =>
        file.Value("sent-back-reason") is not { } reason
        || file.Value("transfer-to") != transferTo
        || (newFacts is not null && given.Any(f => f.Name == "new-facts"))
            ? null
            : CaseRefusals.No(
                RefusalCode.TransferredBefore,
                "C6",
                $"案件已由 {transferTo} 退回（{reason}）；没有新事实（new-facts）不得再次移送同一部门。",
                $"{transferTo} has sent this case back ({reason}); without new facts (new-facts) it isn't transferred there again.",
                new Fact("to", transferTo),
                new Fact("reason", reason)
            );

    /// <summary>A crime goes to the police, whichever department carries that duty.</summary>
    public static Refusal? PoliceOffice([FieldTypes(FieldType.Body)] string transferTo, TownPlan plan)
    {
        var police = plan.CountyDepartments.First(d => d.Duties.Contains(DutyCodes.Police));
        return transferTo == police.Code
            ? null
            : CaseRefusals.No(
                RefusalCode.TransferNotToPolice,
                "C6",
                $"涉嫌犯罪的案件移送公安机关（{police.Name.Zh}，{police.Code}），不得移送 {transferTo}。",
                $"A suspected crime goes to the police ({police.Name.En}, {police.Code}), not to {transferTo}.",
                new Fact("to", transferTo),
                new Fact("police", police.Code)
            );
    }

    /// <summary>Within so many hours of the decision the police have the case, the last second included; later only with the reason on
    /// record.</summary>
    /// <param name="lateReason">Field <c>late-reason</c>.</param>
    public static Refusal? HandedOverInTime(string? lateReason, CaseFile file, Stamp stamp, CaseLaw law)
    {
        var time = law.Figure(LawNames.PenaltyCrimeHandover)!;
        var (last, hours) = (file.StepSince.AddSeconds(time.Days), time.Days / 3600);
        return stamp.At <= last || lateReason is not null
            ? null
            : CaseRefusals.No(
                RefusalCode.HandedOverLate,
                "C6",
                $"决定移送后 {hours} 小时内（{time.Article}）移送公安机关，最迟 {last:O}，现为 {stamp.At:O}；须写明逾期原因（late-reason）。",
                $"The police have it within {hours} hours of the decision ({time.Article}), by {last:O}; it is {stamp.At:O}. State why in "
                    + "field 'late-reason'.",
                CaseRefusals.Article(time),
                new Fact("last", $"{last:O}"),
                new Fact("at", $"{stamp.At:O}")
            );
    }
}
