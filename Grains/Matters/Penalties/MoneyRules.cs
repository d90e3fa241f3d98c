using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>The two separate lines for income and spending: what is paid, collected and handed in (C5, 行政处罚法).</summary>
[Clause("C5")]
public static class MoneyRules
{
    /// <summary>§47, since 2021 §68: collected on the spot only up to the limit, the limit included, or where the decision names why it
    /// would be hard to collect later.</summary>
    /// <param name="hardToCollect">Field <c>hard-to-collect</c>: the officers' ground for collecting at once what would be hard to collect
    /// later.</param>
    public static Refusal? OnTheSpot(decimal paid, string? hardToCollect, CaseLaw law)
    {
        var most = law.Figure(LawNames.PenaltyCollectOnSpot)!;
        return paid <= most.Value || hardToCollect is not null
            ? null
            : CaseRefusals.No(
                RefusalCode.OnTheSpotTooMuch,
                "C5",
                $"当场收缴罚款不得超过 {most.Said.Zh}（{most.Article}；现为 {paid:F2} 元），除非处罚时写明事后难以执行的理由（hard-to-collect）；请当事人到指定银行缴纳。",
                $"At most {most.Said.En} may be collected on the spot ({most.Article}; here {paid:F2}), unless the fine named why "
                    + "it would be hard to collect later (hard-to-collect); the party pays at the bank.",
                CaseRefusals.Article(most),
                new Fact("paid", Yuan(paid)),
                new Fact("most", Yuan(most.Value))
            );
    }

    /// <summary>C5: money goes to the treasury account, never to the bureau's.</summary>
    public static Refusal? TreasuryAccount(string account, TownPlan plan)
    {
        var treasury = plan.Policy.TreasuryAccount;
        return account == treasury
            ? null
            : CaseRefusals.No(
                RefusalCode.AccountNotTreasury,
                "C5",
                $"罚没收入和收费须缴入国库账户 {treasury}，不得缴入 {account}（收支两条线）。",
                $"Fines and fees go to the treasury account {treasury}, not to '{account}' (two separate lines).",
                new Fact("account", account),
                new Fact("treasury", treasury)
            );
    }

    private static readonly Words PaidOnDay = new("缴款日", "day of payment");

    /// <summary>What was paid was paid between the delivery and today, both included.</summary>
    public static Refusal? PaidOn(DateOnly paidOn, DateOnly servedOn, DateOnly day) =>
        StatedDays.Outside("C5", "paid-on", PaidOnDay, paidOn, servedOn, day);

    /// <summary>What is owed is paid: the fine and, after the last day, what lateness adds (§51, since 2021 §72).</summary>
    /// <param name="servedOn">Field <c>served-on</c>: the day on which the decision was delivered; from it the time to pay runs.</param>
    /// <param name="payUntil">Field <c>pay-until</c>: the day until which the head has let it be paid later.</param>
    public static Refusal? AmountPaid(
        decimal fine,
        decimal paid,
        DateOnly paidOn,
        DateOnly servedOn,
        [IfKnown] DateOnly? payUntil,
        WorkCalendar calendar,
        CaseLaw law
    )
    {
        var owed = OwedOn(fine, servedOn, paidOn, payUntil, law.Book, calendar);
        return paid == owed
            ? null
            : CaseRefusals.No(
                RefusalCode.AmountNotPaid,
                "C5",
                $"应缴 {owed:F2} 元，实缴 {paid:F2} 元。",
                $"{owed:F2} yuan are owed, {paid:F2} were paid.",
                new Fact("owed", Yuan(owed)),
                new Fact("paid", Yuan(paid)),
                CaseRefusals.Article(law.Figure(LawNames.PenaltyLate, servedOn))
            );
    }

    /// <summary>§50, since 2021 §71: takings are handed in within the step's limit, its last day included; later only with the reason on
    /// the record.</summary>
    public static Refusal? HandInOnTime(
        CaseFile file,
        StepRule step,
        LimitRule stepLimit,
        string? lateReason,
        WorkCalendar calendar,
        CaseLaw law,
        DateOnly day
    )
    {
        if (ClockRules.LastDay(file, step, calendar, law.Book) is not { } last || day <= last || lateReason is not null)
        {
            return null;
        }

        var most = stepLimit.FigureOn(law.On(file.StepOn))!;
        return CaseRefusals.No(
            RefusalCode.TakingsHandedInLate,
            "C5",
            $"当场收缴的罚款应在 {most.Said.Zh} 内上缴（{most.Article}），最后一日为 {last:O}，现为 {day:O}；须写明逾期原因（late-reason）。",
            $"Takings are handed in within {most.Said.En} ({most.Article}), by {last:O}; it is {day:O}. State why in field 'late-reason'.",
            CaseRefusals.Article(most),
            new Fact("last", $"{last:O}"),
            new Fact("day", $"{day:O}")
        );
    }

    /// <summary>The extra for paying late, in yuan, rounded to the fen (half up): rate × fine × days, never more than the cap's share of
    /// the fine.</summary>
    public static decimal LateFee(decimal fine, DateOnly lastDay, DateOnly paidOn, decimal rate, decimal? cap)
    {
        if (paidOn <= lastDay)
        {
            return 0m;
        }

        var grown = decimal.Round(fine * rate * (paidOn.DayNumber - lastDay.DayNumber), 2, MidpointRounding.AwayFromZero);
        return cap is { } most ? Math.Min(decimal.Round(fine * most, 2, MidpointRounding.AwayFromZero), grown) : grown;
    }

    /// <summary>
    /// The fine with what lateness adds on the day of payment; the time to pay began with the service, so the law of that day holds for it,
    /// and it doesn't end on a day of
    /// rest (民法典 §203). What was never served doesn't grow.
    /// </summary>
    /// <param name="payUntil">The last day that the head has granted; null for none.</param>
    public static decimal OwedOn(decimal fine, DateOnly? servedOn, DateOnly paidOn, DateOnly? payUntil, LawBook book, WorkCalendar calendar)
    {
        if (servedOn is not { } served)
        {
            return fine;
        }

        var law = book.On(served);
        var last = calendar.LastWorkingDayOf(law.Figure(LawNames.PenaltyPay).Limit, served);
        return fine
            + LateFee(
                fine,
                payUntil > last ? payUntil.Value : last,
                paidOn,
                law[LawNames.PenaltyLate],
                law.Find(LawNames.PenaltyLateCap)?.Value
            );
    }

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
