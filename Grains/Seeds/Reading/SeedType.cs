using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>What a YAML node must look like. The loaders' checks and the editors' JSON Schema are both made from it, so that they can't
/// part.</summary>
internal abstract record SeedType
{
    public abstract void Check(YamlNode node, Spot at);

    /// <summary>The JSON Schema (2020-12) of this type; named shapes go to <paramref name="definitions"/>.</summary>
    public abstract JsonObject Schema(JsonObject definitions);
}

/// <summary>Where a node stands: its file and the keys that lead to it.</summary>
internal sealed record Spot(string File, string Path, FaultLog Faults)
{
    public Spot Into(string key) => this with { Path = Path.Length == 0 ? key : $"{Path}.{key}" };

    public void Fault(YamlNode node, string expected) =>
        Faults.Add(File, (int)node.Start.Line, Path.Length == 0 ? "document" : Path, expected, Describe(node));

    private static string Describe(YamlNode node) =>
        node switch
        {
            YamlScalarNode { Value: { Length: > 0 } value } => $"'{value}'",
            YamlSequenceNode => "a list",
            YamlMappingNode => "a mapping",
            _ => "nothing",
        };
}

/// <summary>A list of nodes of one type.</summary>
internal sealed record ListType(SeedType Item, int Least = 0, int Most = int.MaxValue) : SeedType
{
    public override void Check(YamlNode node, Spot at)
    {
        if (node is not YamlSequenceNode list)
        {
            at.Fault(node, "a list");
            return;
        }

        if (list.Children.Count < Least)
        {
            at.Faults.Add(at.File, (int)node.Start.Line, at.Path, $"at least {Least} entries", $"{list.Children.Count}");
        }

        if (list.Children.Count > Most)
        {
            at.Faults.Add(at.File, (int)node.Start.Line, at.Path, $"at most {Most} entries", $"{list.Children.Count}");
        }

        for (var i = 0; i < list.Children.Count; i++)
        {
            Item.Check(list.Children[i], at with { Path = $"{at.Path}[{i}]" });
        }
    }

    public override JsonObject Schema(JsonObject definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Item.Schema(definitions) };
        if (Least > 0)
        {
            schema["minItems"] = Least;
        }

        if (Most < int.MaxValue)
        {
            schema["maxItems"] = Most;
        }

        return schema;
    }
}

/// <summary>A mapping whose keys the file chooses and whose values are of one type.</summary>
internal sealed record MapType(ScalarType KeyType, SeedType Item, int Least = 0) : SeedType
{
    public override void Check(YamlNode node, Spot at)
    {
        if (node is not YamlMappingNode map)
        {
            at.Fault(node, "a mapping");
            return;
        }

        if (map.Children.Count < Least)
        {
            at.Faults.Add(at.File, (int)node.Start.Line, at.Path, $"at least {Least} entries", $"{map.Children.Count}");
        }

        foreach (var (key, value) in map.Children)
        {
            KeyType.Check(key, at);
            Item.Check(value, at.Into(key.ToString()));
        }
    }

    public override JsonObject Schema(JsonObject definitions)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = KeyType.Schema(definitions),
            ["additionalProperties"] = Item.Schema(definitions),
        };
        if (Least > 0)
        {
            schema["minProperties"] = Least;
        }

        return schema;
    }
}
