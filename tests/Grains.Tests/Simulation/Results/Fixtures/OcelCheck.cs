using System.Globalization;
using System.Text.Json;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>What OCEL 2.0 asks of a log beyond being JSON: declared types and attributes, readable values, unique ids, relationships that
/// lead somewhere.</summary>
internal sealed class OcelCheck
{
    private readonly List<string> faults = [];
    private readonly HashSet<string> objectIds = [];

    public static IReadOnlyList<string> Faults(JsonElement log)
    {
        var check = new OcelCheck();
        var (objects, events) = (Types(log, "objectTypes"), Types(log, "eventTypes"));
        foreach (var thing in log.GetProperty("objects").EnumerateArray())
        {
            check.Unique(check.objectIds, thing);
            check.Attributes(thing, objects, timed: true);
        }

        var eventIds = new HashSet<string>();
        foreach (var happened in log.GetProperty("events").EnumerateArray())
        {
            check.Unique(eventIds, happened);
            check.Moment(happened.GetProperty("time"));
            check.Demand(happened.GetProperty("time").GetString()!.Length == 28, happened, "time is not of the fixed width");
            check.ActorOf(happened);
            check.Attributes(happened, events, timed: false);
        }

        foreach (var each in log.GetProperty("objects").EnumerateArray().Concat(log.GetProperty("events").EnumerateArray()))
        {
            check.Relationships(each);
        }

        return check.faults;
    }

    private static Dictionary<string, Dictionary<string, string>> Types(JsonElement log, string name) =>
        log.GetProperty(name)
            .EnumerateArray()
            .ToDictionary(
                t => t.GetProperty("name").GetString()!,
                t =>
                    t.GetProperty("attributes")
                        .EnumerateArray()
                        .ToDictionary(a => a.GetProperty("name").GetString()!, a => a.GetProperty("type").GetString()!)
            );

    private void Unique(HashSet<string> ids, JsonElement each) =>
        Demand(ids.Add(each.GetProperty("id").GetString()!), each, "id is not unique");

    private void Attributes(JsonElement each, Dictionary<string, Dictionary<string, string>> types, bool timed)
    {
        if (!types.TryGetValue(each.GetProperty("type").GetString()!, out var declared))
        {
            faults.Add($"undeclared type: {each}");
            return;
        }

        foreach (var attribute in each.GetProperty("attributes").EnumerateArray())
        {
            var type = declared.GetValueOrDefault(attribute.GetProperty("name").GetString()!);
            Demand(
                type is not null && Fits(attribute.GetProperty("value").GetString()!, type),
                each,
                "attribute is undeclared or of another type"
            );
            if (timed)
            {
                Moment(attribute.GetProperty("time"));
            }
        }
    }

    private void Relationships(JsonElement each)
    {
        foreach (var relationship in each.GetProperty("relationships").EnumerateArray())
        {
            Demand(objectIds.Contains(relationship.GetProperty("objectId").GetString()!), each, "relationship leads nowhere");
            Demand(relationship.GetProperty("qualifier").GetString() is { Length: > 0 }, each, "relationship has no qualifier");
        }
    }

    // One rule for who acted: a kind always; the system names nobody, a party is an attribute, officers are objects.
    private void ActorOf(JsonElement happened)
    {
        var attributes = happened
            .GetProperty("attributes")
            .EnumerateArray()
            .ToDictionary(a => a.GetProperty("name").GetString()!, a => a.GetProperty("value").GetString()!);
        var by = happened.GetProperty("relationships").EnumerateArray().Count(r => r.GetProperty("qualifier").ValueEquals("by"));
        Demand(
            attributes.GetValueOrDefault("actor-kind") switch
            {
                "system" => by == 0 && !attributes.ContainsKey("actor"),
                "party" => by == 0 && attributes.ContainsKey("actor"),
                "officer" => by > 0 != attributes.ContainsKey("actor"),
                _ => false,
            },
            happened,
            "actor isn't told by the one rule"
        );
        if (attributes.TryGetValue("start", out var start))
        {
            Demand(string.CompareOrdinal(start, happened.GetProperty("time").GetString()) <= 0, happened, "begins after its end");
            Demand(string.CompareOrdinal(attributes["enabled"], start) <= 0, happened, "begins before it was possible");
        }
    }

    private void Moment(JsonElement time) =>
        Demand(time.GetString()!.EndsWith('Z') && time.TryGetDateTimeOffset(out _), time, "is not a moment in UTC");

    private static bool Fits(string value, string type) =>
        type switch
        {
            "string" => true,
            "integer" => long.TryParse(value, CultureInfo.InvariantCulture, out _),
            "float" => double.TryParse(value, CultureInfo.InvariantCulture, out _),
            "boolean" => value is "true" or "false",
            "time" => value.Length == 28 && value.EndsWith('Z') && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
            _ => false,
        };

    private void Demand(bool holds, JsonElement on, string fault)
    {
        if (!holds)
        {
            faults.Add($"{fault}: {on}");
        }
    }
}
