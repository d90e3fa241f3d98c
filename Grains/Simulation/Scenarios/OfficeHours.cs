using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Office hours of a working day, as minutes after midnight in the town. Work goes on only inside them.</summary>
public sealed class OfficeHours
{
    private readonly ImmutableArray<(int Open, int Close)> spans;

    /// <param name="spans">Spans in rising order, without overlap.</param>
    public OfficeHours(ImmutableArray<(int Open, int Close)> spans)
    {
        this.spans = spans;
        Opens = spans[0].Open;
        Closes = spans[^1].Close;
        MinutesADay = spans.Sum(s => s.Close - s.Open);
    }

    public ImmutableArray<(int Open, int Close)> Spans => spans;

    public int Opens { get; }

    public int Closes { get; }

    public int MinutesADay { get; }

    /// <summary>Reads a span such as <c>08:30-12:00</c>, as minutes after midnight.</summary>
    public static bool TryParse(string text, out (int Open, int Close) span)
    {
        span = default;
        if (
            text.Split('-') is not [var open, var close]
            || !TryMinutes(open, out var from)
            || !TryMinutes(close, out var until)
            || from >= until
        )
        {
            return false;
        }

        span = (from, until);
        return true;
    }

    /// <summary>When work of so many minutes that starts at <paramref name="start"/> is done; outside hours it waits for the
    /// next.</summary>
    /// <param name="start">Local time.</param>
    public DateTime Add(DateTime start, double minutes, WorkCalendar calendar)
    {
        var at = start;
        while (true)
        {
            var day = DateOnly.FromDateTime(at);
            if (!calendar.Covers(day))
            {
                // Runs lie inside the calendar, so this is after the end of every run.
                return at;
            }

            if (calendar.IsWorkingDay(day))
            {
                var minute = at.TimeOfDay.TotalMinutes;
                foreach (var (open, close) in spans)
                {
                    var from = Math.Max(minute, open);
                    if (from >= close)
                    {
                        continue;
                    }

                    if (minutes <= close - from)
                    {
                        // From the moment itself where it lies in hours: a detour by minutes would lose a tick.
                        return (from > minute ? at.Date.AddMinutes(from) : at).AddTicks((long)(minutes * TimeSpan.TicksPerMinute));
                    }

                    minutes -= close - from;
                }
            }

            at = at.Date.AddDays(1);
        }
    }

    /// <summary>Office minutes between two moments of one day.</summary>
    public double Between(DateTime from, DateTime until)
    {
        var (a, b) = (from.TimeOfDay.TotalMinutes, until.TimeOfDay.TotalMinutes);
        var minutes = 0d;
        foreach (var (open, close) in spans)
        {
            minutes += Math.Max(0, Math.Min(b, close) - Math.Max(a, open));
        }

        return minutes;
    }

    /// <summary>Office minutes between two moments, over the working days.</summary>
    public double Worked(DateTime from, DateTime until, WorkCalendar calendar)
    {
        var minutes = 0d;
        for (var day = from.Date; day <= until.Date && calendar.Covers(DateOnly.FromDateTime(day)); day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(DateOnly.FromDateTime(day)))
            {
                minutes += Between(day == from.Date ? from : day, day == until.Date ? until : day.AddDays(1).AddTicks(-1));
            }
        }

        return minutes;
    }

    private static bool TryMinutes(string text, out int minutes)
    {
        var known = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        minutes = (int)time.ToTimeSpan().TotalMinutes;
        return known;
    }
}
