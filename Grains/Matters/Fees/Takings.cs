using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Fees;

/// <summary>Where money that was collected is.</summary>
public enum TakingsState
{
    /// <summary>The channel has it for the treasury; the collector hasn't booked it (在途).</summary>
    OnTheWay = 1,

    /// <summary>It is booked to the treasury (已入库).</summary>
    Booked = 2,
}

/// <summary>What was collected on a case: collected = booked + on the way, each day (C5).</summary>
/// <param name="Collected">Yuan, as the channel reported it.</param>
/// <param name="Booked">Yuan, as the collector booked it; null while it is on the way.</param>
public readonly record struct Takings(decimal Collected, decimal? Booked)
{
    /// <summary>Label of cases with takings, and that of the day of payment.</summary>
    public const string Label = "takings",
        DayLabel = "paid-on";

    /// <summary>Fields of the amount paid, and of the receipt's number.</summary>
    public const string PaidField = "paid",
        ReceiptField = "receipt";

    public TakingsState State => Booked is null ? TakingsState.OnTheWay : TakingsState.Booked;

    /// <summary>Null for a case on which nothing was collected.</summary>
    public static Takings? Of(CaseFile file) => Of(file.Value);

    /// <param name="value">Value of a field by its name.</param>
    public static Takings? Of(Func<string, string?> value) =>
        FieldRules.TryMoney(value(PaidField), out var paid)
            ? new(paid, FieldRules.TryMoney(value("booked"), out var booked) ? booked : null)
            : null;

    /// <summary>Whether it is the fee that was collected, and that which was booked.</summary>
    public bool Balances(CaseFile file) =>
        FieldRules.TryMoney(file.Value(CaseFee.Fee), out var fee) && Collected == fee && (Booked is null || Booked == Collected);

    /// <summary>Value of the label.</summary>
    public static string ValueOf(TakingsState state) => state == TakingsState.Booked ? "booked" : "on-the-way";
}
