using System.Globalization;

namespace TownReform.Grains.Rules.Moments;

/// <summary>Moments as people are told them.</summary>
public static class MomentWords
{
    /// <summary>A moment in the offset of another one, where its calendar reaches so far, such as <c>2026-03-02 09:00:00 +08:00</c>:
    /// commands bear that of their town.</summary>
    public static string Told(DateTimeOffset moment, DateTimeOffset like)
    {
        var ticks = moment.UtcTicks + like.Offset.Ticks;
        var shown =
            ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? moment.ToOffset(like.Offset) : moment.ToUniversalTime();
        return shown.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>A moment in a time zone to the minute, such as <c>2026-03-02 09:00</c>.</summary>
    public static string Minute(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
