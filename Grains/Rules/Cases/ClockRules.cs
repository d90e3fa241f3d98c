namespace TownReform.Grains.Rules.Cases;

/// <summary>
/// Limits in days of the real calendar (B5): amber, red on the last day, overdue from the day after. The promised limit gives the colours;
/// passing the statutory limit, or staying overdue, goes to supervision.
/// </summary>
[Clause("B5")]
public static class ClockRules
{
    /// <summary>As <see cref="Read"/>, for looking only: limits that the calendar can't count are unknown, to be looked at again the next
    /// day.</summary>
    public static ClockReading Look(CaseFile file, StepRule? step, DateOnly day, WorkCalendar calendar, LawBook law)
    {
        try
        {
            return Read(file, step, day, calendar, law);
        }
        catch (OutsideCalendarException)
        {
            return ClockReading.None with { NextCheckOn = day.AddDays(1), Unknown = true };
        }
    }

    /// <summary>How the case's limits stand on a day. Frozen and ended cases have no running limit.</summary>
    /// <exception cref="OutsideCalendarException">A limit runs past the calendar; an act that leads there is refused.</exception>
    public static ClockReading Read(CaseFile file, StepRule? step, DateOnly day, WorkCalendar calendar, LawBook law) =>
        Count(file, step, day, calendar, law).After(file.Colour, day);

    /// <summary>As <see cref="Read"/>, whatever colour the case was told of before.</summary>
    internal static ClockReading Count(CaseFile file, StepRule? step, DateOnly day, WorkCalendar calendar, LawBook law)
    {
        if (!file.IsOpen || file.Frozen || step is null)
        {
            return ClockReading.None;
        }

        var reading = ClockReading.None;
        var clock = file.Clock;
        if (clock.IsRunning)
        {
            var start = clock.StartedOn!.Value;
            var promised = clock.Promised with { Days = clock.Promised.Days + clock.ExtendedDays };
            var statutory = clock.Statutory with { Days = clock.Statutory.Days + clock.ExtendedDays };
            reading = Limit(
                limit: promised,
                last: calendar.LastDayOf(promised, start, clock.StoppedDays),
                start: start,
                stopped: clock.StoppedDays,
                statutoryLast: calendar.LastDayOf(statutory, start, clock.StatutoryStoppedDays),
                day: day,
                calendar: calendar,
                book: law
            );
        }

        if (step.Limit?.On(law.On(file.StepOn)) is { Days: > 0 } limit)
        {
            reading = reading.Worse(StepLimit(file, step, limit, day, calendar, law));
        }
        else if (step.LimitField is { } field && DateOnly.TryParseExact(file.Value(field), "O", out var last))
        {
            reading = reading.Worse(Expiry(last, day));
        }

        return reading;
    }

    private static ClockReading StepLimit(CaseFile file, StepRule step, TimeLimit limit, DateOnly day, WorkCalendar calendar, LawBook law)
    {
        var last = LastDay(file, step, limit, calendar);
        return step.OnExpiry is not null
            ? Expiry(last, day)
            : Limit(
                limit: limit,
                last: last,
                start: file.StepOn,
                stopped: file.StepStoppedDays,
                statutoryLast: last,
                day: day,
                calendar: calendar,
                book: law
            );
    }

    /// <summary>Days of the promised limit used by a day, stops not counted; days after the calendar's last aren't counted.</summary>
    public static int Used(CaseClock clock, DateOnly day, WorkCalendar calendar)
    {
        if (clock.StartedOn is not { } start)
        {
            return 0;
        }

        var until = clock.EndedOn ?? clock.StoppedOn ?? day;
        return calendar.Covers(start)
            ? Math.Max(
                0,
                calendar.DaysBetween(clock.Promised.Unit, start, until > calendar.LastDay ? calendar.LastDay : until) - clock.StoppedDays
            )
            : 0;
    }

    /// <summary>Days for which the clock has stood still when it goes on, in a limit's own unit; the day of the stop isn't counted, the day
    /// it goes on is.</summary>
    public static int Stopped(DateOnly? stoppedOn, DateOnly day, DayUnit unit, WorkCalendar calendar) =>
        stoppedOn is { } stopped ? calendar.DaysBetween(unit, stopped, day) : 0;

    /// <summary>Last day of the present step's own limit, as it stood when the step began: the party was told so. Null where it has
    /// none.</summary>
    public static DateOnly? LastDay(CaseFile file, StepRule step, WorkCalendar calendar, LawBook law) =>
        step.Limit?.On(law.On(file.StepOn)) is { Days: > 0 } limit ? LastDay(file, step, limit, calendar) : null;

    private static DateOnly LastDay(CaseFile file, StepRule step, TimeLimit limit, WorkCalendar calendar) =>
        step.NextWorkingDay
            ? calendar.LastWorkingDayOf(limit, file.StepOn, file.StepStoppedDays)
            : calendar.LastDayOf(limit, file.StepOn, file.StepStoppedDays);

    private static ClockReading Limit(
        TimeLimit limit,
        DateOnly last,
        DateOnly start,
        int stopped,
        DateOnly statutoryLast,
        DateOnly day,
        WorkCalendar calendar,
        LawBook book
    )
    {
        var law = book.On(start);
        var amber = calendar.LastDayOf(limit with { Days = (int)Math.Ceiling(limit.Days * law[LawNames.ClockAmber]) }, start, stopped);
        var lenient = calendar.AddWorkingDays(last, law.Days(LawNames.ClockSupervision) + 1);
        var supervised = statutoryLast < lenient && statutoryLast > last ? statutoryLast.AddDays(1) : lenient;
        return day >= supervised ? new ClockReading(ClockColour.Supervised, last, null, false)
            : day > last ? new ClockReading(ClockColour.Overdue, last, supervised, false)
            : day == last ? new ClockReading(ClockColour.Red, last, last.AddDays(1), false)
            : day >= amber ? new ClockReading(ClockColour.Amber, last, last, false)
            : new ClockReading(ClockColour.Green, last, amber, false);
    }

    private static ClockReading Expiry(DateOnly last, DateOnly day) =>
        day > last
            ? new ClockReading(ClockColour.Green, last, day, true)
            : new ClockReading(ClockColour.Green, last, last.AddDays(1), false);
}

/// <summary>How limits stand on a day.</summary>
/// <param name="Due">Last day of the nearest limit.</param>
/// <param name="NextCheckOn">Next day on which something changes.</param>
/// <param name="Expired">The step's limit has passed and its expiry act is due.</param>
public readonly record struct ClockReading(ClockColour Colour, DateOnly? Due, DateOnly? NextCheckOn, bool Expired)
{
    /// <summary>The calendar doesn't reach far enough to say.</summary>
    public bool Unknown { get; init; }

    public static ClockReading None { get; } = new(ClockColour.Green, null, null, false);

    /// <summary>The same for a case of a colour that was told: a worse one that nobody was told of yet is something to look at
    /// now.</summary>
    internal ClockReading After(ClockColour told, DateOnly day) => Colour > told ? this with { NextCheckOn = day } : this;

    /// <summary>Two limits side by side: the worse colour, the nearer days.</summary>
    public ClockReading Worse(ClockReading other) =>
        new(
            other.Colour > Colour ? other.Colour : Colour,
            Earlier(Due, other.Due),
            Earlier(NextCheckOn, other.NextCheckOn),
            Expired || other.Expired
        );

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) =>
        a is null ? b
        : b is null ? a
        : a < b ? a
        : b;
}
