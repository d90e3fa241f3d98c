namespace TownReform.Grains.Rules;

/// <summary>A day or a limit lies outside the working-day calendar. The rules turn it into a refusal; it never leaves a grain.</summary>
/// <param name="calendar">The calendar that was asked.</param>
/// <param name="day">The day asked for, or the day from which was counted.</param>
/// <param name="workingDays">Working days counted from it; 0 when the day itself is outside.</param>
public sealed class OutsideCalendarException(WorkCalendar calendar, DateOnly day, int workingDays)
    : ArgumentOutOfRangeException(
        nameof(day),
        day,
        $"{workingDays} working days after {day:O} is outside the working-day calendar, {calendar.FirstDay:O} to "
            + $"{calendar.LastDay:O}; add the year to seeds/calendar."
    )
{
    public DateOnly Day { get; } = day;

    public int WorkingDays { get; } = workingDays;

    public DateOnly FirstDay { get; } = calendar.FirstDay;

    public DateOnly LastDay { get; } = calendar.LastDay;
}
