using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>One key of a shape.</summary>
/// <param name="About">What it means, for the editor's hint.</param>
internal sealed record Key(string Name, SeedType Type, string About, bool Required = true);

/// <summary>A mapping with a closed set of keys: an unknown or missing one is a fault.</summary>
internal sealed record Shape(string Name, ImmutableArray<Key> Keys) : SeedType
{
    /// <summary>A key by which a file is built on another, which then may have the rest; null where there is none. Checked is what they
    /// come to; editors see the file alone.</summary>
    public string? BuiltOn { get; init; }

    /// <summary>Keys that each file has itself.</summary>
    public ImmutableArray<string> Own { get; init; } = [];

    public static Shape Words { get; } =
        new("words", [new("zh", ScalarType.Text, "In Chinese."), new("en", ScalarType.Text, "In English.")]);

    public override void Check(YamlNode node, Spot at)
    {
        if (node is not YamlMappingNode map)
        {
            at.Fault(node, $"a mapping of {string.Join(", ", Keys.Where(k => k.Required).Select(k => k.Name))}");
            return;
        }

        var present = map.Children.ToDictionary(pair => pair.Key.ToString(), StringComparer.Ordinal);
        foreach (var (name, pair) in present)
        {
            if (!Keys.Any(k => k.Name == name))
            {
                at.Faults.Add(
                    at.File,
                    (int)pair.Key.Start.Line,
                    at.Into(name).Path,
                    $"one of the keys {string.Join(", ", Keys.Select(k => k.Name))}",
                    $"'{name}'"
                );
            }
        }

        foreach (var key in Keys)
        {
            if (present.TryGetValue(key.Name, out var pair))
            {
                key.Type.Check(pair.Value, at.Into(key.Name));
            }
            else if (key.Required)
            {
                at.Faults.Add(at.File, (int)node.Start.Line, at.Into(key.Name).Path, "the key to be present");
            }
        }
    }

    public override JsonObject Schema(JsonObject definitions)
    {
        if (!definitions.ContainsKey(Name))
        {
            definitions[Name] = null;
            definitions[Name] = Body(definitions);
        }

        return new() { ["$ref"] = $"#/$defs/{Name}" };
    }

    /// <summary>The whole schema document of a file whose root has this shape.</summary>
    public JsonObject Document()
    {
        var definitions = new JsonObject();
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = Name };
        foreach (var (name, value) in Body(definitions))
        {
            document[name] = value?.DeepClone();
        }

        document["$defs"] = definitions;
        return document;
    }

    private JsonObject Body(JsonObject definitions)
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
        {
            var schema = key.Type.Schema(definitions);
            schema["description"] = key.About;
            properties[key.Name] = schema;
        }

        var required = Names(Keys.Where(k => k.Required).Select(k => k.Name));
        var body = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = BuiltOn is null ? required : Names(Own),
        };
        if (BuiltOn is { } other)
        {
            body["anyOf"] = new JsonArray(new JsonObject { ["required"] = Names([other]) }, new JsonObject { ["required"] = required });
        }

        body["properties"] = properties;
        return body;

        static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
    }
}
