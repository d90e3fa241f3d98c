using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>What follows when a fine isn't paid (C3): later payment by the head (行政处罚法 §66), the demand letter and the court
/// (行政强制法 §§53–54).</summary>
[Clause("C3")]
public static class CourtRules
{
    private static readonly Words Demanded = new("催告书送达日", "day of delivery of the demand letter");

    /// <summary>To pay later is asked for within the time to pay, its last day included.</summary>
    public static Refusal? DeferralInTime(DateOnly servedOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var (last, time) = LastToPay(servedOn, calendar, law.Book);
        return day <= last
            ? null
            : CaseRefusals.No(
                RefusalCode.DeferralTooLate,
                "C3",
                $"暂缓或者分期缴纳应在缴款期限内申请（{time.Said.Zh}，{time.Article}），最后一日为 {last:O}，现为 {day:O}。",
                $"To pay later is asked for within the time to pay ({time.Said.En}, {time.Article}), by {last:O}; it is {day:O}.",
                CaseRefusals.Article(time),
                new Fact("last", $"{last:O}"),
                new Fact("day", $"{day:O}")
            );
    }

    /// <summary>A later day is one after the time to pay, and ahead.</summary>
    /// <param name="payUntil">Field <c>pay-until</c>: the last day on which it may be paid without an addition.</param>
    public static Refusal? PayUntilLater(DateOnly payUntil, DateOnly servedOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var (last, _) = LastToPay(servedOn, calendar, law.Book);
        var after = last > day ? last : day;
        return payUntil > after
            ? null
            : CaseRefusals.No(
                RefusalCode.DeferralNotLater,
                "C3",
                $"准予暂缓缴纳至（pay-until）应晚于 {after:O}，现为 {payUntil:O}。",
                $"What may be paid later is paid after {after:O} (pay-until); here {payUntil:O}.",
                new Fact("after", $"{after:O}"),
                new Fact("until", $"{payUntil:O}")
            );
    }

    /// <summary>The demand letter was delivered since its step began, and not after today.</summary>
    /// <param name="demandedOn">Field <c>demanded-on</c>.</param>
    public static Refusal? DemandedOn(DateOnly demandedOn, CaseFile file, DateOnly day) =>
        StatedDays.Outside("C3", "demanded-on", Demanded, demandedOn, file.StepOn, day);

    /// <summary>The court is asked once the time for a suit, counted from the delivery, is over, within the months after it, and at least
    /// so long after the demand letter. First and last day pass.</summary>
    public static Refusal? CourtWindow(DateOnly servedOn, DateOnly demandedOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var (first, last, suit, court) = Window(servedOn, law.Book);
        var demand = law.Figure(LawNames.PenaltyDemand, demandedOn)!;
        var waited = calendar.DaysBetween(demand.Limit.Unit, demandedOn, day);
        return day < first
                ? Court(
                    RefusalCode.CourtTooEarly,
                    suit,
                    $"起诉期限自 {servedOn:O} 送达起 {suit.Said.Zh}（{suit.Article}），{first:O} 起方可申请强制执行，现为 {day:O}。",
                    $"The time for a suit is {suit.Said.En} from the delivery on {servedOn:O} ({suit.Article}); the court may be asked "
                        + $"from {first:O}, it is {day:O}.",
                    (first, day)
                )
            : day > last
                ? Court(
                    RefusalCode.CourtTooLate,
                    court,
                    $"申请强制执行应在起诉期限届满后 {court.Said.Zh} 内（{court.Article}），最后一日为 {last:O}，现为 {day:O}。",
                    $"The court is asked within {court.Said.En} after the time for a suit ({court.Article}), by {last:O}; it is {day:O}.",
                    (last, day)
                )
            : waited < demand.Days
                ? Court(
                    RefusalCode.DemandTooShort,
                    demand,
                    $"催告书送达 {demand.Said.Zh} 后方可申请（{demand.Article}）；{demandedOn:O} 送达，至 {day:O} 只有 {waited} 日。",
                    $"The court is asked {demand.Said.En} after the demand letter ({demand.Article}); from {demandedOn:O} to {day:O} are "
                        + $"{waited}.",
                    (demandedOn, day)
                )
            : null;
    }

    /// <summary>Only once its last day is over may the time for the court be recorded as passed.</summary>
    public static Refusal? CourtOver(DateOnly servedOn, CaseLaw law, DateOnly day)
    {
        var (_, last, _, court) = Window(servedOn, law.Book);
        return day > last
            ? null
            : Court(
                RefusalCode.CourtStillOpen,
                court,
                $"申请强制执行的期限至 {last:O}（{court.Article}），现为 {day:O}，仍应申请。",
                $"The court may be asked until {last:O} ({court.Article}); it is {day:O}, so ask it.",
                (last, day)
            );
    }

    /// <summary>First and last day on which the court may be asked, by the law of the delivery's day.</summary>
    internal static (DateOnly First, DateOnly Last, LawFigure Suit, LawFigure Court) Window(DateOnly servedOn, LawBook book)
    {
        var law = book.On(servedOn);
        var (suit, court) = (law.Figure(LawNames.PenaltySuit), law.Figure(LawNames.PenaltyCourt));
        var over = servedOn.AddMonths(suit.Days);
        return (over.AddDays(1), over.AddMonths(court.Days), suit, court);
    }

    private static (DateOnly Last, LawFigure Time) LastToPay(DateOnly servedOn, WorkCalendar calendar, LawBook book)
    {
        var time = book.On(servedOn).Figure(LawNames.PenaltyPay);
        return (calendar.LastWorkingDayOf(time.Limit, servedOn), time);
    }

    private static Refusal Court(RefusalCode code, LawFigure figure, string zh, string en, (DateOnly Bound, DateOnly Day) days) =>
        CaseRefusals.No(
            code,
            "C3",
            zh,
            en,
            CaseRefusals.Article(figure),
            new Fact("bound", $"{days.Bound:O}"),
            new Fact("day", $"{days.Day:O}")
        );
}
