namespace TownReform.Grains.Matters.Fees;

/// <summary>Fees of items (收费, B7, C5): told at acceptance, paid once it is granted, reported by the payment channel, booked by another
/// person than reviewed or decided.</summary>
public sealed class FeeMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Rule("fee-exact", "C5", FeeRules.Exact)
            .Rule("fee-paid-day", "C5", FeeRules.PaidDay)
            .Rule("fee-payer", "B4", FeeRules.Payer)
            .Rule("receipt-number", "C5", FeeRules.ReceiptNumber)
            .Rule("fee-booked", "C5", FeeRules.Booked)
            .Label(Takings.Label, file => Takings.Of(file) is { } takings ? Takings.ValueOf(takings.State) : null)
            .Simulation(FeeSimulation.Declare)
            .Procedure(
                "permit-with-fee",
                procedure =>
                    procedure
                        .AlwaysTrue(
                            "C5",
                            new("收缴数等于收费标准；入库数等于收缴数", "what was collected is the fee, and what was booked is that"),
                            file => Takings.Of(file) is not { } takings || takings.Balances(file)
                        )
                        .AlwaysTrue(
                            "C5",
                            new("办结且准予的收费事项已缴费入库", "a granted case that has ended is paid and booked"),
                            file => !file.Granted || Takings.Of(file)?.State == TakingsState.Booked
                        )
            );
}
