using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TownReform.Grains.Seeds;
using TownReform.Silo.Simulations;

namespace TownReform.Silo.Web.Simulate;

/// <summary>How a value of a scenario is filled in.</summary>
public enum ControlKind
{
    /// <summary>Several values under one heading.</summary>
    Group = 1,
    Number = 2,
    Date = 3,
    Choice = 4,
    Flag = 5,
    Text = 6,

    /// <summary>A list or a mapping of open keys: YAML.</summary>
    Yaml = 7,
}

/// <summary>A control of the form of a scenario, made from its schema.</summary>
/// <param name="Path">Keys that lead to the value, such as <c>leave.taken</c>.</param>
/// <param name="Label">What the schema says of it.</param>
/// <param name="IsRequired">A scenario must have it.</param>
public sealed record ScenarioControl(string Path, Words Label, ControlKind Kind, bool IsRequired)
{
    // What the scenario is and is built on, an order leaves as it is.
    private static readonly ImmutableArray<string> Fixed = ["scenario", "extends"];

    /// <summary>Least and most of a number, as the schema has them.</summary>
    public string Limits { get; init; } = "";

    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Controls of a group.</summary>
    public ImmutableArray<ScenarioControl> Parts { get; init; } = [];

    /// <summary>Name of its field.</summary>
    public string Name => SimulationRequest.ValueField + Path;

    /// <summary>The controls of a scenario, in the order of its schema. Its code isn't among them, nor what it is built on.</summary>
    public static ImmutableArray<ScenarioControl> All { get; } = OfSchema();

    /// <summary>All that can be filled in, those of groups too.</summary>
    public static ImmutableArray<ScenarioControl> Filled { get; } = [.. All.SelectMany(control => control.Leaves())];

    /// <summary>What was typed into it, as YAML: words are quoted, since they may look like anything. Of a group that need not be there
    /// and into which nothing was typed, nothing; what must be there and isn't is told as empty.</summary>
    internal string Yaml(ImmutableDictionary<string, string> typed)
    {
        var now = typed.GetValueOrDefault(Name, "");
        var group = All.First(control => control == this || control.Leaves().Contains(this));
        var mayGo = !IsRequired || (!group.IsRequired && group.Leaves().All(one => typed.GetValueOrDefault(one.Name, "").Length == 0));
        return now.Length == 0 ? (mayGo ? "" : "''")
            : Kind is ControlKind.Yaml or ControlKind.Number or ControlKind.Flag ? now
            : $"'{now.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private IEnumerable<ScenarioControl> Leaves() => Kind == ControlKind.Group ? Parts.SelectMany(part => part.Leaves()) : [this];

    private static ImmutableArray<ScenarioControl> OfSchema()
    {
        using var schema = JsonDocument.Parse(SeedSchema.Files["schema/scenario.schema.json"]);
        var root = schema.RootElement;
        return [.. Of(root, root, "")];
    }

    private static IEnumerable<ScenarioControl> Of(JsonElement root, JsonElement shape, string before)
    {
        var required = Required(shape).ToHashSet();
        foreach (var key in shape.GetProperty("properties").EnumerateObject().Where(key => before.Length > 0 || !Fixed.Contains(key.Name)))
        {
            var type = key.Value.TryGetProperty("$ref", out var named)
                ? root.GetProperty("$defs").GetProperty(named.GetString()!["#/$defs/".Length..])
                : key.Value;
            var about = key.Value.GetProperty("description").GetString()!;
            var path = before + key.Name;
            var kind = KindOf(type);
            yield return new(path, ScenarioWords.Of(about), kind, required.Contains(key.Name))
            {
                Limits = LimitsOf(type),
                Choices = type.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [],
                Parts = kind == ControlKind.Group ? [.. Of(root, type, path + ".")] : [],
            };
        }
    }

    // A file that is built on another needs less, but what it comes to needs all.
    private static IEnumerable<string?> Required(JsonElement shape) =>
        (shape.TryGetProperty("anyOf", out var ways) ? ways.EnumerateArray().Append(shape) : [shape])
            .SelectMany(way => way.GetProperty("required").EnumerateArray())
            .Select(key => key.GetString());

    private static ControlKind KindOf(JsonElement type) =>
        type.TryGetProperty("enum", out _)
            ? ControlKind.Choice
            : type.GetProperty("type").GetString() switch
            {
                "object" => type.TryGetProperty("properties", out _) ? ControlKind.Group : ControlKind.Yaml,
                "array" => ControlKind.Yaml,
                "number" or "integer" => ControlKind.Number,
                "boolean" => ControlKind.Flag,
                _ => type.TryGetProperty("format", out _) ? ControlKind.Date : ControlKind.Text,
            };

    private static string LimitsOf(JsonElement type)
    {
        var (least, most) = (Number(type, "minimum"), Number(type, "maximum"));
        return most is null ? ""
            : least is null ? FormattableString.Invariant($"> {Number(type, "exclusiveMinimum")}, ≤ {most}")
            : FormattableString.Invariant($"{least}–{most}");
    }

    private static string? Number(JsonElement type, string name) =>
        type.TryGetProperty(name, out var number) ? number.GetDecimal().ToString(CultureInfo.InvariantCulture) : null;
}
