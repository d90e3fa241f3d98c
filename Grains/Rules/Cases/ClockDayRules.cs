using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Each day of a limit, and what it is to it (B5): the same count as <see cref="ClockRules"/>, shown.</summary>
[Clause("B5")]
public static class ClockDayRules
{
    private static readonly Words OfCase = new("办理期限", "limit of the case");

    /// <summary>The limits of a case as they are on a day.</summary>
    /// <param name="step">The present step; null when the case has ended.</param>
    /// <param name="stops">When its clocks stood still.</param>
    /// <param name="day">In the town; for a case that has ended the day of its end.</param>
    public static ImmutableArray<CountedLimit> Count(
        CaseFile file,
        StepRule? step,
        ClockStops stops,
        DateOnly day,
        WorkCalendar calendar,
        LawBook law
    )
    {
        var limits = ImmutableArray.CreateBuilder<CountedLimit>(2);
        if (file.Clock is { StartedOn: { } start, Promised.Days: > 0 } && calendar.Covers(start))
        {
            limits.Add(CaseLimit(file, start, stops, day, calendar));
        }

        if (file.IsOpen && step is not null && calendar.Covers(file.StepOn) && StepLimit(file, step, stops, day, calendar, law) is { } own)
        {
            limits.Add(own);
        }

        return limits.ToImmutable();
    }

    private static CountedLimit CaseLimit(CaseFile file, DateOnly start, ClockStops stops, DateOnly day, WorkCalendar calendar)
    {
        var clock = file.Clock;
        var limit = clock.Promised with { Days = clock.Promised.Days + clock.ExtendedDays };
        var law = clock.Statutory with { Days = clock.Statutory.Days + clock.ExtendedDays };
        var stands = clock is { EndedOn: null, StoppedOn: not null };
        var last = stands ? null : LastDay(calendar, limit, start, clock.StoppedDays);
        var statutory = stands || law.Days == 0 ? null : LastDay(calendar, law, start, clock.StatutoryStoppedDays);
        var count = new DayCount(calendar, limit.Unit, clock.EndedOn is null ? stops.OfCase : Over(stops.OfCase));
        var moved = clock.StoppedDays - count.DaysOfStops();
        var until = clock.EndedOn ?? (file.IsOpen && last > day ? last.Value : day);
        return new(
            Name: OfCase,
            Limit: limit.Days,
            CalendarDays: limit.Unit == DayUnit.Calendar,
            Start: start,
            Last: last,
            StatutoryLast: statutory == last ? null : statutory,
            Used: ClockRules.Used(clock, day, calendar),
            Moved: moved,
            Days: count.Days(start, until, limit.Days + moved)
        );
    }

    private static CountedLimit? StepLimit(
        CaseFile file,
        StepRule step,
        ClockStops stops,
        DateOnly day,
        WorkCalendar calendar,
        LawBook law
    ) =>
        step.Limit?.On(law.On(file.StepOn)) is { Days: > 0 } limit
            ? Days(
                file,
                step,
                limit,
                day,
                new(calendar, limit.Unit, stops.OfStep),
                Within(() => ClockRules.LastDay(file, step, calendar, law))
            )
        : step.LimitField is { } field && DateOnly.TryParseExact(file.Value(field), "O", out var last) ? Date(file, step, last)
        : null;

    private static CountedLimit Days(CaseFile file, StepRule step, TimeLimit limit, DateOnly day, DayCount count, DateOnly? ending)
    {
        var last = file.Frozen ? null : ending;
        var moved = file.StepStoppedDays - count.DaysOfStops();
        var until = last > day ? last.Value : day;
        var days = count.Days(file.StepOn, until, limit.Days + moved, step.NextWorkingDay ? last : null);
        return new(
            Name: step.Name,
            Limit: limit.Days,
            CalendarDays: limit.Unit == DayUnit.Calendar,
            Start: file.StepOn,
            Last: last,
            StatutoryLast: null,
            Used: days.LastOrDefault(d => d.Day <= day)?.Counted ?? 0,
            Moved: moved,
            Days: days
        );
    }

    // The limit is a day that a field names.
    private static CountedLimit Date(CaseFile file, StepRule step, DateOnly last) =>
        new(
            Name: step.Name,
            Limit: 0,
            CalendarDays: true,
            Start: file.StepOn,
            Last: last,
            StatutoryLast: null,
            Used: 0,
            Moved: 0,
            Days: []
        );

    // A decision that came while the clock stood still counts those days: nothing had it go on.
    private static ImmutableArray<ClockStop> Over(ImmutableArray<ClockStop> stops) => stops.RemoveAll(stop => stop.Until is null);

    private static DateOnly? LastDay(WorkCalendar calendar, TimeLimit limit, DateOnly start, int stopped) =>
        Within(() => calendar.LastDayOf(limit, start, stopped));

    private static DateOnly? Within(Func<DateOnly?> count)
    {
        try
        {
            return count();
        }
        catch (OutsideCalendarException)
        {
            return null;
        }
    }
}
