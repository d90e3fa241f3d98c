using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using static TownReform.Grains.Matters.Penalties.DiscretionRules;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>What is said when a penalty is too heavy, too light, or has no ground (C4).</summary>
internal static class PenaltyRefusals
{
    public static Refusal OutsideBand(decimal fine, string circumstance, FineBand? band, string basis) =>
        CaseRefusals.No(
            RefusalCode.FineOutsideBand,
            "C4",
            $"罚款 {fine:F2} 元超出“{TermWords.Choice("circumstance", circumstance).Zh}”情节的裁量幅度（{Shown(band)}，{basis}）；"
                + "普通程序中须经集体讨论，由镇负责人决定（discuss）。",
            $"A fine of {fine:F2} yuan is outside the band for '{circumstance}' ({Shown(band)}, {basis}); in the general procedure a group "
                + "discusses it and the town's head decides (discuss).",
            new Fact("fine", Yuan(fine)),
            new Fact("circumstance", circumstance),
            new Fact("band", Shown(band)),
            new Fact("basis", basis)
        );

    public static Refusal AboveLaw(decimal fine, decimal most, string basis) =>
        CaseRefusals.No(
            RefusalCode.FineAboveLaw,
            "C4",
            $"罚款 {fine:F2} 元超过法定上限 {most:F2} 元（{basis}）；集体讨论也不能突破。",
            $"A fine of {fine:F2} yuan is above the statute's own limit of {most:F2} ({basis}); no discussion goes beyond it.",
            new Fact("fine", Yuan(fine)),
            new Fact("most", Yuan(most)),
            new Fact("basis", basis)
        );

    public static Refusal BelowLaw(decimal fine, decimal least, string basis) =>
        CaseRefusals.No(
            RefusalCode.FineBelowLaw,
            "C4",
            $"罚款 {fine:F2} 元低于法定下限 {least:F2} 元（{basis}）；须写明减轻处罚的法定情形（mitigation）。",
            $"A fine of {fine:F2} yuan is below the statute's least of {least:F2} ({basis}); name the ground of mitigation (mitigation).",
            new Fact("fine", Yuan(fine)),
            new Fact("least", Yuan(least)),
            new Fact("basis", basis)
        );

    public static Refusal GroupTooSmall(LawFigure least, int members, int named) =>
        CaseRefusals.No(
            RefusalCode.GroupTooSmall,
            "C4",
            $"集体讨论成员不得少于 {least.Said.Zh}（{least.Article}），每人只写一次；所写 {named} 个姓名中为 {members} 人（discussion-members）。",
            $"A group discussion has at least {least.Said.En} ({least.Article}), each named once; {named} names are {members} people "
                + "(discussion-members).",
            CaseRefusals.Article(least),
            new Fact("members", $"{members}")
        );

    public static Refusal GroupNotAgreed(int votesFor, int votesAgainst, int members) =>
        CaseRefusals.No(
            RefusalCode.GroupNotAgreed,
            "C4",
            $"集体讨论 {members} 人，同意 {votesFor} 票、反对 {votesAgainst} 票；须半数以上（超过 {members / 2} 票）同意，票数合计不超过人数。",
            $"Of {members} members {votesFor} voted for and {votesAgainst} against; more than half of them (more than {members / 2}) must "
                + "agree, and there are no more votes than members.",
            new Fact("for", votesFor.ToString(CultureInfo.InvariantCulture)),
            new Fact("against", votesAgainst.ToString(CultureInfo.InvariantCulture)),
            new Fact("members", $"{members}")
        );

    /// <param name="stated">The figure as the law of that day has it: none.</param>
    public static Refusal NoSuchGround(string ground, LawFigure stated, DateOnly day) =>
        CaseRefusals.No(
            RefusalCode.NoPenaltyGroundMissing,
            "C4",
            $"{day:O} 施行的法律（{stated.Article}）没有“{TermWords.Choice("ground", ground).Zh}”不予处罚的规定。",
            $"The law in force on {day:O} ({stated.Article}) doesn't spare \"{TermWords.Choice("ground", ground).En}\".",
            new Fact("ground", ground),
            new Fact("day", $"{day:O}"),
            CaseRefusals.Article(stated)
        );

    public static Refusal NotSlight(string ground, string? circumstance)
    {
        var found = circumstance is null ? new Words("未写明", "not stated") : TermWords.Choice("circumstance", circumstance);
        return CaseRefusals.No(
            RefusalCode.NoPenaltyGroundMissing,
            "C4",
            $"“{TermWords.Choice("ground", ground).Zh}”限于较轻情节（circumstance: minor），现为{found.Zh}。",
            $"\"{TermWords.Choice("ground", ground).En}\" is for minor circumstances (circumstance: minor); here: {found.En}.",
            new Fact("ground", ground),
            new Fact("circumstance", circumstance ?? "")
        );
    }

    public static Refusal NotPutRight(string ground) =>
        CaseRefusals.No(
            RefusalCode.NoPenaltyGroundMissing,
            "C4",
            $"“{TermWords.Choice("ground", ground).Zh}”须写明改正日（put-right-on）。",
            $"\"{TermWords.Choice("ground", ground).En}\" names the day on which it was put right (put-right-on).",
            new Fact("ground", ground)
        );

    private static string Shown(FineBand? band) => band is null ? "–" : $"{Yuan(band.From)}–{Yuan(band.To)}";
}
