using TownReform.Grains.Rules;

namespace TownReform.Grains.Simulation;

/// <summary>
/// How a case's own limit stands on a day on which nobody looked: a view tells the days used when the case last changed, and a running
/// clock goes on.
/// Without it an open case that nobody touches would never be late. Pure.
/// </summary>
internal static class LimitWatch
{
    /// <summary>Days used by the end of a day, stops not counted, in the limit's unit.</summary>
    public static int Used(CaseView view, DateOnly day, WorkCalendar calendar)
    {
        var seen = Seen(view);
        var until = day > calendar.LastDay ? calendar.LastDay : day;
        return view.Clock.Used + (view.Clock.Running && until > seen ? calendar.DaysBetween(Unit(view), seen, until) : 0);
    }

    /// <summary>First day past the limit, if it comes before the end of <paramref name="day"/> and nothing is done meanwhile; null
    /// otherwise or without a limit.</summary>
    public static DateOnly? LateOn(CaseView view, DateOnly day, WorkCalendar calendar)
    {
        if (!view.Clock.Running || view.Clock.Limit <= 0 || Used(view, day, calendar) <= view.Clock.Limit)
        {
            return null;
        }

        var left = view.Clock.Limit - view.Clock.Used;
        return left < 0 ? Seen(view) : calendar.LastDayOf(new TimeLimit(left + 1, Unit(view)), Seen(view));
    }

    private static DayUnit Unit(CaseView view) => view.Clock.CalendarDays ? DayUnit.Calendar : DayUnit.Working;

    // A simulated world's moments carry the offset of its towns.
    private static DateOnly Seen(CaseView view) => DateOnly.FromDateTime(view.ChangedAt.DateTime);
}
