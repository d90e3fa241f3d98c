using System.Globalization;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Discretion, limitation, summary procedure, and the two separate lines for income and spending (C3–C5, 行政处罚法).</summary>
public static class PenaltyRules
{
    /// <summary>§36: two years from the offence, five where life, health or financial safety was harmed; the last day passes.</summary>
    public static Refusal? Limitation(in ActCheck check)
    {
        if (check.Date("offence-date") is not { } offence)
        {
            return null;
        }

        var figure = check.Value("harm") == "true" ? LawNames.PenaltyLimitationGrave : LawNames.PenaltyLimitation;
        var last = offence.AddYears(check.Facts.Law.Days(figure));
        return check.Facts.Day <= last ? null : CaseRefusals.No(RefusalCode.LimitationPassed, "C3",
            $"违法行为发生于 {offence:O},追责时效已于 {last:O} 届满。", $"The offence of {offence:O} could be pursued until {last:O}.",
            Article(check, figure), new Fact("offence", $"{offence:O}"), new Fact("last", $"{last:O}"));
    }

    /// <summary>C4: the fine lies in the item's band for the found circumstances, both ends included; outside it only with reasons from a group discussion (§57).</summary>
    public static Refusal? WithinBand(in ActCheck check)
    {
        var fine = check.Money("fine") ?? 0m;
        var circumstance = check.Value("circumstance") ?? "";
        var band = check.Facts.Item?.Bands.FirstOrDefault(b => b.Circumstance == circumstance);
        return band is not null && fine >= band.From && fine <= band.To || !string.IsNullOrWhiteSpace(check.Value("group-discussion"))
            ? null
            : CaseRefusals.No(RefusalCode.FineOutsideBand, "C4",
                $"罚款 {fine:F2} 元超出“{circumstance}”情节的裁量幅度({Band(band)});须经集体讨论并写明理由(group-discussion)。",
                $"A fine of {fine:F2} yuan is outside the band for '{circumstance}' ({Band(band)}); it needs a group discussion with reasons in field 'group-discussion'.",
                new Fact("fine", fine.ToString("F2", CultureInfo.InvariantCulture)), new Fact("circumstance", circumstance), new Fact("band", Band(band)));
    }

