using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Counties;

namespace TownReform.Grains.Counties;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(FilingReceived))]
[JsonSerializable(typeof(FilingAnswered))]
[JsonSerializable(typeof(InterferenceRecorded))]
[JsonSerializable(typeof(FilingRefused))]
[JsonSerializable(typeof(SnapshotBody<FilingState>))]
internal sealed partial class FilingJson : JsonSerializerContext;
