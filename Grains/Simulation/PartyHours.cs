using TownReform.Grains.Rules;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>When people outside an office act: at a counter only while it is open, from elsewhere (by phone, at a bank, online) by the
/// scenario's hours of the day. Pure.</summary>
internal sealed class PartyHours(Scenario scenario, WorkCalendar calendar)
{
    private static readonly (int, int)[] WholeDay = [(0, 24 * 60)];
    private readonly DayProfile counter = new(scenario.Hours.Spans, scenario.Hour);
    private readonly DayProfile remote = new(WholeDay, scenario.RemoteHour);

    /// <summary>When somebody comes to a counter on a working day.</summary>
    public DateTime Arrival(DateOnly day, double draw) =>
        day.ToDateTime(TimeOnly.MinValue) + (counter.Draw(draw, TimeSpan.Zero) ?? TimeSpan.FromMinutes(scenario.Hours.Opens));

    /// <summary>By which closing an office's counter is closed on a day; null when it is open.</summary>
    public Closing? Closing(DateOnly day, string town, string office)
    {
        foreach (var closing in scenario.Closings)
        {
            if (closing.Has(day, town, office))
            {
                return closing;
            }
        }

        return null;
    }

    /// <summary>A time of the day by the hours of what is done from elsewhere.</summary>
    public DateTime RemoteOn(DateOnly day, double draw) =>
        day.ToDateTime(TimeOnly.MinValue) + (remote.Draw(draw, TimeSpan.Zero) ?? TimeSpan.Zero);

    /// <summary>The wanted moment, if the counter is open then; else a time of that day, or of the next working day on which it is open, by
    /// the hours in which people come.</summary>
    /// <param name="draw">A number between 0 and 1 for the time of day.</param>
    /// <param name="at">Whose counter.</param>
    public DateTime AtCounter(DateTime wanted, DateTime now, double draw, (string Town, string Office) at)
    {
        var day = DateOnly.FromDateTime(wanted);
        while (calendar.Covers(day))
        {
            if (calendar.IsWorkingDay(day) && Closing(day, at.Town, at.Office) is null)
            {
                if (day == DateOnly.FromDateTime(wanted) && counter.IsOpen(wanted.TimeOfDay))
                {
                    return wanted;
                }

                if (counter.Draw(draw, Earliest(day, now)) is { } time)
                {
                    return day.ToDateTime(TimeOnly.MinValue) + time;
                }
            }

            day = day.AddDays(1);
        }

        // Runs lie inside the calendar, so this is after the end of every run.
        return day.ToDateTime(TimeOnly.MinValue);
    }

    /// <summary>The wanted moment if it comes today; else a time of the wanted day by the scenario's hours for what is done from
    /// elsewhere.</summary>
    public DateTime Remote(DateTime wanted, DateTime now, double draw) =>
        wanted.Date == now.Date ? wanted : wanted.Date + (remote.Draw(draw, TimeSpan.Zero) ?? wanted.TimeOfDay);

    private static TimeSpan Earliest(DateOnly day, DateTime now) => day == DateOnly.FromDateTime(now) ? now.TimeOfDay : TimeSpan.Zero;
}
