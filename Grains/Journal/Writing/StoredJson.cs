using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Journal.Writing;

/// <summary>JSON of effects and work as stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(WorkItem))]
[JsonSerializable(typeof(ImmutableArray<CaseLabel>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static byte[] Write(Effect effect) => RecordedJson.Write(effect, Default.Effect);

    public static byte[] Write(WorkItem work) => RecordedJson.Write(work, Default.WorkItem);

    /// <summary>Labels of a case; null where it has none.</summary>
    public static byte[]? Write(ImmutableArray<CaseLabel> labels) =>
        labels.IsEmpty ? null : RecordedJson.Write(labels, Default.ImmutableArrayCaseLabel);

    public static ImmutableArray<CaseLabel> ReadLabels(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, Default.ImmutableArrayCaseLabel);

    /// <inheritdoc cref="ReadWorkStrictly"/>
    public static ImmutableArray<CaseLabel> ReadLabelsStrictly(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, Strict.ImmutableArrayCaseLabel);

    public static WorkItem ReadWork(string json) => JsonSerializer.Deserialize(json, Default.WorkItem)!;

    /// <summary>For audits: nothing may stand in it that isn't a work item's, and nothing twice.</summary>
    /// <exception cref="JsonException">Something does.</exception>
    public static WorkItem ReadWorkStrictly(string json) => JsonSerializer.Deserialize(json, Strict.WorkItem)!;

    private static readonly StoredJson Strict = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
        }
    );

    public static Effect ReadEffect(string json) => JsonSerializer.Deserialize(json, Default.Effect)!;
}
