using System.Globalization;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Processor time of PostgreSQL's processes, as Linux tells it in /proc.</summary>
internal static class ServerProcessorTime
{
    /// <summary>Linux shows processor time in hundredths of a second on every platform that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The postmaster, its children, and those children that have ended. Zero without /proc.</summary>
    public static TimeSpan Of(int postmaster)
    {
        if (Read(postmaster) is not { } parent)
        {
            return TimeSpan.Zero;
        }

        var ticks = parent.Own + parent.Ended;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(id) is { } process
                && process.Parent == postmaster
            )
            {
                ticks += process.Own;
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    // A process that ends in between is counted by its parent the next time.
    private static (int Parent, long Own, long Ended)? Read(int process)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field, a name in brackets, may hold spaces and brackets; the third comes after its last bracket.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return ((int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
    }
}
