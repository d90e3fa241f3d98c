using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Intake;

namespace TownReform.Grains.Intake;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(OpeningRefused))]
[JsonSerializable(typeof(SnapshotBody<IntakeState>))]
internal sealed partial class IntakeJson : JsonSerializerContext;
