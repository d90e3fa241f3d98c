using System.Globalization;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Silo.Hosting;

/// <summary>Where the clock of a practice town (培训环境) may begin.</summary>
internal static class PracticeStart
{
    /// <summary>Reads the moment of <c>--clock</c>: within the calendar, and on a day on which all towns of the seeds have their
    /// powers.</summary>
    /// <returns>The moment, in the towns' zone where it names none; or what is wrong with it.</returns>
    public static (DateTimeOffset Moment, Words? Fault) Read(string text, SeedLibrary seeds)
    {
        // Towns are founded on the day of their plans.
        var plan = seeds.Towns.Values.MaxBy(town => town.PlanDate)!;
        // Years that no calendar of ours has would lie outside of time in another zone.
        if (
            !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read) || read.Year is < 2 or > 9998
        )
        {
            return (
                default,
                new(
                    $"--clock 须为 ISO 8601 的时刻（如 2019-06-03T09:00），不能是“{text}”。",
                    $"--clock is a moment in ISO 8601 (such as 2019-06-03T09:00), not '{text}'."
                )
            );
        }

        var moment =
            read.Kind == DateTimeKind.Unspecified
                ? new DateTimeOffset(read, plan.TimeZone.GetUtcOffset(read))
                : TimeZoneInfo.ConvertTime(new DateTimeOffset(read.ToUniversalTime()), plan.TimeZone);
        var (day, calendar) = (DateOnly.FromDateTime(moment.DateTime), seeds.Calendar);
        return day > plan.PlanDate && day <= calendar.LastDay
            ? (moment, null)
            : (
                default,
                new(
                    $"--clock 须在建镇次日 {plan.PlanDate.AddDays(1):O} 至工作日历末日 {calendar.LastDay:O} 之间，不能是“{text}”。",
                    $"--clock lies from {plan.PlanDate.AddDays(1):O}, the day after the towns are founded, to "
                        + $"{calendar.LastDay:O}, the last of the working-day calendar; not '{text}'."
                )
            );
    }

    /// <summary>What the line that says that a silo is ready begins with in a practice town.</summary>
    public static Words Told(DateTimeOffset now, TimeZoneInfo zone)
    {
        var shown = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        return new($"【培训环境，时钟 {shown}】", $"[PRACTICE TOWN, clock {shown}] ");
    }
}
