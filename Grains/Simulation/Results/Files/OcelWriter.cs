using System.Globalization;
using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>
/// Spools one replication's part of an OCEL 2.0 log: events and objects, each to a file of its own. Memory grows with cases (one flag
/// each), not with events.
/// Times are UTC; an event's own is the end of the work on it, its attributes tell when the step became possible and when work began. Every
/// event has the kind
/// of its actor; a party is an attribute, officers are objects, and what the system did names nobody (a hand-over is related to those who
/// were given the case).
/// </summary>
internal sealed class OcelWriter : IDisposable
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("attributes");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Relationships = JsonEncodedText.Encode("relationships");
    private static readonly JsonEncodedText ObjectId = JsonEncodedText.Encode("objectId");
    private static readonly JsonEncodedText Qualifier = JsonEncodedText.Encode("qualifier");
    private static readonly JsonEncodedText Town = JsonEncodedText.Encode("town");
    private static readonly JsonEncodedText Procedure = JsonEncodedText.Encode("procedure");
    private static readonly JsonEncodedText Actor = JsonEncodedText.Encode("actor");
    private static readonly JsonEncodedText ByKind = JsonEncodedText.Encode("actor-kind");
    private static readonly JsonEncodedText Enabled = JsonEncodedText.Encode("enabled");
    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText Minutes = JsonEncodedText.Encode("minutes");
    private static readonly JsonEncodedText GivenTo = JsonEncodedText.Encode("to");
    private static readonly JsonEncodedText CaseOf = JsonEncodedText.Encode("case");
    private static readonly JsonEncodedText ItemOf = JsonEncodedText.Encode("item");
    private static readonly JsonEncodedText BureauOf = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText OfficerOf = JsonEncodedText.Encode("by");

    private readonly JsonSpool events;
    private readonly JsonSpool objects;
    private readonly OcelNames names;
    private readonly OcelObjects things;
    private readonly Dictionary<string, bool> finished = new(StringComparer.Ordinal);
    private readonly SortedSet<string> activities = new(StringComparer.Ordinal);
    private long written;

    /// <param name="prefix">Goes before each id; empty for a run of one replication.</param>
    public OcelWriter(string eventsPath, string objectsPath, string prefix, RunDirectory directory)
    {
        events = new JsonSpool(eventsPath);
        objects = new JsonSpool(objectsPath);
        names = new OcelNames(prefix);
        things = new OcelObjects(objects, names, directory);
    }

    /// <summary>The activities met so far: the event types.</summary>
    public IReadOnlyCollection<string> Activities => activities;

    public void Write(in TraceEvent happened)
    {
        finished.TryAdd(happened.Case, false);
        activities.Add(happened.Activity);
        var json = events.Begin();
        json.WriteStartObject();
        names.WriteEvent(json, Id, ++written);
        json.WriteString(Type, happened.Activity);
        OcelTime.Write(json, Time, happened.At);
        WriteAttributes(json, happened);
        WriteRelationships(json, happened);
        json.WriteEndObject();
        events.End();
    }

    public void Write(CaseRecord record)
    {
        finished[record.Number] = true;
        things.Case(record);
    }

    /// <summary>Writes what is still due and closes both files.</summary>
    public void Dispose()
    {
        foreach (var (number, told) in finished)
        {
            if (!told)
            {
                things.Unopened(number);
            }
        }

        events.Dispose();
        objects.Dispose();
    }

    private static void WriteAttributes(Utf8JsonWriter json, in TraceEvent happened)
    {
        json.WriteStartArray(Attributes);
        WriteAttribute(json, Town, happened.Town);
        WriteAttribute(json, Procedure, happened.Procedure);
        WriteAttribute(
            json,
            ByKind,
            happened.By switch
            {
                ActorKind.Officer => "officer",
                ActorKind.Party => "party",
                _ => "system",
            }
        );
        if (happened.Workplace is null && happened.By != ActorKind.System)
        {
            WriteAttribute(json, Actor, happened.Officers.Count == 1 ? happened.Officers[0] : string.Join(' ', happened.Officers));
        }

        WriteMoment(json, Enabled, happened.Enabled);
        WriteMoment(json, Start, happened.Start);
        if (happened.Minutes is { } minutes)
        {
            WriteAttribute(json, Minutes, minutes.ToString("0.00", CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }

    private void WriteRelationships(Utf8JsonWriter json, in TraceEvent happened)
    {
        json.WriteStartArray(Relationships);
        json.WriteStartObject();
        names.WriteCase(json, ObjectId, happened.Case);
        json.WriteString(Qualifier, CaseOf);
        json.WriteEndObject();
        if (things.Item(happened.Town, happened.Item) is { } item)
        {
            WriteRelated(json, item, ItemOf);
        }

        if (happened.Workplace is { } workplace)
        {
            WriteRelated(json, things.Bureau(workplace), BureauOf);
            for (var i = 0; i < happened.Officers.Count; i++)
            {
                WriteRelated(json, things.Officer(happened.Officers[i]), happened.By == ActorKind.System ? GivenTo : OfficerOf);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter json, JsonEncodedText name, string value)
    {
        json.WriteStartObject();
        json.WriteString(Name, name);
        json.WriteString(Value, value);
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset? at)
    {
        if (at is { } known)
        {
            json.WriteStartObject();
            json.WriteString(Name, name);
            OcelTime.Write(json, Value, known);
            json.WriteEndObject();
        }
    }

    private static void WriteRelated(Utf8JsonWriter json, JsonEncodedText id, JsonEncodedText qualifier)
    {
        json.WriteStartObject();
        json.WriteString(ObjectId, id);
        json.WriteString(Qualifier, qualifier);
        json.WriteEndObject();
    }
}
