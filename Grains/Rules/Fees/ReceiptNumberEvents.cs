using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Fees;

/// <summary>What stands on the stream of a receipt's number (财政票据号).</summary>
public abstract record ReceiptNumberEvent : RecordedEvent;

/// <summary>The number was used for a payment of a case; it belongs to that case for ever.</summary>
public sealed record ReceiptNumberUsed(string Case, DateTimeOffset At) : ReceiptNumberEvent
{
    public const string DurableName = "receipt-number.used";

    protected override string Name => DurableName;
}

/// <summary>A receipt's number as its stream says.</summary>
/// <param name="Case">Whose it is; null before it was used.</param>
public sealed record ReceiptNumberState(string? Case)
{
    public static ReceiptNumberState Empty { get; } = new((string?)null);
}
