using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The fee of a case (收费, B7, C5): that of its item's version in force on the day of opening, which the town itself fills in.
/// Whatever becomes of the item later, the case keeps it.</summary>
public static class CaseFee
{
    /// <summary>Fields that the town fills in: the fee in yuan, and whether it is paid before the result is handed out.</summary>
    public const string Fee = "fee",
        Due = "fee-due";

    /// <summary>Values of <see cref="Due"/>.</summary>
    public const string BeforeDelivery = "before-delivery",
        AfterDelivery = "after-delivery";

    /// <summary>Way of the procedures to whose fees this applies; what the county decides it charges itself.</summary>
    internal const string Route = "town";

    internal static ImmutableArray<(string Name, FieldType Type)> Fields { get; } = [(Fee, FieldType.Money), (Due, FieldType.Choice)];

    /// <summary>Whether an item with that fee goes by a procedure: one with a fee by those that collect it, one without by the
    /// others.</summary>
    public static bool Fits(Procedure procedure, ItemFee fee) => procedure.Route != Route || procedure.Charges == fee.Amount > 0;

    /// <summary>Whether a procedure takes an item on a day, as clients are told both: by its kind, and by whether the item has a fee
    /// then.</summary>
    public static bool Takes(ListedProcedure procedure, ListedItem item, DateOnly day) =>
        procedure.Kinds.Contains(item.Retained ? ListedItem.RetainedKind : item.Kind)
        && (procedure.Route != Route || procedure.Charges == FeeOn(item, day) > 0);

    /// <summary>Fields of an opening as they were given, without what the town filled in.</summary>
    public static ImmutableArray<Field> Given(Procedure procedure, ImmutableArray<Field> fields) =>
        procedure.Charges ? [.. fields.Where(field => field.Name is not (Fee or Due))] : fields;

    /// <param name="day">Day of opening; its version of the item counts.</param>
    internal static Refusal? Check(Procedure procedure, PowerItem? item, DateOnly day) =>
        item is null || Fits(procedure, item.On(day).Fee) ? null : Differs(procedure, item, item.On(day).Fee.Amount);

    /// <summary>What is filled in at the opening, with the fee where the procedure collects one.</summary>
    internal static ImmutableArray<Field> Fill(Procedure procedure, PowerItem? item, DateOnly day, ImmutableArray<Field> given) =>
        procedure.Charges && item?.On(day).Fee is { } fee
            ? given.Add(new(Fee, Yuan(fee.Amount))).Add(new(Due, fee.BeforeDelivery ? BeforeDelivery : AfterDelivery))
            : given;

    /// <summary>The act by which the payment is reported at a step; null where none is waited for.</summary>
    public static ActRule? PaymentAt(Procedure procedure, string step) =>
        procedure.Charges ? procedure.Steps.GetValueOrDefault(step)?.Acts.Values.FirstOrDefault(act => act.Claims is not null) : null;

    /// <summary>Yuan to the fen, as fields carry it.</summary>
    public static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);

    private static decimal FeeOn(ListedItem item, DateOnly day) =>
        item.Fees.IsDefault ? 0 : item.Fees.LastOrDefault(fee => fee.From <= day).Yuan;

    private static Refusal Differs(Procedure procedure, PowerItem item, decimal fee) =>
        CaseRefusals.No(
            RefusalCode.FeeAndProcedureDiffer,
            "C5",
            procedure.Charges
                ? $"事项 {item.Code} 不收费，不适用收费程序“{procedure.Name.Zh}”；请按其办事指南所列程序办理。"
                : $"事项 {item.Code} 依法收费 {fee:F2} 元，程序“{procedure.Name.Zh}”没有收费环节；请按其办事指南所列程序办理。",
            procedure.Charges
                ? $"Item {item.Code} has no fee, and '{procedure.Code}' is for items with one; go by a procedure that its guide lists."
                : $"Item {item.Code} has a fee of {fee:F2} yuan by law, and '{procedure.Code}' collects none; go by a procedure that its "
                    + "guide lists.",
            new Fact("item", item.Code),
            new Fact("fee", Yuan(fee)),
            new Fact("procedure", procedure.Code)
        );
}
