using System.Globalization;
using System.Text.Json;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Spools the objects of an OCEL log: bureaus, officers and items when they are first met, a case when it is told as
/// finished.</summary>
internal sealed class OcelObjects(JsonSpool spool, OcelNames names, RunDirectory directory)
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText ObjectId = JsonEncodedText.Encode("objectId");

    private static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");

    /// <summary>Initial values hold from the beginning of time, as the standard has it.</summary>
    private const string Always = "1970-01-01T00:00:00Z";

    public JsonEncodedText Bureau(string workplace)
    {
        if (names.IsNewBureau(workplace, out var id))
        {
            var json = Begin(id, OcelSchema.Bureau);
            if (directory.Workplaces.TryGetValue(workplace, out var name))
            {
                Initial(json, "name-zh", name.Zh);
                Initial(json, "name-en", name.En);
            }

            End(json);
        }

        return id;
    }

    public JsonEncodedText Officer(string officer)
    {
        if (names.IsNewOfficer(officer, out var id))
        {
            // The bureau's object goes first: a spool writes one value at a time.
            JsonEncodedText? bureau = directory.Staff.TryGetValue(officer, out var workplace) ? Bureau(workplace) : null;
            var json = Begin(id, OcelSchema.Officer);
            json.WriteEndArray();
            json.WriteStartArray("relationships");
            if (bureau is { } of)
            {
                Related(json, of, "belongs-to");
            }

            json.WriteEndArray();
            json.WriteEndObject();
            spool.End();
        }

        return id;
    }

    /// <summary>Null when the code isn't an item of the town's catalogue (a secondment is about a person).</summary>
    public JsonEncodedText? Item(string town, string item)
    {
        if (!directory.Items.TryGetValue((town, item), out var entry))
        {
            return null;
        }

        if (names.IsNewItem(town, item, out var id))
        {
            var json = Begin(id, OcelSchema.Item);
            Initial(json, "town", town);
            Initial(json, "kind", entry.Kind);
            Initial(json, "field", entry.Field);
            Initial(json, "name-zh", entry.Name.Zh);
            Initial(json, "name-en", entry.Name.En);
            End(json);
        }

        return id;
    }

    /// <summary>A finished case with its last values, timed at its end.</summary>
    public void Case(CaseRecord record)
    {
        var item = Item(record.Town, record.Subject);
        JsonEncodedText? person = item is null && directory.Staff.ContainsKey(record.Subject) ? Officer(record.Subject) : null;
        var json = BeginCase(record.Number);
        WriteBeginning(json, record);
        WriteEnd(json, record);
        json.WriteEndArray();
        json.WriteStartArray("relationships");
        if ((item ?? person) is { } about)
        {
            Related(json, about, "about");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        spool.End();
    }

    /// <summary>A number that events name although no case came to be: a refused opening.</summary>
    public void Unopened(string number) => End(BeginCase(number));

    private static void WriteBeginning(Utf8JsonWriter json, CaseRecord record)
    {
        Initial(json, "town", record.Town);
        Initial(json, "procedure", record.Procedure);
        Initial(json, "kind", record.Kind);
        Initial(json, "organisation", Flag(record.Organisation));
        Initial(json, "green", Flag(record.Green));
        if (record.LimitDays is { } limit)
        {
            Initial(json, "limit-days", limit.ToString(CultureInfo.InvariantCulture));
            Initial(json, "limit-unit", record.LimitUnit == DayUnit.Working ? "working" : "calendar");
        }

        Attribute(json, "disposition", "open", record.OpenedAt);
    }

    private static void WriteEnd(Utf8JsonWriter json, CaseRecord record)
    {
        var at = record.EndedAt ?? record.OpenedAt;
        if (record.EndedAt is not null)
        {
            Attribute(json, "disposition", Codes.Of(record.Disposition), at);
            Attribute(json, "used-days", record.UsedDays.ToString(CultureInfo.InvariantCulture), at);
        }

        if (record.Ending is { } ending)
        {
            Attribute(json, "ending", ending, at);
        }

        if (record.OnTime is { } onTime)
        {
            // What is open is late from the day on which its limit had passed.
            Attribute(
                json,
                "on-time",
                Flag(onTime),
                record is { EndedAt: null, LateOn: { } late }
                    ? new DateTimeOffset(late.ToDateTime(TimeOnly.MinValue), record.OpenedAt.Offset)
                    : at
            );
        }

        Attribute(json, "visits", record.Visits.ToString(CultureInfo.InvariantCulture), at);
        Attribute(json, "refusals", record.Refusals.ToString(CultureInfo.InvariantCulture), at);
        if (record.Certificate is { } certificate)
        {
            Attribute(json, "certificate", certificate, at);
        }

        if (record.Fine != 0)
        {
            Attribute(json, "fine", record.Fine.ToString("0.00", CultureInfo.InvariantCulture), at);
        }
    }

    private Utf8JsonWriter Begin(JsonEncodedText id, string type)
    {
        var json = spool.Begin();
        json.WriteStartObject();
        json.WriteString(Id, id);
        json.WriteString("type", type);
        json.WriteStartArray("attributes");
        return json;
    }

    private Utf8JsonWriter BeginCase(string number)
    {
        var json = spool.Begin();
        json.WriteStartObject();
        names.WriteCase(json, Id, number);
        json.WriteString("type", OcelSchema.Case);
        json.WriteStartArray("attributes");
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteStartArray("relationships");
        json.WriteEndArray();
        json.WriteEndObject();
        spool.End();
    }

    private static void Initial(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteString("time", Always);
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string name, string value, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        OcelTime.Write(json, Time, at);
        json.WriteEndObject();
    }

    private static void Related(Utf8JsonWriter json, JsonEncodedText id, string qualifier)
    {
        json.WriteStartObject();
        json.WriteString(ObjectId, id);
        json.WriteString("qualifier", qualifier);
        json.WriteEndObject();
    }

    private static string Flag(bool flag) => flag ? "true" : "false";
}
