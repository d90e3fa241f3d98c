using System.Text.Json.Serialization;

namespace TownReform.Grains.Receipts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(JwsHead))]
[JsonSerializable(typeof(JsonWebKeySet))]
[JsonSerializable(typeof(KeyFileContent))]
[JsonSerializable(typeof(SignedContent))]
[JsonSerializable(typeof(CheckpointContent))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
