using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Tests.Fixtures;

/// <summary>The seeds of the repository.</summary>
public static class RealSeeds
{
    public static string Folder { get; } = Path.Combine(SourceFolder.Path, "seeds");

    public static SeedLibrary Library { get; } = SeedLoader.Load(Folder);

    public static TownPlan Yandian => Library.Towns["yandian"];

    public static TownPlan Guyun => Library.Towns["guyun"];

    /// <summary>The first delegated item of a kind and in-flight rule.</summary>
    public static PowerItem Item(this TownPlan plan, string kind, InFlightRule inFlight = InFlightRule.Finish) =>
        plan.Items.Values.OrderBy(i => i.Code, StringComparer.Ordinal).First(i => i.Kind == kind && i.InFlight == inFlight && !i.Retained);

    /// <summary>The first item that law keeps at the county. Items have no order of their own, and it is another in each process.</summary>
    public static PowerItem RetainedItem(this TownPlan plan) =>
        plan.Items.Values.OrderBy(i => i.Code, StringComparer.Ordinal).First(i => i.Retained);

    /// <summary>The C# files of a folder of the repository, without what the build makes.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, "..", folder), "*.cs", SearchOption.AllDirectories).Select(f => f.Replace('\\', '/'));
}
