namespace TownReform.Grains.Matters.Penalties;

/// <summary>Penalties (行政处罚, C2–C6): may it be punished, how heavily and by which procedure; what is paid, collected and handed
/// in.</summary>
public sealed class PenaltyMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Value(OffenceDays.Of)
            .Rule("offence-days", "C3", OffenceRules.Days)
            .Rule("punishable", "C4", OffenceRules.Punishable)
            .Rule("limitation", "C3", OffenceRules.Limitation)
            .Rule("within-band", "C4", DiscretionRules.WithinBand)
            .Rule("fine-in-band", "C4", DiscretionRules.FineInBand)
            .Rule("fine-in-law", "C4", DiscretionRules.FineInLaw)
            .Rule("group-decided", "C4", DiscretionRules.GroupDecided)
            .Rule("no-penalty-ground", "C4", DiscretionRules.NoPenaltyGround)
            .Rule("summary-limit", "C3", PenaltyRules.SummaryLimit)
            .Rule("notice-not-heavier", "C3", PenaltyRules.NoticeNotHeavier)
            .Rule("not-above-notice", "C3", PenaltyRules.NotAboveNotice)
            .Rule("hearing-case", "C3", HearingRules.HearingCase)
            .Rule("hearing-in-time", "C3", HearingRules.HearingInTime)
            .Rule("hearing-notice", "C3", HearingRules.HearingNotice)
            .Rule("served-on", "C5", DeliveryRules.ServedOn)
            .Rule("served-on-the-spot", "C5", DeliveryRules.ServedOnTheSpot)
            .Rule("published-on", "C3", DeliveryRules.PublishedOn)
            .Rule("public-notice-over", "C3", DeliveryRules.PublicNoticeOver)
            .Rule("transfer-office", "C6", TransferRules.Office)
            .Rule("transfer-again", "C6", TransferRules.Again)
            .Rule("police-office", "C6", TransferRules.PoliceOffice)
            .Rule("handed-over-in-time", "C6", TransferRules.HandedOverInTime)
            .Rule("deferral-in-time", "C3", CourtRules.DeferralInTime)
            .Rule("pay-until-later", "C3", CourtRules.PayUntilLater)
            .Rule("demanded-on", "C3", CourtRules.DemandedOn)
            .Rule("court-window", "C3", CourtRules.CourtWindow)
            .Rule("court-over", "C3", CourtRules.CourtOver)
            .Rule("paid-on", "C5", MoneyRules.PaidOn)
            .Rule("treasury-account", "C5", MoneyRules.TreasuryAccount)
            .Rule("amount-paid", "C5", MoneyRules.AmountPaid)
            .Rule("on-the-spot", "C5", MoneyRules.OnTheSpot)
            .Rule("hand-in-on-time", "C5", MoneyRules.HandInOnTime)
            .Simulation(PenaltySimulation.Declare);
}
