using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>
/// The scenarios that one is built on: each says what it <c>extends</c>. Mappings are joined key by key, anything else takes the place of
/// what it stands over; a key with nothing behind it takes the other's away.
/// </summary>
/// <param name="byPath">Whether the scenario was named by its path: only then may it name files outside the seeds' scenarios, since whoever
/// names a path reads that machine's files anyway.</param>
internal sealed class ScenarioChain(SeedLibrary seeds, SeedFolder folder, FaultLog faults, bool byPath)
{
    /// <summary>The key by which a scenario names the one that it is built on.</summary>
    public const string Extends = "extends";

    // More would be a mistake, and each is read.
    private const int Longest = 10;
    private readonly JoinedFiles joined = new();
    private readonly List<string> chain = [];

    /// <summary>The files that the scenario is built on, the nearest first.</summary>
    public ImmutableArray<SeedFile> Files => joined.Files;

    /// <summary>Names by which they are extended, the nearest first.</summary>
    public ImmutableArray<string> Names => [.. chain];

    /// <summary>Joins a scenario's tree with those that it extends.</summary>
    /// <param name="root">The scenario as parsed; it is changed.</param>
    public void Join(YamlNode root, SeedFile file)
    {
        faults.Joined = joined;
        Join(root, file, [Path.GetFullPath(FullPath(file.Path))]);
    }

    private void Join(YamlNode root, SeedFile file, HashSet<string> above)
    {
        if (root is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(Extends), out var named))
        {
            return;
        }

        if (named is not YamlScalarNode { Value: { Length: > 0 } name } || !IsAllowed(name))
        {
            var expected = byPath ? "the name of a scenario, or a path that ends in .yaml" : "the name of a scenario in seeds/scenarios";
            new Spot(file.Path, Extends, faults).Fault(named, expected);
        }
        else if (
            Known(name, file, (int)named.Start.Line, above) is { } other
            && YamlPart.Mapping(other, joined.Add(other), faults) is { } below
        )
        {
            chain.Add(name);
            Join(below, other, above);
            Overlay(below, map);
            map.Children.Clear();
            foreach (var (key, value) in below.Children)
            {
                map.Children.Add(key, value);
            }
        }
    }

    // The file of that name, unless it is built on this one.
    private SeedFile? Known(string name, SeedFile from, int line, HashSet<string> above)
    {
        if (Find(name, from) is not { } path)
        {
            faults.Add(from.Path, line, Extends, $"one of {string.Join(", ", ScenarioFiles.List(seeds.Folder))}", $"'{name}'");
            return null;
        }

        if (!above.Add(Path.GetFullPath(FullPath(path))))
        {
            faults.Add(from.Path, line, Extends, "a scenario that isn't built on this one", $"'{name}'");
            return null;
        }

        if (above.Count > Longest)
        {
            faults.Add(from.Path, line, Extends, $"at most {Longest} scenarios, each built on the next", $"'{name}'");
            return null;
        }

        return folder.Read(path);
    }

    private static void Overlay(YamlMappingNode below, YamlMappingNode over)
    {
        foreach (var (key, value) in over.Children)
        {
            if (IsNothing(value))
            {
                below.Children.Remove(key);
            }
            else if (value is YamlMappingNode mapping && below.Children.TryGetValue(key, out var was) && was is YamlMappingNode under)
            {
                Overlay(under, mapping);
            }
            else
            {
                // The key goes with its value, so that both are told by the same line.
                below.Children.Remove(key);
                below.Children.Add(key, value);
            }
        }
    }

    private static bool IsNothing(YamlNode value) =>
        value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private bool IsAllowed(string name) =>
        byPath ? ScalarType.Code.Accepts(name) || ScenarioFiles.IsFile(name) : ScalarType.Code.Accepts(name);

    private string? Find(string name, SeedFile from) =>
        ScenarioFiles.IsFile(name) ? Existing(Path.Combine(Path.GetDirectoryName(from.Path) ?? "", name))
        : ScenarioFiles.List(seeds.Folder).Contains(name)
            ? Existing(byPath ? Path.Combine(Path.GetFullPath(seeds.Folder), ScenarioFiles.PathOf(name)) : ScenarioFiles.PathOf(name))
        : null;

    private string? Existing(string path) => folder.Has(path) ? path : null;

    private string FullPath(string path) => byPath ? path : Path.Combine(seeds.Folder, path);
}
