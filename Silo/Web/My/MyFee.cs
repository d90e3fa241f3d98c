using TownReform.Grains.Matters.Fees;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Silo.Web.My;

/// <summary>The fee of a party's case (B7, C5): how much, when, and whether it is paid.</summary>
/// <param name="Amount">Yuan.</param>
/// <param name="BeforeDelivery">It is paid before the result is handed out.</param>
/// <param name="IsDue">It has been granted, and the payment is waited for.</param>
/// <param name="Paid">Yuan; null before it was paid.</param>
/// <param name="Receipt">Number of the treasury receipt; null before it was paid.</param>
public sealed record MyFee(decimal Amount, bool BeforeDelivery, bool IsDue, decimal? Paid, string? Receipt)
{
    /// <summary>Null for a case without a fee.</summary>
    internal static MyFee? Of(CaseView view, SeedLibrary seeds)
    {
        string? Value(string name) => view.Fields.FirstOrDefault(field => field.Name == name).Value;
        var procedure = seeds.ProcedureOf(CaseFile.None with { Procedure = view.Procedure, ProcedureVersion = view.ProcedureVersion });
        return procedure.Charges && FieldRules.TryMoney(Value(CaseFee.Fee), out var fee)
            ? new MyFee(
                fee,
                Value(CaseFee.Due) == CaseFee.BeforeDelivery,
                IsDue: CaseFee.PaymentAt(procedure, view.Step) is not null,
                Paid: Takings.Of(Value)?.Collected,
                Receipt: Value(Takings.ReceiptField)
            )
            : null;
    }
}

/// <summary>The page on which a party learns how to pay the fee of its case.</summary>
/// <param name="Account">Treasury account that it goes to.</param>
/// <param name="Channel">Name of the payment channel.</param>
/// <param name="Command">Of the training channel's form; null where there is no training channel.</param>
public sealed record FeeModel(MyCaseModel File, MyFee Fee, string Account, Words Channel, Acts.FormCommand? Command)
{
    /// <summary>Why the payment wasn't taken; null for nothing.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What is wrong with the form that was sent; null for nothing.</summary>
    public Words? Fault { get; init; }

    public string Path => $"{File.Path}/fee";
}
