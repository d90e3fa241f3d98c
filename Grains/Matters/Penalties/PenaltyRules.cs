using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>What may be punished, when, how heavily and by which procedure (C3, C4, 行政处罚法), each by the law of the day that counts for
/// it.</summary>
public static class PenaltyRules
{
    /// <summary>
    /// §29, since 2021 §36: two years from the offence to its finding; five where life, health or financial safety was harmed, once the law
    /// of the offence's day says so.
    /// The last day passes. Found is what was taken in: a report or an inspection, on the day on which the case was opened.
    /// </summary>
    /// <param name="harm">Field <c>harm</c>: life, health or financial safety was harmed.</param>
    public static Refusal? Limitation(DateOnly offenceDate, [IfKnown] bool harm, CaseFile file, DateOnly day, CaseLaw law)
    {
        var found = file.IsOpened ? file.OpenedOn : day;
        var years = MilderLaw.Of(
            LimitationOn(law.On(offenceDate), harm),
            LimitationOn(law.On(day), harm),
            static (a, b) => a.Value.CompareTo(b.Value)
        );
        var last = offenceDate.AddYears(years.Days);
        return found <= last
            ? null
            : CaseRefusals.No(
                RefusalCode.LimitationPassed,
                "C3",
                $"违法行为发生于 {offenceDate:O}，追责时效 {years.Said.Zh}（{years.Article}）已于 {last:O} 届满，{found:O} 才发现。",
                $"The offence of {offenceDate:O} could be pursued for {years.Said.En} ({years.Article}), until {last:O}; it was "
                    + $"found on {found:O}.",
                CaseRefusals.Article(years),
                new Fact("offence", $"{offenceDate:O}"),
                new Fact("last", $"{last:O}"),
                new Fact("found", $"{found:O}")
            );
    }

    /// <summary>The fine is for what was an offence on its day and still is one on the day of decision: a law that no longer punishes it is
    /// the milder one (§37 of the 2021 text).</summary>
    public static Refusal? Punishable(PowerItem item, DateOnly offenceDate, DateOnly day)
    {
        if (item.Kind != ItemKinds.Penalty)
        {
            return null;
        }

        var unpunished =
            item.On(offenceDate).Bands.IsEmpty ? offenceDate
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
                new Fact("offence", $"{offenceDate:O}"),
                new Fact("day", $"{since:O}"),
                new Fact("basis", item.On(since).LegalBasis)
            );
    }

    /// <summary>
    /// C4: the fine lies in the item's band for the found circumstances, both ends included; outside it only with reasons from a group
    /// discussion (§57).
    /// The band is that of the day of the offence, unless that of the day of decision is milder.
    /// </summary>
    /// <param name="groupDiscussion">Field <c>group-discussion</c>: the reasons for a fine outside the band.</param>
    public static Refusal? WithinBand(
        PowerItem item,
        DateOnly offenceDate,
        decimal fine,
        [FieldTypes(FieldType.Choice)] string circumstance,
        string? groupDiscussion,
        DateOnly day
    )
    {
        var (band, basis) = BandOn(item, offenceDate, day, circumstance);
        return band is not null && fine >= band.From && fine <= band.To || groupDiscussion is not null
            ? null
            : CaseRefusals.No(
                RefusalCode.FineOutsideBand,
                "C4",
                $"罚款 {fine:F2} 元超出“{TermWords.Choice("circumstance", circumstance).Zh}”情节的裁量幅度（{Shown(band)}，{basis}）；"
                    + "须经集体讨论并写明理由（group-discussion）。",
                $"A fine of {fine:F2} yuan is outside the band for '{circumstance}' ({Shown(band)}, {basis}); it needs a group "
                    + "discussion with reasons in field 'group-discussion'.",
                new Fact("fine", Yuan(fine)),
                new Fact("circumstance", circumstance),
                new Fact("band", Shown(band)),
                new Fact("basis", basis)
            );
    }

    /// <summary>The band that counts for an offence decided on a day, and the basis that it stands on: the milder by its upper end, then by
    /// its lower.</summary>
    public static (FineBand? Band, string Basis) BandOn(PowerItem item, DateOnly offence, DateOnly decision, string circumstance) =>
        MilderLaw.Of(
            BandOf(item.On(offence), circumstance),
            BandOf(item.On(decision), circumstance),
            static (a, b) =>
                a.Band is null || b.Band is null ? (a.Band is null).CompareTo(b.Band is null)
                : a.Band.To != b.Band.To ? a.Band.To.CompareTo(b.Band.To)
                : a.Band.From.CompareTo(b.Band.From)
        );

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

    /// <summary>§42, since 2021 §64: a hearing is asked for within the time from the notice, its last day included, by the version that the
    /// notice told.</summary>
    public static Refusal? HearingInTime(
        CaseFile file,
        StepRule step,
        LimitRule stepLimit,
        WorkCalendar calendar,
        CaseLaw law,
        DateOnly day
    )
    {
        if (ClockRules.LastDay(file, step, calendar, law.Book) is not { } last || day <= last)
        {
            return null;
        }

        var most = stepLimit.FigureOn(law.On(file.StepOn))!;
        return CaseRefusals.No(
            RefusalCode.HearingNotDue,
            "C3",
            $"听证应在告知后 {most.Said.Zh} 内提出（{most.Article}），最后一日为 {last:O}，现为 {day:O}。",
            $"A hearing is asked for within {most.Said.En} of the notice ({most.Article}), by {last:O}; it is {day:O}.",
            CaseRefusals.Article(most),
            new Fact("last", $"{last:O}"),
            new Fact("day", $"{day:O}")
        );
    }

    /// <summary>§42, since 2021 §64: time and place of a hearing are told so long before it; neither the day of the notice nor a shorter
    /// time counts.</summary>
    /// <param name="hearingOn">Field <c>hearing-on</c>: the day of the hearing.</param>
    /// <param name="day">The day on which it is told.</param>
    public static Refusal? HearingNotice(DateOnly hearingOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var least = law.Figure(LawNames.PenaltyHearingNotice, day)!;
        var days = calendar.DaysBetween(least.Limit.Unit, day, hearingOn);
        return days >= least.Days
            ? null
            : CaseRefusals.No(
                RefusalCode.HearingNoticeTooShort,
                "C3",
                $"听证的时间、地点应提前 {least.Said.Zh} 通知（{least.Article}）；{day:O} 至 {hearingOn:O} 只有 {days} 日，最早为 "
                    + $"{calendar.LastDayOf(least.Limit, day):O}。",
                $"A hearing is told {least.Said.En} before ({least.Article}); from {day:O} to {hearingOn:O} are {days}. The "
                    + $"earliest day is {calendar.LastDayOf(least.Limit, day):O}.",
                CaseRefusals.Article(least),
                new Fact("told", $"{day:O}"),
                new Fact("hearing", $"{hearingOn:O}"),
                new Fact("days", days.ToString(CultureInfo.InvariantCulture))
            );
    }

    private static LawFigure LimitationOn(LawDay law, bool harm) =>
        (harm ? law.Find(LawNames.PenaltyLimitationGrave) : null) ?? law.Figure(LawNames.PenaltyLimitation);

    private static (FineBand? Band, string Basis) BandOf(ItemVersion item, string circumstance)
    {
        foreach (var band in item.Bands)
        {
            if (band.Circumstance == circumstance)
            {
                return (band, item.LegalBasis);
            }
        }

        return (null, item.LegalBasis);
    }

    private static string Shown(FineBand? band) =>
        band is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{band.From:F2}–{band.To:F2}");

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
