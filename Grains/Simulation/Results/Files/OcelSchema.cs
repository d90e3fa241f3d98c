using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Types of the event log: object types with their attributes, and the attributes that every event type has.</summary>
/// <remarks>OCEL 2.0 JSON gives every attribute value as a string; its declared type says how to read it.</remarks>
internal static class OcelSchema
{
    public const string Case = "case";
    public const string Item = "item";
    public const string Bureau = "bureau";
    public const string Officer = "officer";

    private static readonly (string Name, string Type)[] CaseAttributes =
    [
        ("town", "string"),
        ("procedure", "string"),
        ("kind", "string"),
        ("organisation", "boolean"),
        ("green", "boolean"),
        ("disposition", "string"),
        ("ending", "string"),
        ("on-time", "boolean"),
        ("used-days", "integer"),
        ("limit-days", "integer"),
        ("limit-unit", "string"),
        ("visits", "integer"),
        ("refusals", "integer"),
        ("certificate", "string"),
        ("fine", "float"),
    ];

    private static readonly (string Name, string Type)[] ItemAttributes =
    [
        ("town", "string"),
        ("kind", "string"),
        ("field", "string"),
        ("name-zh", "string"),
        ("name-en", "string"),
    ];

    private static readonly (string Name, string Type)[] BureauAttributes = [("name-zh", "string"), ("name-en", "string")];

    private static readonly (string Name, string Type)[] EventAttributes =
    [
        ("town", "string"),
        ("procedure", "string"),
        ("actor-kind", "string"),
        ("actor", "string"),
        ("enabled", "time"),
        ("start", "time"),
        ("minutes", "float"),
    ];

    public static void WriteObjectTypes(Utf8JsonWriter json)
    {
        json.WriteStartArray("objectTypes");
        WriteType(json, Case, CaseAttributes);
        WriteType(json, Item, ItemAttributes);
        WriteType(json, Bureau, BureauAttributes);
        WriteType(json, Officer, []);
        json.WriteEndArray();
    }

    public static void WriteEventTypes(Utf8JsonWriter json, IEnumerable<string> activities)
    {
        json.WriteStartArray("eventTypes");
        foreach (var activity in activities)
        {
            WriteType(json, activity, EventAttributes);
        }

        json.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter json, string name, (string Name, string Type)[] attributes)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("attributes");
        foreach (var (attribute, type) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("name", attribute);
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
