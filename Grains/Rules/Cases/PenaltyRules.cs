using System.Globalization;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What may be punished, when, how heavily and by which procedure (C3, C4, 行政处罚法), each by the law of the day that counts for it.</summary>
public static class PenaltyRules
{
    /// <summary>Whether a town may hold powers to punish at all is for the law of the act's day to say (§16, since 2021 §24).</summary>
    public static Refusal? TownPower(in ActCheck check) =>
        check.Facts.Item is not { Kind: ItemKinds.Penalty, Retained: false } item || check.Figure(LawNames.PenaltyTownPower) is not null ? null
            : CaseRefusals.No(RefusalCode.NoPowerToPunish, "A3",
                $"{check.Facts.Day:O} 的法律未允许乡镇行使“{item.Name.Zh}”的处罚权。", $"By the law of {check.Facts.Day:O} no town has the power for \"{item.Name.En}\".",
                new Fact("item", item.Code), new Fact("day", $"{check.Facts.Day:O}"), CaseRefusals.Article(check.Facts.Law.On(check.Facts.Day).Stated(LawNames.PenaltyTownPower)));

    /// <summary>
    /// §29, since 2021 §36: two years from the offence to its finding; five where life, health or financial safety was harmed, once the law of the offence's day says so.
    /// The last day passes. Found is what was taken in: a report or an inspection, on the day on which the case was opened.
    /// </summary>
    public static Refusal? Limitation(in ActCheck check)
    {
        if (check.Date("offence-date") is not { } offence)
        {
            return null;
        }

        var (book, found, harm) = (check.Facts.Law, check.File.IsOpened ? check.File.OpenedOn : check.Facts.Day, check.Value("harm") == "true");
        var years = MilderLaw.Of(LimitationOn(book.On(offence), harm), LimitationOn(book.On(check.Facts.Day), harm), static (a, b) => a.Value.CompareTo(b.Value));
        var last = offence.AddYears(years.Days);
        return found <= last ? null : CaseRefusals.No(RefusalCode.LimitationPassed, "C3",
            $"违法行为发生于 {offence:O}，追责时效 {years.Said.Zh}（{years.Article}）已于 {last:O} 届满，{found:O} 才发现。",
            $"The offence of {offence:O} could be pursued for {years.Said.En} ({years.Article}), until {last:O}; it was found on {found:O}.",
            CaseRefusals.Article(years), new Fact("offence", $"{offence:O}"), new Fact("last", $"{last:O}"), new Fact("found", $"{found:O}"));
    }

    /// <summary>The fine is for what was an offence on its day and still is one on the day of decision: a law that no longer punishes it is the milder one (§37 of the 2021 text).</summary>
    public static Refusal? Punishable(in ActCheck check)
    {
        if (check.Facts.Item is not { Kind: ItemKinds.Penalty } item)
        {
            return null;
        }

        var (offence, day) = (check.Date("offence-date") ?? check.Facts.Day, check.Facts.Day);
        var unpunished = item.On(offence).Bands.IsEmpty ? offence : item.On(day).Bands.IsEmpty ? day : (DateOnly?)null;
        return unpunished is not { } since ? null : CaseRefusals.No(RefusalCode.NotAnOffence, "C4",
            $"按 {since:O} 的规定（{item.On(since).LegalBasis}），“{item.Name.Zh}”的行为不受处罚。", $"By the law of {since:O} ({item.On(since).LegalBasis}) what \"{item.Name.En}\" is about isn't punished.",
            new Fact("item", item.Code), new Fact("offence", $"{offence:O}"), new Fact("day", $"{since:O}"), new Fact("basis", item.On(since).LegalBasis));
    }

    /// <summary>
    /// C4: the fine lies in the item's band for the found circumstances, both ends included; outside it only with reasons from a group discussion (§57).
    /// The band is that of the day of the offence, unless that of the day of decision is milder.
    /// </summary>
    public static Refusal? WithinBand(in ActCheck check)
    {
        var fine = check.Money("fine") ?? 0m;
        var circumstance = check.Value("circumstance") ?? "";
        var (band, basis) = BandOn(check.Facts.Item, check.Date("offence-date") ?? check.Facts.Day, check.Facts.Day, circumstance);
        return band is not null && fine >= band.From && fine <= band.To || !string.IsNullOrWhiteSpace(check.Value("group-discussion"))
            ? null
            : CaseRefusals.No(RefusalCode.FineOutsideBand, "C4",
                $"罚款 {fine:F2} 元超出“{TermWords.Choice("circumstance", circumstance).Zh}”情节的裁量幅度（{Shown(band)}，{basis}）；须经集体讨论并写明理由（group-discussion）。",
                $"A fine of {fine:F2} yuan is outside the band for '{circumstance}' ({Shown(band)}, {basis}); it needs a group discussion with reasons in field 'group-discussion'.",
                new Fact("fine", Yuan(fine)), new Fact("circumstance", circumstance), new Fact("band", Shown(band)), new Fact("basis", basis));
    }

