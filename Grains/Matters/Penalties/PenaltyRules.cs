using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>What may be done by the summary procedure, and what a decision may be after its notice (C3, 行政处罚法).</summary>
[Clause("C3")]
public static class PenaltyRules
{
    /// <summary>§33, since 2021 §51: on the spot only a warning, or a fine up to the limit for a person or an organisation, the limit
    /// included.</summary>
    public static Refusal? SummaryLimit(decimal fine, CaseFile file, CaseLaw law)
    {
        var most = law.Figure(file.Party.Organisation ? LawNames.PenaltySummaryOrganisation : LawNames.PenaltySummaryPerson)!;
        return fine <= most.Value
            ? null
            : CaseRefusals.No(
                RefusalCode.SummaryLimitExceeded,
                "C3",
                $"当场处罚的罚款最多 {most.Said.Zh}（{most.Article}；现为 {fine:F2} 元）；请转普通程序。",
                $"On the spot a fine is {most.Said.En} at most ({most.Article}; here {fine:F2}); use the general procedure.",
                CaseRefusals.Article(most),
                new Fact("fine", Yuan(fine)),
                new Fact("most", Yuan(most.Value))
            );
    }

    /// <summary>§45: whoever speaks is not punished the harder for it. A later notice is heavier only with facts found since.
    /// Where nobody has spoken it may be set right either way.</summary>
    /// <param name="intendedMeasure">Field <c>intended-measure</c>: what is intended besides the fine.</param>
    /// <param name="newFacts">Field <c>new-facts</c>: what was found since the notice before.</param>
    public static Refusal? NoticeNotHeavier(
        decimal intended,
        [FieldTypes(FieldType.Choice)] string? intendedMeasure,
        string? newFacts,
        CaseFile file
    )
    {
        if (
            newFacts is not null
            || !FieldRules.TryMoney(file.Value("intended"), out var before)
            || (file.Value("statement") ?? file.Value("hearing-report")) is null
            || (intended <= before && (!IsMeasure(intendedMeasure) || file.Value("intended-measure") == intendedMeasure))
        )
        {
            return null;
        }

        return CaseRefusals.No(
            RefusalCode.HeavierForSpeaking,
            "C3",
            $"不得因当事人陈述、申辩或者听证而加重处罚（§45）：原告知罚款 {before:F2} 元，现为 {intended:F2} 元；"
                + "确有告知后新查明的事实的，写入 new-facts。",
            $"No penalty gets heavier because the party spoke (§45): {before:F2} yuan were noticed, now {intended:F2}. Facts "
                + "found since the notice go into field 'new-facts'.",
            new Fact("noticed", Yuan(before)),
            new Fact("intended", Yuan(intended))
        );
    }

    /// <summary>§44, §45: what was noticed is the ceiling of the decision; above it, or with another measure, notice is anew.</summary>
    /// <param name="measure">Field <c>measure</c>: what is imposed besides the fine; absent or <c>none</c>: nothing.</param>
    public static Refusal? NotAboveNotice(
        decimal fine,
        decimal intended,
        [FieldTypes(FieldType.Choice)] string? measure,
        [FieldTypes(FieldType.Choice)] string? intendedMeasure
    )
    {
        if (fine <= intended && (!IsMeasure(measure) || measure == intendedMeasure))
        {
            return null;
        }

        var (said, told) = (Named(measure), Named(intendedMeasure));
        return CaseRefusals.No(
            RefusalCode.FineAboveNotice,
            "C3",
            $"处罚决定不得重于告知内容（§44、§45）：告知罚款 {intended:F2} 元、其他处罚“{told.Zh}”，"
                + $"现为 {fine:F2} 元、“{said.Zh}”；须重新告知（notify-anew）。",
            $"A decision is no heavier than its notice (§44, §45): {intended:F2} yuan and \"{told.En}\" were noticed, here {fine:F2} and "
                + $"\"{said.En}\"; give notice anew (notify-anew).",
            new Fact("noticed", Yuan(intended)),
            new Fact("fine", Yuan(fine)),
            new Fact("noticedMeasure", intendedMeasure ?? NoMeasure),
            new Fact("measure", measure ?? NoMeasure)
        );
    }

    /// <summary>What is imposed besides a fine: none.</summary>
    internal const string NoMeasure = "none";

    /// <summary>Whether anything is imposed besides the fine.</summary>
    internal static bool IsMeasure(string? measure) => measure is not null and not NoMeasure;

    private static Words Named(string? measure) => TermWords.Choice("measure", measure ?? NoMeasure);

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
