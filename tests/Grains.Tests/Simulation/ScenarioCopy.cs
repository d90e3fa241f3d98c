using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Grains.Tests.Seeds;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>A copy of the first year for a test to shorten or to break.</summary>
internal sealed class ScenarioCopy : IDisposable
{
    private const string Name = "small.yaml";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scenario-");

    public ScenarioCopy()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SeedCopy.Original, "scenarios"), "*.csv"))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        File.WriteAllText(FullPath, File.ReadAllText(Path.Combine(SeedCopy.Original, "scenarios", $"{ScenarioLoader.Default}.yaml")));
        Replace("scenario: first-year", "scenario: small");
    }

    public static SeedLibrary Seeds { get; } = SeedLoader.Load(SeedCopy.Original);

    public string FullPath => Path.Combine(folder.FullName, Name);

    /// <summary>Few cases and few weeks; what is ordered from above comes early.</summary>
    public static ScenarioCopy Small(string until = "2019-06-08", double demand = 0.08)
    {
        var copy = new ScenarioCopy();
        copy.Replace("until: 2020-04-08", FormattableString.Invariant($"until: {until}\ndemand_scale: {demand}"));
        copy.Replace("on: 2019-10-08, town: yandian", "on: 2019-04-15, town: yandian");
        copy.Replace("from_days_later: 30", "from_days_later: 14");
        copy.Replace("on: 2019-11-04, town: guyun", "on: 2019-04-16, town: guyun");
        copy.Replace("assessment: {on: 2019-12-30", $"assessment: {{on: {until}");
        return copy;
    }

    /// <summary>Replaces the first place where <paramref name="old"/> stands, which must be there.</summary>
    /// <returns>Its line.</returns>
    public int Replace(string old, string @new) => Replace(Name, old, @new);

    public int Replace(string file, string old, string @new)
    {
        var path = Path.Combine(folder.FullName, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{file} has no '{old}'");
        File.WriteAllText(path, text[..at] + @new + text[(at + old.Length)..]);
        return text[..at].Count(c => c == '\n') + 1;
    }

    public Scenario Load() => ScenarioLoader.Load(Seeds, FullPath);

    public IReadOnlyList<SeedFault> Faults() => Should.Throw<SeedException>(Load).Faults;

    public void Dispose() => folder.Delete(recursive: true);
}
