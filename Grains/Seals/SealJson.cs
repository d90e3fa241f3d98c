using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Seals;

namespace TownReform.Grains.Seals;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CertificateIssued))]
[JsonSerializable(typeof(CertificateTold))]
[JsonSerializable(typeof(SnapshotBody<SealState>))]
internal sealed partial class SealJson : JsonSerializerContext;
