using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Establishment;

namespace TownReform.Grains.Establishment;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PostFilled))]
[JsonSerializable(typeof(PostReleased))]
[JsonSerializable(typeof(EstablishmentRefused))]
[JsonSerializable(typeof(SnapshotBody<EstablishmentState>))]
internal sealed partial class EstablishmentJson : JsonSerializerContext;
