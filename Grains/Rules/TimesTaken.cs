namespace TownReform.Grains.Rules;

/// <summary>How long cases really took (实际办理用时).</summary>
public static class TimesTaken
{
    /// <summary>How many days back it is told from.</summary>
    public const int DaysBack = 90;

    /// <summary>Median and nine out of ten by nearest rank; null for no case at all.</summary>
    /// <param name="spans">Days of receipt and of the end of each case.</param>
    /// <param name="until">Last day that counts.</param>
    public static TimeTaken? Of(IEnumerable<(DateOnly From, DateOnly Until)> spans, DayUnit unit, DateOnly until, WorkCalendar calendar)
    {
        int[] days =
        [
            .. spans
                .Where(span => calendar.Covers(span.From) && calendar.Covers(span.Until))
                .Select(span => calendar.DaysBetween(unit, span.From, span.Until))
                .Order(),
        ];
        return days.Length == 0
            ? null
            : new(
                Cases: days.Length,
                Median: Rank(days, 50),
                NinetyPercent: Rank(days, 90),
                CalendarDays: unit == DayUnit.Calendar,
                From: FirstDay(until),
                Until: until
            );
    }

    /// <summary>The first day that counts.</summary>
    public static DateOnly FirstDay(DateOnly until) => until.AddDays(1 - DaysBack);

    private static int Rank(int[] sorted, int percent) => sorted[((sorted.Length * percent) + 99) / 100 - 1];
}
