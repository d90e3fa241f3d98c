using System.Globalization;

namespace TownReform.Silo.Web;

/// <summary>Days and moments as people read them.</summary>
public static class PageDates
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>A day with its weekday: <c>2026年12月3日（周四）</c>, <c>Thu 3 Dec 2026</c>.</summary>
    public static string Day(this PageContext page, DateOnly day) =>
        page.IsInChinese
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日（{Weekdays[(int)day.DayOfWeek]}）")
            : day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A moment in a town's time zone, to the minute: <c>2026年12月3日 09:12</c>, <c>3 Dec 2026 09:12</c>.</summary>
    /// <param name="zone">IANA name of the time zone.</param>
    public static string Moment(this PageContext page, DateTimeOffset at, string zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return page.IsInChinese
            ? string.Create(CultureInfo.InvariantCulture, $"{there.Year}年{there.Month}月{there.Day}日 {there:HH:mm}")
            : there.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a day as people type it: <c>2026-12-03</c>.</summary>
    public static bool TryRead(string typed, out DateOnly day) =>
        DateOnly.TryParseExact(typed.Trim(), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>The day of a moment in a time zone.</summary>
    public static DateOnly DayOf(DateTimeOffset at, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
