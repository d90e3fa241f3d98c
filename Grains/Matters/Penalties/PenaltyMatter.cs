namespace TownReform.Grains.Matters.Penalties;

/// <summary>Penalties (行政处罚, C3–C5): may it be punished, how heavily and by which procedure; what is paid, collected and handed
/// in.</summary>
public sealed class PenaltyMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Rule("punishable", "C4", PenaltyRules.Punishable)
            .Rule("limitation", "C3", PenaltyRules.Limitation)
            .Rule("within-band", "C4", PenaltyRules.WithinBand)
            .Rule("summary-limit", "C3", PenaltyRules.SummaryLimit)
            .Rule("hearing-in-time", "C3", PenaltyRules.HearingInTime)
            .Rule("hearing-notice", "C3", PenaltyRules.HearingNotice)
            .Rule("treasury-account", "C5", MoneyRules.TreasuryAccount)
            .Rule("amount-paid", "C5", MoneyRules.AmountPaid)
            .Rule("on-the-spot", "C5", MoneyRules.OnTheSpot)
            .Rule("hand-in-on-time", "C5", MoneyRules.HandInOnTime)
            .Simulation(PenaltySimulation.Declare);
}
