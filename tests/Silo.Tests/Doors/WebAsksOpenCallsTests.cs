using System.Text.RegularExpressions;
using TownReform.Silo.Doors;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>Pages and API ask the town for nothing that isn't open to every client, so they run without a silo too
/// (<c>--role web</c>).</summary>
public sealed partial class WebAsksOpenCallsTests
{
    [Fact]
    public void Grains_ThatTheWebAsks_AreOpenToClients()
    {
        var open = OpenCalls.Interfaces.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var asked = new[] { "Api", "Identity", "Papers", "Web" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(SourceFolder.Path, "Silo", folder), "*.cs", SearchOption.AllDirectories)
            )
            .SelectMany(file =>
                Asked().Matches(File.ReadAllText(file)).Select(call => (File: Path.GetFileName(file), call.Groups[1].Value))
            )
            .ToList();
        asked.Count.ShouldBeGreaterThan(15, "the calls are not found any more");
        asked.Where(call => !open.Contains(call.Value)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(?:Get)?Grain<(\w+)>\(", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
