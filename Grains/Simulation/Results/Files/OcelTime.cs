using System.Globalization;
using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Moments of an event log: UTC, always 28 characters (<c>2019-04-09T01:02:03.0000000Z</c>), so that the order of the text is the
/// order of time.</summary>
internal static class OcelTime
{
    private const int Width = 28;

    public static void Write(Utf8JsonWriter json, JsonEncodedText property, DateTimeOffset at)
    {
        Span<char> text = stackalloc char[Width];
        at.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        json.WriteString(property, text);
    }
}
