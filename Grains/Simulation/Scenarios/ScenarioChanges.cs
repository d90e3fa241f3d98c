using System.Collections.Immutable;
using TownReform.Grains.Seeds.Reading;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Puts an order's own values into a scenario before it is checked, so that they meet the same checks as the file's.</summary>
internal static class ScenarioChanges
{
    /// <param name="root">The scenario's file as parsed; it is changed.</param>
    /// <param name="values">YAML by path, such as <c>leave.taken</c>; an empty text takes the key away. Lines of faults
    /// count within it.</param>
    /// <param name="path">The scenario's file, for faults.</param>
    public static void Apply(YamlNode root, ImmutableArray<Field> values, string path, FaultLog faults)
    {
        foreach (var (name, yaml) in values)
        {
            var keys = name.Split('.');
            if (keys[0] == ScenarioChain.Extends)
            {
                faults.Add(path, 1, name, "another key: what a scenario extends is read before it is changed");
            }
            else if (string.IsNullOrWhiteSpace(yaml))
            {
                Remove(root, keys);
            }
            else if (YamlPart.Parse(yaml, new Spot(path, name, faults)) is { } node)
            {
                Put(root, keys, node, new Spot(path, name, faults));
            }
        }
    }

    /// <summary>What stands at a path; null where nothing does.</summary>
    public static YamlNode? Find(YamlNode root, string path) => path.Split('.').Aggregate((YamlNode?)root, Child);

    private static void Put(YamlNode root, string[] keys, YamlNode node, Spot at)
    {
        var within = root as YamlMappingNode;
        foreach (var key in keys[..^1])
        {
            if (within is not null && Child(within, key) is null)
            {
                within.Children[new YamlScalarNode(key)] = new YamlMappingNode();
            }

            within = Child(within, key) as YamlMappingNode;
        }

        if (within is null)
        {
            at.Fault(node, "one of the keys of the scenario");
            return;
        }

        within.Children[new YamlScalarNode(keys[^1])] = node;
    }

    // Of a group whose last key goes, nothing stays.
    private static void Remove(YamlNode root, string[] keys)
    {
        if (Find(root, string.Join('.', keys)) is null)
        {
            return;
        }

        var within = keys.Length == 1 ? root : Find(root, string.Join('.', keys[..^1]))!;
        ((YamlMappingNode)within).Children.Remove(new YamlScalarNode(keys[^1]));
        if (keys.Length > 1 && ((YamlMappingNode)within).Children.Count == 0)
        {
            Remove(root, keys[..^1]);
        }
    }

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
}
