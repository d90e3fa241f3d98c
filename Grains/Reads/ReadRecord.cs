using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Reads;

namespace TownReform.Grains.Reads;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(FilesRead))]
internal sealed partial class ReadJson : JsonSerializerContext;

/// <summary>How streams of the read log are written and read back.</summary>
public static class ReadRecord
{
    public static EventCodec<ReadEvent> Events { get; } = new((FilesRead.DurableName, ReadJson.Default.FilesRead));
}
