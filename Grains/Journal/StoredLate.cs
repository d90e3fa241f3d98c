using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Journal;

/// <summary>A late entry as the record keeps it: JSON with its reason and its paper.</summary>
public static class StoredLate
{
    public static string? Write(LateEntry? late) => late is null ? null : JsonSerializer.Serialize(late, StoredLateJson.Default.LateEntry);

    /// <returns>Null for none, and for what was never written so.</returns>
    public static LateEntry? Read(string? stored)
    {
        try
        {
            return stored is null ? null : JsonSerializer.Deserialize(stored, StoredLateJson.Default.LateEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LateEntry))]
internal sealed partial class StoredLateJson : JsonSerializerContext;
