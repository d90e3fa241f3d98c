using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Journal.Writing;

/// <summary>JSON of effects and work as stored; Chinese stays legible.</summary>
[JsonSerializable(typeof(Effect))]
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

    public static WorkItem ReadWork(string json) => JsonSerializer.Deserialize(json, Legible.WorkItem)!;

    public static Effect ReadEffect(string json) => JsonSerializer.Deserialize(json, Legible.Effect)!;
}
