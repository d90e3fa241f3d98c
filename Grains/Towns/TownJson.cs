using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(TownFounded))]
[JsonSerializable(typeof(TownSettled))]
[JsonSerializable(typeof(CaseNumbersReserved))]
[JsonSerializable(typeof(EffectSentAgain))]
[JsonSerializable(typeof(TownRefused))]
[JsonSerializable(typeof(SeedsTaken))]
[JsonSerializable(typeof(DueDaysFollowed))]
[JsonSerializable(typeof(SnapshotBody<TownState>))]
internal sealed partial class TownJson : JsonSerializerContext;
