using System.Globalization;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Moments;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Live;

/// <summary>New command ids. The edge is the one place where an id is drawn; everything behind it derives from it.</summary>
internal static class CommandIds
{
    public static Guid New() => Guid.CreateVersion7();
}

/// <summary>Moments as people write them.</summary>
internal static class Moments
{
    private const long LastTick = 3_155_378_975_999_999_999;

    private static readonly string[] Shapes =
    [
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd",
    ];

    /// <summary>ISO 8601 with an offset, or without one in the town's own time; a day alone is its midnight.</summary>
    public static DateTimeOffset Parse(string name, string text, TownPlan plan) => Parse(name, text, plan.TimeZone);

    /// <summary>The same in a time zone.</summary>
    public static DateTimeOffset Parse(string name, string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // The first and last hours of the calendar lie outside of time in another zone.
            var offset = zone.GetUtcOffset(local);
            return local.Ticks - offset.Ticks is >= 0 and <= LastTick ? new DateTimeOffset(local, offset) : throw NoMoment(name, text);
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : throw NoMoment(name, text);
    }

    private static CommandFailedException NoMoment(string name, string text) =>
        CommandFailedException.BadInput(
            $"{name} 须为时刻（如 2026-03-02T09:30 或 2026-03-02T09:30:00+08:00），不能是“{text}”。",
            $"{name} is a moment (such as 2026-03-02T09:30 or 2026-03-02T09:30:00+08:00), not '{text}'."
        );

    /// <summary>A moment as a town's people read it.</summary>
    public static string Show(DateTimeOffset at, TimeZoneInfo zone) => MomentWords.Minute(at, zone);
}
