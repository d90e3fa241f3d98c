using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Powers;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CatalogueFounded))]
[JsonSerializable(typeof(PowerAdjusted))]
[JsonSerializable(typeof(CatalogueRefused))]
[JsonSerializable(typeof(SnapshotBody<CatalogueState>))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
