using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Journal.Writing;

/// <summary>JSON of effects and work as stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(WorkItem))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static byte[] Write(Effect effect) => RecordedJson.Write(effect, Default.Effect);

    public static byte[] Write(WorkItem work) => RecordedJson.Write(work, Default.WorkItem);

    public static WorkItem ReadWork(string json) => JsonSerializer.Deserialize(json, Default.WorkItem)!;

    public static Effect ReadEffect(string json) => JsonSerializer.Deserialize(json, Default.Effect)!;
}
