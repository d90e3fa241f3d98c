using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Ids of an OCEL log: <c>case/…</c>, <c>item/…</c>, <c>bureau/…</c>, <c>officer/…</c>, behind <c>r2/</c> where a log holds
/// several replications. Those that come again and again are kept encoded.</summary>
internal sealed class OcelNames(string prefix)
{
    private const int LongestCase = 120;
    private readonly Dictionary<(string Town, string Item), JsonEncodedText> items = [];
    private readonly Dictionary<string, JsonEncodedText> bureaus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonEncodedText> officers = new(StringComparer.Ordinal);

    /// <summary>The id of an item, and whether it is met for the first time.</summary>
    public bool IsNewItem(string town, string item, out JsonEncodedText id)
    {
        if (items.TryGetValue((town, item), out id))
        {
            return false;
        }

        id = Encode($"{prefix}item/{town}/{item}");
        items.Add((town, item), id);
        return true;
    }

    public bool IsNewBureau(string workplace, out JsonEncodedText id) => IsNew(bureaus, "bureau/", workplace, out id);

    public bool IsNewOfficer(string officer, out JsonEncodedText id) => IsNew(officers, "officer/", officer, out id);

    /// <summary>Writes the id of a case without keeping anything of it.</summary>
    public void WriteCase(Utf8JsonWriter json, JsonEncodedText property, string number)
    {
        if (number.Length > LongestCase)
        {
            json.WriteString(property, $"{prefix}case/{number}");
            return;
        }

        Span<char> id = stackalloc char[LongestCase + 32];
        id.TryWrite(CultureInfo.InvariantCulture, $"{prefix}case/{number}", out var length);
        json.WriteString(property, id[..length]);
    }

    public void WriteEvent(Utf8JsonWriter json, JsonEncodedText property, long ordinal)
    {
        Span<char> id = stackalloc char[48];
        id.TryWrite(CultureInfo.InvariantCulture, $"{prefix}e{ordinal}", out var length);
        json.WriteString(property, id[..length]);
    }

    private bool IsNew(Dictionary<string, JsonEncodedText> known, string kind, string name, out JsonEncodedText id)
    {
        if (known.TryGetValue(name, out id))
        {
            return false;
        }

        id = Encode($"{prefix}{kind}{name}");
        known.Add(name, id);
        return true;
    }

    private static JsonEncodedText Encode(string id) => JsonEncodedText.Encode(id, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
