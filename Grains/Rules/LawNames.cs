using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>Names of the statutory figures that rules ask the <see cref="LawBook"/> for; loading checks that each is there with a fitting unit.</summary>
public static class LawNames
{
    public const string LicensingSupplement = "licensing.supplement.days";
    public const string LicensingDecide = "licensing.decide.days";
    public const string LicensingExtend = "licensing.extend.days";
    public const string LicensingExtendTimes = "licensing.extend.times";
    public const string LicensingJoint = "licensing.joint.days";
    public const string LicensingJointExtend = "licensing.joint-extend.days";
    public const string LicensingDeliver = "licensing.deliver.days";
    public const string LicensingHearingRequest = "licensing.hearing-request.days";
    public const string LicensingHearingHold = "licensing.hearing-hold.days";
    public const string LicensingHearingNotice = "licensing.hearing-notice.days";
    public const string LicensingFee = "licensing.fee.yuan";
    public const string PenaltyLimitation = "penalty.limitation.years";
    public const string PenaltyLimitationGrave = "penalty.limitation-grave.years";
    public const string PenaltyOfficers = "penalty.officers";
    public const string PenaltySummaryPerson = "penalty.summary-person.yuan";
    public const string PenaltySummaryOrganisation = "penalty.summary-organisation.yuan";
    public const string PenaltyDecide = "penalty.decide.days";
    public const string PenaltyDeliver = "penalty.deliver.days";
    public const string PenaltyHearingRequest = "penalty.hearing-request.days";
    public const string PenaltyHearingNotice = "penalty.hearing-notice.days";
    public const string PenaltyPay = "penalty.pay.days";
    public const string PenaltyCollectOnSpot = "penalty.collect-on-spot.yuan";
    public const string PenaltyHandIn = "penalty.hand-in.days";
    public const string PenaltyLate = "penalty.late.fraction";
    public const string PenaltyLateCap = "penalty.late-cap.fraction";
    public const string AssessmentAbsent = "assessment.absent.fraction";
    public const string LeaveFirstYears = "leave.first.years";
    public const string LeaveFirstDays = "leave.first.days";
    public const string LeaveSecondYears = "leave.second.years";
    public const string LeaveSecondDays = "leave.second.days";
    public const string LeaveThirdYears = "leave.third.years";
    public const string LeaveThirdDays = "leave.third.days";
    public const string LeaveCompensation = "leave.compensation.fraction";

    public const string ClockAmber = "clock.amber.fraction";
    public const string ClockSupervision = "clock.supervision.days";

    /// <summary>Every name above.</summary>
    public static ImmutableArray<string> Required { get; } =
    [
        LicensingSupplement, LicensingDecide, LicensingExtend, LicensingExtendTimes, LicensingJoint, LicensingJointExtend,
        LicensingDeliver, LicensingHearingRequest, LicensingHearingHold, LicensingHearingNotice, LicensingFee, PenaltyLimitation,
        PenaltyLimitationGrave, PenaltyOfficers, PenaltySummaryPerson, PenaltySummaryOrganisation, PenaltyDecide, PenaltyDeliver,
        PenaltyHearingRequest, PenaltyHearingNotice, PenaltyPay, PenaltyCollectOnSpot, PenaltyHandIn, PenaltyLate, PenaltyLateCap,
        AssessmentAbsent, LeaveFirstYears, LeaveFirstDays, LeaveSecondYears, LeaveSecondDays, LeaveThirdYears, LeaveThirdDays,
        LeaveCompensation, ClockAmber, ClockSupervision,
    ];
}
