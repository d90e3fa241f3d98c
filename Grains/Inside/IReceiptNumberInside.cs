namespace TownReform.Grains.Inside;

/// <summary>The number of a receipt (财政票据号), which is used once only in a town (C5). Keyed world/town/number. Not for
/// clients.</summary>
[Alias("receipt-number-inside")]
public interface IReceiptNumberInside : IGrainWithStringKey
{
    /// <summary>Uses the number for a payment of a case. The same case may ask again; for another it is refused (7053).</summary>
    /// <param name="stamp">Of the payment's command.</param>
    [Alias("use")]
    Task<ReceiptUse> UseAsync(Stamp stamp, string @case);
}

/// <param name="Refusal">Why not; null when the number is the case's.</param>
[GenerateSerializer, Immutable, Alias("receipt-use")]
public sealed record ReceiptUse(Refusal? Refusal);
