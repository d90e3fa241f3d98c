using System.Globalization;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    private const string Calendar = "calendar/china.csv";

    private static readonly (string Day, string Festival)[] Festivals =
    [
        ("01-01", "元旦"),
        ("02-10", "春节"),
        ("04-05", "清明节"),
        ("05-01", "劳动节"),
        ("06-10", "端午节"),
        ("09-20", "中秋节"),
        ("10-01", "国庆节"),
    ];

    public static string Seeds { get; } = Path.Combine(SourceFolder.Path, "seeds");

    /// <summary>A copy of the seeds for a test to change.</summary>
    public static string CopySeeds(string to)
    {
        foreach (var file in Directory.EnumerateFiles(Seeds, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(Seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    /// <summary>
    /// A copy whose calendar reaches the year after <paramref name="today"/>. A real silo looks at clocks by the real time, so its cases
    /// are of today, whenever the tests run.
    /// </summary>
    public static string CopySeedsFor(DateTimeOffset today, string to)
    {
        var calendar = Path.Combine(CopySeeds(to), Calendar);
        var last = int.Parse(File.ReadLines(calendar).Last(l => l.Length > 0)[..4], CultureInfo.InvariantCulture);
        for (var year = last + 1; year <= today.Year + 1; year++)
        {
            File.AppendAllLines(calendar, Festivals.Select(f => $"{year}-{f.Day},holiday,{f.Festival}"));
        }

        return to;
    }
}
