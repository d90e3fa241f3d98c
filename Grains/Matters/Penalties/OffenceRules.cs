using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>Which offence may still be pursued, and from which day it counts (C3, 行政处罚法).</summary>
[Clause("C3", "C4")]
public static class OffenceRules
{
    private static readonly Words Began = new("违法行为发生日", "day of the offence");
    private static readonly Words Ended = new("违法行为终了日", "last day of the offence");
    private static readonly Words Found = new("发现日", "day of finding");

    /// <summary>
    /// An offence begins, ends and is found in that order, and none of it lies ahead. Found earlier than it is written down needs the
    /// number of the report or inspection record: the finding keeps the limitation.
    /// </summary>
    /// <param name="foundOn">Field <c>found-on</c>; absent: the day on which the case is opened.</param>
    /// <param name="foundRecord">Field <c>found-record</c>: number of the report taken in, or of the inspection record.</param>
    public static Refusal? Days(OffenceDays offence, [IfKnown] DateOnly? foundOn, [IfKnown] string? foundRecord, DateOnly day)
    {
        var found = foundOn ?? day;
        return StatedDays.Outside("C3", "offence-date", Began, offence.Began, DateOnly.MinValue, day)
            ?? StatedDays.Outside("C3", "found-on", Found, found, offence.Began, day)
            ?? StatedDays.Outside("C3", "offence-until", Ended, offence.Ended, offence.Began, day)
            ?? (
                found < day && foundRecord is null
                    ? CaseRefusals.No(
                        RefusalCode.FindingNotRecorded,
                        "C3",
                        $"发现日 {found:O} 早于登记日 {day:O}，须写明举报登记或者检查记录的编号（found-record）。",
                        $"It was found on {found:O}, before it is opened on {day:O}: name the report or inspection record (found-record).",
                        new Fact("found", $"{found:O}"),
                        new Fact("day", $"{day:O}")
                    )
                    : null
            );
    }

    /// <summary>
    /// §29, since 2021 §36: two years from the offence, from its end where it was continuing, to its finding; five where life, health or
    /// financial safety was harmed, once the law of the offence's day says so. The last day passes. Found is what was taken in, a report or
    /// an inspection: filing may follow later.
    /// </summary>
    /// <param name="harm">Field <c>harm</c>: life, health or financial safety was harmed.</param>
    /// <param name="foundOn">Field <c>found-on</c>; absent: the day on which the case was opened.</param>
    public static Refusal? Limitation(
        OffenceDays offence,
        [IfKnown] bool harm,
        [IfKnown] DateOnly? foundOn,
        CaseFile file,
        DateOnly day,
        CaseLaw law
    )
    {
        var found = foundOn ?? (file.IsOpened ? file.OpenedOn : day);
        var years = MilderLaw.Of(
            LimitationOn(law.On(offence.Ended), harm),
            LimitationOn(law.On(day), harm),
            static (a, b) => a.Value.CompareTo(b.Value)
        );
        var last = offence.Ended.AddYears(years.Days);
        return found <= last
            ? null
            : CaseRefusals.No(
                RefusalCode.LimitationPassed,
                "C3",
                $"违法行为发生（终了）于 {offence.Ended:O}，追责时效 {years.Said.Zh}（{years.Article}）已于 {last:O} 届满，{found:O} 才发现。",
                $"The offence of {offence.Ended:O} could be pursued for {years.Said.En} ({years.Article}), until {last:O}; it was "
                    + $"found on {found:O}.",
                CaseRefusals.Article(years),
                new Fact("offence", $"{offence.Ended:O}"),
                new Fact("last", $"{last:O}"),
                new Fact("found", $"{found:O}")
            );
    }

    /// <summary>The fine is for what was an offence on its day and still is one on the day of decision: a law that no longer punishes it is
    /// the milder one (§37 of the 2021 text).</summary>
    public static Refusal? Punishable(PowerItem item, OffenceDays offence, DateOnly day)
    {
        if (item.Kind != ItemKinds.Penalty)
        {
            return null;
        }

        var unpunished =
            item.On(offence.Ended).Bands.IsEmpty ? offence.Ended
            : item.On(day).Bands.IsEmpty ? day
            : (DateOnly?)null;
        return unpunished is not { } since
            ? null
            : CaseRefusals.No(
                RefusalCode.NotAnOffence,
                "C4",
                $"按 {since:O} 的规定（{item.On(since).LegalBasis}），“{item.Name.Zh}”的行为不受处罚。",
                $"By the law of {since:O} ({item.On(since).LegalBasis}) what \"{item.Name.En}\" is about isn't punished.",
                new Fact("item", item.Code),
                new Fact("offence", $"{offence.Ended:O}"),
                new Fact("day", $"{since:O}"),
                new Fact("basis", item.On(since).LegalBasis)
            );
    }

    private static LawFigure LimitationOn(LawDay law, bool harm) =>
        (harm ? law.Find(LawNames.PenaltyLimitationGrave) : null) ?? law.Figure(LawNames.PenaltyLimitation);
}
