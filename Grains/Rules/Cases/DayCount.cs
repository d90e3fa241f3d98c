using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Counts the days of a limit one by one.</summary>
internal readonly record struct DayCount(WorkCalendar Calendar, DayUnit Unit, ImmutableArray<ClockStop> Stops)
{
    /// <summary>Every day from the start to an end, both included; no further than the calendar reaches.</summary>
    /// <param name="limit">Days of the limit; what is counted beyond them is overdue.</param>
    /// <param name="prolonged">Last day of a limit that days of rest at its end have prolonged; null where they don't.</param>
    public ImmutableArray<ClockDay> Days(DateOnly start, DateOnly until, int limit, DateOnly? prolonged = null)
    {
        until = until > Calendar.LastDay ? Calendar.LastDay : until;
        var days = ImmutableArray.CreateBuilder<ClockDay>(Math.Max(1, until.DayNumber - start.DayNumber + 1));
        days.Add(new(start, ClockDaySort.Start, 0));
        var counted = 0;
        for (var day = start.AddDays(1); day <= until; day = day.AddDays(1))
        {
            var counts = Unit == DayUnit.Calendar || Calendar.IsWorkingDay(day);
            if (Stops.FirstOrDefault(stop => stop.Holds(day)) is { Why: { } why } stop)
            {
                days.Add(new(day, ClockDaySort.Stopped, counted, why, stop.Record));
            }
            else if (counts && counted >= limit)
            {
                var sort = day <= prolonged ? ClockDaySort.Prolonged : ClockDaySort.Overdue;
                counted += sort == ClockDaySort.Overdue ? 1 : 0;
                days.Add(new(day, sort, counted));
            }
            else
            {
                counted += counts ? 1 : 0;
                days.Add(new(day, Sort(day, counts), counted, Name(day)));
            }
        }

        return days.ToImmutable();
    }

    /// <summary>How many days the stops that are over have taken, by the calendar as it is now.</summary>
    public int DaysOfStops()
    {
        var days = 0;
        foreach (var stop in Stops)
        {
            days += stop.Until is { } back ? Calendar.DaysBetween(Unit, stop.On, back) : 0;
        }

        return days;
    }

    private ClockDaySort Sort(DateOnly day, bool counts) =>
        !counts ? (IsWeekend(day) && Calendar.NameOf(day) is null ? ClockDaySort.Weekend : ClockDaySort.Holiday)
        : Unit == DayUnit.Working && IsWeekend(day) ? ClockDaySort.MakeUpWorkday
        : ClockDaySort.Counted;

    // Of a day of rest, and of a day that works instead of one.
    private Words? Name(DateOnly day) => Unit == DayUnit.Working && Calendar.NameOf(day) is { } name ? TermWords.Festival(name) : null;

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