    /// <summary>The band that counts for an offence decided on a day, and the basis that it stands on: the milder by its upper end, then by its lower.</summary>
    public static (FineBand? Band, string Basis) BandOn(PowerItem? item, DateOnly offence, DateOnly decision, string circumstance)
    {
        if (item is null)
        {
            return (null, "");
        }

        return MilderLaw.Of(BandOf(item.On(offence), circumstance), BandOf(item.On(decision), circumstance), static (a, b) =>
            a.Band is null || b.Band is null ? (a.Band is null).CompareTo(b.Band is null)
            : a.Band.To != b.Band.To ? a.Band.To.CompareTo(b.Band.To) : a.Band.From.CompareTo(b.Band.From));
    }

    /// <summary>§33, since 2021 §51: on the spot only a warning, or a fine up to the limit for a person or an organisation, the limit included.</summary>
    public static Refusal? SummaryLimit(in ActCheck check)
    {
        var most = check.Figure(check.File.Party.Organisation ? LawNames.PenaltySummaryOrganisation : LawNames.PenaltySummaryPerson)!;
        var fine = check.Money("fine") ?? 0m;
        return fine <= most.Value ? null : CaseRefusals.No(RefusalCode.SummaryLimitExceeded, "C3",
            $"当场处罚的罚款最多 {most.Said.Zh}（{most.Article}；现为 {fine:F2} 元）；请转普通程序。", $"On the spot a fine is {most.Said.En} at most ({most.Article}; here {fine:F2}); use the general procedure.",
            CaseRefusals.Article(most), new Fact("fine", Yuan(fine)), new Fact("most", Yuan(most.Value)));
    }

    /// <summary>§42, since 2021 §64: a hearing is asked for within the time from the notice, its last day included, by the version that the notice told.</summary>
    public static Refusal? HearingInTime(in ActCheck check)
    {
        var (step, file, facts) = (check.Step!, check.File, check.Facts);
        if (ClockRules.LastDay(file, step, facts.Calendar, facts.Law) is not { } last || facts.Day <= last)
        {
            return null;
        }

        var most = step.Limit!.FigureOn(facts.Law.On(file.StepOn))!;
        return CaseRefusals.No(RefusalCode.HearingNotDue, "C3",
            $"听证应在告知后 {most.Said.Zh} 内提出（{most.Article}），最后一日为 {last:O}，现为 {facts.Day:O}。", $"A hearing is asked for within {most.Said.En} of the notice ({most.Article}), by {last:O}; it is {facts.Day:O}.",
            CaseRefusals.Article(most), new Fact("last", $"{last:O}"), new Fact("day", $"{facts.Day:O}"));
    }

    /// <summary>§42, since 2021 §64: time and place of a hearing are told so long before it; neither the day of the notice nor a shorter time counts.</summary>
    public static Refusal? HearingNotice(in ActCheck check)
    {
        if (check.Date("hearing-on") is not { } hearing)
        {
            return null;
        }

        var (told, least) = (check.Facts.Day, check.Figure(LawNames.PenaltyHearingNotice, check.Facts.Day)!);
        var days = check.Facts.Calendar.DaysBetween(least.Limit.Unit, told, hearing);
        return days >= least.Days ? null : CaseRefusals.No(RefusalCode.HearingNoticeTooShort, "C3",
            $"听证的时间、地点应提前 {least.Said.Zh} 通知（{least.Article}）；{told:O} 至 {hearing:O} 只有 {days} 日，最早为 {check.Facts.Calendar.LastDayOf(least.Limit, told):O}。",
            $"A hearing is told {least.Said.En} before ({least.Article}); from {told:O} to {hearing:O} are {days}. The earliest day is {check.Facts.Calendar.LastDayOf(least.Limit, told):O}.",
            CaseRefusals.Article(least), new Fact("told", $"{told:O}"), new Fact("hearing", $"{hearing:O}"), new Fact("days", days.ToString(CultureInfo.InvariantCulture)));
    }

    private static LawFigure LimitationOn(LawDay law, bool harm) => (harm ? law.Find(LawNames.PenaltyLimitationGrave) : null) ?? law.Figure(LawNames.PenaltyLimitation);

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

    private static string Shown(FineBand? band) => band is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{band.From:F2}–{band.To:F2}");

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