    /// <summary>§51: on the spot only a warning, or a fine up to the limit for a person or an organisation, the limit included.</summary>
    public static Refusal? SummaryLimit(in ActCheck check)
    {
        var figure = check.File.Party.Organisation ? LawNames.PenaltySummaryOrganisation : LawNames.PenaltySummaryPerson;
        var (fine, most) = (check.Money("fine") ?? 0m, check.Facts.Law[figure]);
        return fine <= most ? null : CaseRefusals.No(RefusalCode.SummaryLimitExceeded, "C3",
            $"当场处罚的罚款最多 {most:F2} 元(现为 {fine:F2} 元);请转普通程序。", $"On the spot a fine is {most:F2} yuan at most (here {fine:F2}); use the general procedure.",
            Article(check, figure), new Fact("fine", fine.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>§68: collected on the spot only up to the limit, the limit included.</summary>
    public static Refusal? OnTheSpot(in ActCheck check)
    {
        var (paid, most) = (check.Money("paid") ?? 0m, check.Facts.Law[LawNames.PenaltyCollectOnSpot]);
        return paid <= most ? null : CaseRefusals.No(RefusalCode.OnTheSpotTooMuch, "C5",
            $"当场收缴罚款不得超过 {most:F2} 元(现为 {paid:F2} 元);请当事人到指定银行缴纳。", $"At most {most:F2} yuan may be collected on the spot (here {paid:F2}); the party pays at the bank.",
            Article(check, LawNames.PenaltyCollectOnSpot), new Fact("paid", paid.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>C5: money goes to the treasury account, never to the bureau's.</summary>
    public static Refusal? TreasuryAccount(in ActCheck check)
    {
        var (account, treasury) = (check.Value("account") ?? "", check.Facts.Plan.Policy.TreasuryAccount);
        return account == treasury ? null : CaseRefusals.No(RefusalCode.AccountNotTreasury, "C5",
            $"罚没收入和收费须缴入国库账户 {treasury},不得缴入 {account}(收支两条线)。", $"Fines and fees go to the treasury account {treasury}, not to '{account}' (two separate lines).",
            new Fact("account", account), new Fact("treasury", treasury));
    }

    /// <summary>What is owed is paid: the fine and, after the last day, 3 % of it for each day, never more than the fine (§72).</summary>
    public static Refusal? AmountPaid(in ActCheck check)
    {
        var owed = Owed(check);
        var paid = check.Money("paid") ?? 0m;
        return paid == owed ? null : CaseRefusals.No(RefusalCode.AmountNotPaid, "C5",
            $"应缴 {owed:F2} 元,实缴 {paid:F2} 元。", $"{owed:F2} yuan are owed, {paid:F2} were paid.",
            new Fact("owed", owed.ToString("F2", CultureInfo.InvariantCulture)), new Fact("paid", paid.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>§71: takings are handed in within two working days, the second included; later only with the reason on the record.</summary>
    public static Refusal? HandInOnTime(in ActCheck check)
    {
        var days = check.Facts.Calendar.WorkingDaysBetween(check.File.StepOn, check.Facts.Day);
        var most = check.Facts.Law.Days(LawNames.PenaltyHandIn);
        return days <= most || !string.IsNullOrWhiteSpace(check.Value("late-reason")) ? null : CaseRefusals.No(RefusalCode.TakingsHandedInLate, "C5",
            $"当场收缴的罚款应在 {most} 个工作日内上缴,已过 {days} 日;须写明逾期原因(late-reason)。", $"Takings are handed in within {most} working days; {days} have passed. State why in field 'late-reason'.",
            Article(check, LawNames.PenaltyHandIn), new Fact("days", days.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>§63–64: a hearing is asked for within five working days of the notice, the fifth included.</summary>
    public static Refusal? HearingInTime(in ActCheck check)
    {
        var days = check.Facts.Calendar.WorkingDaysBetween(check.File.StepOn, check.Facts.Day) - check.File.StepStoppedDays;
        var most = check.Facts.Law.Days(LawNames.PenaltyHearingRequest);
        return days <= most ? null : CaseRefusals.No(RefusalCode.HearingNotDue, "C3",
            $"听证应在告知后 {most} 个工作日内提出,已过 {days} 日。", $"A hearing is asked for within {most} working days of the notice; {days} have passed.",
            Article(check, LawNames.PenaltyHearingRequest), new Fact("days", days.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The extra for paying late, in yuan, rounded to the fen (half up): rate × fine × days, never more than the fine.</summary>
    public static decimal LateFee(decimal fine, DateOnly lastDay, DateOnly paidOn, decimal rate, decimal cap) =>
        paidOn <= lastDay ? 0m : Math.Min(fine * cap, decimal.Round(fine * rate * (paidOn.DayNumber - lastDay.DayNumber), 2, MidpointRounding.AwayFromZero));

    /// <summary>The fine with what lateness adds on the day of payment; <c>served-on</c> is the day of delivery.</summary>
    public static decimal Owed(in ActCheck check) => OwedOn(check.Money("fine") ?? 0m, check.Date("served-on"), check.Date("paid-on") ?? check.Facts.Day, check.Facts.Law);

    public static decimal OwedOn(decimal fine, DateOnly? servedOn, DateOnly paidOn, LawBook law) =>
        fine + (servedOn is { } served ? LateFee(fine, served.AddDays(law.Days(LawNames.PenaltyPay)), paidOn, law[LawNames.PenaltyLate], law[LawNames.PenaltyLateCap]) : 0m);

    private static Fact Article(in ActCheck check, string figure) => new("article", check.Facts.Law.Figure(figure).Article);

    private static string Band(FineBand? band) => band is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{band.From:F2}–{band.To:F2}");
}
