using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>Delivery of a decision (C3, 行政处罚法 §61, until 2021-07-14 §40): in person, left, by post, by public
/// notice. Days run from it.</summary>
[Clause("C3", "C5")]
public static class DeliveryRules
{
    private static readonly Words Served = new("送达日", "day of delivery");
    private static readonly Words Published = new("公告日", "day of the public notice");

    /// <summary>It was delivered between the decision and today, both included.</summary>
    /// <param name="servedOn">Field <c>served-on</c>.</param>
    public static Refusal? ServedOn(DateOnly servedOn, CaseFile file, DateOnly day) =>
        StatedDays.Outside("C5", "served-on", Served, servedOn, DecidedOn(file), day);

    /// <summary>What is decided on the spot is handed over on that very day.</summary>
    public static Refusal? ServedOnTheSpot(DateOnly servedOn, DateOnly day) =>
        StatedDays.Outside("C5", "served-on", Served, servedOn, day, day);

    /// <summary>It was published between the decision and today, both included.</summary>
    /// <param name="publishedOn">Field <c>published-on</c>.</param>
    public static Refusal? PublishedOn(DateOnly publishedOn, CaseFile file, DateOnly day) =>
        StatedDays.Outside("C3", "published-on", Published, publishedOn, DecidedOn(file), day);

    /// <summary>A public notice counts as delivery on its last day, by the figure of the day on which it was published; not before that day
    /// has come.</summary>
    public static Refusal? PublicNoticeOver(DateOnly publishedOn, DateOnly servedOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var period = law.Figure(LawNames.PenaltyPublicNotice, publishedOn)!;
        var last = calendar.LastDayOf(period.Limit, publishedOn);
        return day < last
            ? CaseRefusals.No(
                RefusalCode.PublicNoticeRunning,
                "C3",
                $"公告送达自 {publishedOn:O} 起经过 {period.Said.Zh}（{period.Article}），于 {last:O} 视为送达，现为 {day:O}。",
                $"The public notice of {publishedOn:O} counts as delivered after {period.Said.En} ({period.Article}), on {last:O}; it is "
                    + $"{day:O}.",
                CaseRefusals.Article(period),
                new Fact("published", $"{publishedOn:O}"),
                new Fact("last", $"{last:O}"),
                new Fact("day", $"{day:O}")
            )
            : StatedDays.Outside("C3", "served-on", Served, servedOn, last, last);
    }

    // The clock ends with the decision.
    private static DateOnly DecidedOn(CaseFile file) => file.Clock.EndedOn ?? file.StepOn;
}
