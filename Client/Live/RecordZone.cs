using System.Globalization;

namespace TownReform.Client.Live;

/// <summary>The zone in which a record's moments are shown: that of the town whose record it is; UTC where nobody knows it, or where it is
/// of towns in several.</summary>
internal sealed record RecordZone(TimeZoneInfo Zone)
{
    public static RecordZone Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>From the seeds beside the console, for a record that no town is asked about.</summary>
    public static RecordZone Of(Plans? plans, string stream) =>
        Of(stream, [.. (plans?.Towns ?? []).Select(town => (town.Code, town.Prefix, town.TimeZone))]);

    /// <summary>As the live town's silo has it.</summary>
    public static async Task<RecordZone> OfAsync(LiveTown live, string stream)
    {
        var towns = new List<(string Code, string Prefix, TimeZoneInfo Zone)>();
        foreach (var code in (await live.Directory("-").TownsAsync()).Take(MostAsked))
        {
            if ((await TownNames.OfAsync(live, code)).Value is { } names)
            {
                towns.Add((code, names.Directory.Prefix, names.Zone));
            }
        }

        return Of(stream, towns);
    }

    /// <summary>Those whose code or case prefix the stream's name has, else all: where they have one zone together it is that.</summary>
    public static RecordZone Of(string stream, IReadOnlyCollection<(string Code, string Prefix, TimeZoneInfo Zone)> towns)
    {
        var parts = stream.Split('/');
        var own = towns.Where(town => parts.Contains(town.Code) || parts.Any(part => part.TrimEnd(Digits) == town.Prefix)).ToArray();
        var zones = (own.Length > 0 ? own : towns).Select(town => town.Zone).DistinctBy(zone => zone.Id).ToArray();
        return zones.Length == 1 ? new(zones[0]) : Utc;
    }

    /// <summary>Behind the heading of a column: which zone it is in.</summary>
    public Words Titled(string zh, string en) => new($"{zh}（{Zone.Id}）", $"{en} ({Zone.Id})");

    public DateTimeOffset In(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public string Minute(DateTimeOffset at) => In(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public string Second(DateTimeOffset at) => In(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Millisecond(DateTimeOffset at) => In(at).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    // A silo of more towns is a test of ours; its zone is asked of some.
    private const int MostAsked = 20;

    private static readonly char[] Digits = [.. "0123456789"];
}
