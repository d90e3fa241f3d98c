using System.Collections.Immutable;

namespace TownReform;

/// <summary>The limits of a case, day by day (期限逐日计算, B5): the answer to <see cref="ICaseGrain.ClockDaysAsync"/>.</summary>
/// <param name="Version">Version of the case that was looked at.</param>
/// <param name="Day">The day in the town on which it was looked at.</param>
/// <param name="Limits">The case's own limit once it has begun, then that of the present step; none when nothing is limited.</param>
[GenerateSerializer, Immutable, Alias("clock-days")]
public sealed record ClockDays(string Number, long Version, DateOnly Day, ImmutableArray<CountedLimit> Limits);

/// <summary>A limit with each of its days.</summary>
/// <param name="Name">What is limited: the case, or the present step by name.</param>
/// <param name="Limit">Days of the limit, with any extension; 0 where a date is the limit.</param>
/// <param name="CalendarDays">True for calendar days, false for working days.</param>
/// <param name="Start">The day of the event that it counts from; it isn't counted itself.</param>
/// <param name="Last">Its last day, as it was when the case was decided. Null while the clock stands still, and where the working-day
/// calendar doesn't reach so far.</param>
/// <param name="StatutoryLast">Last day of the limit by law, where that is another.</param>
/// <param name="Used">Days used by the day that it was looked at.</param>
/// <param name="Moved">Days by which the last day differs from what the days listed make: a stop was counted by the calendar of its time,
/// and the calendar has changed since. Nearly always 0.</param>
/// <param name="Days">Every day from the start to the last, or to the day that it was looked at where that is later or the clock stands
/// still; to the decision once the case is decided.</param>
[GenerateSerializer, Immutable, Alias("counted-limit")]
public sealed record CountedLimit(
    Words Name,
    int Limit,
    bool CalendarDays,
    DateOnly Start,
    DateOnly? Last,
    DateOnly? StatutoryLast,
    int Used,
    int Moved,
    ImmutableArray<ClockDay> Days
);

/// <summary>A day of a limit.</summary>
/// <param name="Counted">How many days of the limit are used by its end.</param>
/// <param name="Why">Why the clock stood still on it, or the name of the holiday; null where the sort of day says all.</param>
/// <param name="Record">The record by which the clock stood still; null on all other days.</param>
[GenerateSerializer, Immutable, Alias("clock-day")]
public sealed record ClockDay(DateOnly Day, ClockDaySort Sort, int Counted, Words? Why = null, long? Record = null);

/// <summary>What a day is to a limit.</summary>
public enum ClockDaySort
{
    /// <summary>The day of the event; the limit counts from the next (民法典 §201).</summary>
    Start = 1,

    /// <summary>It is counted.</summary>
    Counted = 2,

    /// <summary>Counted: a Saturday or Sunday that was made a working day (调休上班).</summary>
    MakeUpWorkday = 3,

    /// <summary>A Saturday or Sunday, not counted.</summary>
    Weekend = 4,

    /// <summary>A public holiday, or a day off in its place; not counted.</summary>
    Holiday = 5,

    /// <summary>The clock stood still.</summary>
    Stopped = 6,

    /// <summary>The limit ended on a day of rest and goes on to the next working day (民法典 §203).</summary>
    Prolonged = 7,

    /// <summary>A day after the last, used beyond the limit.</summary>
    Overdue = 8,
}
