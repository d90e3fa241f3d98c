namespace TownReform.Grains.Rules;

/// <summary>
/// Working days: Monday to Friday and make-up days, less public holidays. Built from <c>seeds/calendar/</c> for a closed span of years;
/// a day outside that span is an error, never a guess.
/// </summary>
public sealed class WorkCalendar
{
    private readonly int first;
    private readonly bool[] working;

    // before[i] = working days in the span strictly before day i; one longer than the span.
    private readonly int[] before;
    private readonly DateOnly[] workingDays;
    private readonly IReadOnlyDictionary<DateOnly, string>? names;

    /// <param name="firstYear">First year covered.</param>
    /// <param name="lastYear">Last year covered.</param>
    /// <param name="exceptions">Days that differ from Monday–Friday: true for a make-up working day, false for a holiday.</param>
    /// <param name="names">What such a day belongs to, such as 国庆节; for people only.</param>
    public WorkCalendar(
        int firstYear,
        int lastYear,
        IReadOnlyDictionary<DateOnly, bool> exceptions,
        IReadOnlyDictionary<DateOnly, string>? names = null
    )
    {
        this.names = names;
        (FirstDay, LastDay) = (new DateOnly(firstYear, 1, 1), new DateOnly(lastYear, 12, 31));
        first = FirstDay.DayNumber;
        working = new bool[LastDay.DayNumber - first + 1];
        before = new int[working.Length + 1];
        var days = new List<DateOnly>();
        for (var i = 0; i < working.Length; i++)
        {
            var day = FirstDay.AddDays(i);
            working[i] = exceptions.TryGetValue(day, out var works) ? works : IsWeekday(day);
            before[i + 1] = before[i] + (working[i] ? 1 : 0);
            if (working[i])
            {
                days.Add(day);
            }
        }

        workingDays = [.. days];
    }

    /// <summary>The calendar that a town has on record.</summary>
    public static WorkCalendar From(CalendarTaken taken) =>
        new(taken.FirstDay.Year, taken.LastDay.Year, taken.Exceptions.ToDictionary(day => day, day => !IsWeekday(day)));

    /// <summary>The calendar as a town records it.</summary>
    public CalendarTaken Taken() =>
        new(
            FirstDay,
            LastDay,
            [.. Enumerable.Range(0, working.Length).Select(FirstDay.AddDays).Where(day => IsWorkingDay(day) != IsWeekday(day))]
        );

    public DateOnly FirstDay { get; }

    public DateOnly LastDay { get; }

    public bool Covers(DateOnly day) => day >= FirstDay && day <= LastDay;

    /// <exception cref="OutsideCalendarException">The day is outside the calendar.</exception>
    public bool IsWorkingDay(DateOnly day) => working[Index(day)];

    /// <summary>The festival to which a holiday or a make-up working day belongs, in Chinese; null for all other days, and where the
    /// calendar doesn't tell.</summary>
    public string? NameOf(DateOnly day) => names?.GetValueOrDefault(day);

    /// <summary>The working day that is <paramref name="count"/> working days after <paramref name="day"/>; the day itself doesn't count
    /// (the day of the event is not in the period). With 0, the day itself when it works, else the next that does.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        var position = count == 0 ? before[Index(day)] : before[Index(day) + 1] + count - 1;
        return position >= 0 && position < workingDays.Length
            ? workingDays[position]
            : throw new OutsideCalendarException(this, day, count);
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; 0 when <paramref name="to"/> isn't
    /// later.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) => to <= from ? 0 : before[Index(to) + 1] - before[Index(from) + 1];

    /// <summary>The last day of a limit that began on <paramref name="start"/>, lengthened by days on which the clock stood
    /// still.</summary>
    public DateOnly LastDayOf(TimeLimit limit, DateOnly start, int stoppedDays = 0) =>
        limit.Unit switch
        {
            DayUnit.Working => AddWorkingDays(start, limit.Days + stoppedDays),
            DayUnit.Calendar => start.AddDays(limit.Days + stoppedDays),
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "Unknown unit of days."),
        };

    /// <summary>The last day of such a limit for whoever has to act towards the authority: a limit in calendar days doesn't end on a day of
    /// rest (民法典 §203).</summary>
    public DateOnly LastWorkingDayOf(TimeLimit limit, DateOnly start, int stoppedDays = 0)
    {
        var last = LastDayOf(limit, start, stoppedDays);
        return limit.Unit == DayUnit.Calendar ? AddWorkingDays(last, 0) : last;
    }

    /// <summary>Days of a unit after <paramref name="from"/> up to and including <paramref name="to"/>.</summary>
    public int DaysBetween(DayUnit unit, DateOnly from, DateOnly to) =>
        unit == DayUnit.Working ? WorkingDaysBetween(from, to) : Math.Max(0, to.DayNumber - from.DayNumber);

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private int Index(DateOnly day)
    {
        var index = day.DayNumber - first;
        return index >= 0 && index < working.Length ? index : throw new OutsideCalendarException(this, day, 0);
    }
}
