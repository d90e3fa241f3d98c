using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Journal.Writing;

/// <summary>JSON of effects and lists as stored; Chinese stays legible.</summary>
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(WorkItem))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static StoredJson Legible { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(Effect effect) => JsonSerializer.SerializeToUtf8Bytes(effect, Legible.Effect);

    public static byte[] Write(WorkItem work) => JsonSerializer.SerializeToUtf8Bytes(work, Legible.WorkItem);

    public static Effect ReadEffect(string json) => JsonSerializer.Deserialize(json, Legible.Effect)!;

    public static byte[] Write(ImmutableArray<string> list) =>
        list.IsDefaultOrEmpty ? [(byte)'[', (byte)']'] : JsonSerializer.SerializeToUtf8Bytes(list, Legible.ImmutableArrayString);

    public static ImmutableArray<string> ReadList(string json) => JsonSerializer.Deserialize(json, Legible.ImmutableArrayString);
}
