using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Fees;

namespace TownReform.Grains.Fees;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ReceiptNumberUsed))]
internal sealed partial class ReceiptNumberJson : JsonSerializerContext;

/// <summary>How the streams of receipts' numbers are written and read back.</summary>
public static class ReceiptNumberRecord
{
    public static EventCodec<ReceiptNumberEvent> Events { get; } =
        new((ReceiptNumberUsed.DurableName, ReceiptNumberJson.Default.ReceiptNumberUsed));
}
