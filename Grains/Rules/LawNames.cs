using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>
/// Names of the figures that rules ask the <see cref="LawBook"/> for. Loading checks that each is there with a fitting unit; figures beyond
/// these
/// are read where a procedure or a catalogue names them.
/// </summary>
public static class LawNames
{
    public const string LicensingExtendTimes = "licensing.extend.times";
    public const string LicensingFee = "licensing.fee.yuan";
    public const string PenaltyTownPower = "penalty.town-power.rule";
    public const string PenaltyLimitation = "penalty.limitation.years";
    public const string PenaltyLimitationGrave = "penalty.limitation-grave.years";
    public const string PenaltySummaryPerson = "penalty.summary-person.yuan";
    public const string PenaltySummaryOrganisation = "penalty.summary-organisation.yuan";
    public const string PenaltyCrimeHandover = "penalty.crime-handover.seconds";
    public const string PenaltyHearingPerson = "penalty.hearing-person.yuan";
    public const string PenaltyHearingOrganisation = "penalty.hearing-organisation.yuan";
    public const string PenaltyFirstSlight = "penalty.first-slight.rule";
    public const string PenaltyPublicNotice = "penalty.public-notice.days";
    public const string PenaltySuit = "penalty.suit.months";
    public const string PenaltyCourt = "penalty.court.months";
    public const string PenaltyDemand = "penalty.demand.days";
    public const string PenaltyGroupMembers = "penalty.group-members.people";
    public const string PenaltyHearingNotice = "penalty.hearing-notice.days";
    public const string PenaltyPay = "penalty.pay.days";
    public const string PenaltyCollectOnSpot = "penalty.collect-on-spot.yuan";
    public const string PenaltyLate = "penalty.late.fraction";
    public const string PenaltyLateCap = "penalty.late-cap.fraction";
    public const string AssessmentAbsent = "assessment.absent.fraction";
    public const string AssessmentExcellentCivil = "assessment.excellent-civil.fraction";
    public const string AssessmentExcellentInstitution = "assessment.excellent-institution.fraction";
    public const string LeaveFirstYears = "leave.first.years";
    public const string LeaveFirstDays = "leave.first.days";
    public const string LeaveSecondYears = "leave.second.years";
    public const string LeaveSecondDays = "leave.second.days";
    public const string LeaveThirdYears = "leave.third.years";
    public const string LeaveThirdDays = "leave.third.days";

    public const string ClockAmber = "clock.amber.fraction";
    public const string ClockSupervision = "clock.supervision.days";
    public const string ClockAllowance = "clock.allowance.seconds";

    public const string RatingParty = "rating.party.days";

    private static readonly ImmutableArray<FigureUnit> EitherDays = [FigureUnit.WorkingDays, FigureUnit.CalendarDays];

    /// <summary>Every name above with what its rules make of it.</summary>
    public static FrozenDictionary<string, FigureUse> Uses { get; } =
        new FigureUse[]
        {
            new(LicensingExtendTimes, DayThatCounts.Act, [FigureUnit.Times]),
            new(LicensingFee, DayThatCounts.Loading, [FigureUnit.Yuan]),
            new(PenaltyTownPower, DayThatCounts.Act, [FigureUnit.Rule], MayBeNone: true),
            new(PenaltyLimitation, DayThatCounts.OffenceOrMilder, [FigureUnit.Years]),
            new(PenaltyLimitationGrave, DayThatCounts.OffenceOrMilder, [FigureUnit.Years], MayBeNone: true),
            new(PenaltySummaryPerson, DayThatCounts.Act, [FigureUnit.Yuan]),
            new(PenaltySummaryOrganisation, DayThatCounts.Act, [FigureUnit.Yuan]),
            new(PenaltyCrimeHandover, DayThatCounts.Begin, [FigureUnit.Seconds]),
            new(PenaltyHearingPerson, DayThatCounts.Begin, [FigureUnit.Yuan]),
            new(PenaltyHearingOrganisation, DayThatCounts.Begin, [FigureUnit.Yuan]),
            new(PenaltyFirstSlight, DayThatCounts.Act, [FigureUnit.Rule], MayBeNone: true),
            new(PenaltyPublicNotice, DayThatCounts.Begin, EitherDays),
            new(PenaltySuit, DayThatCounts.Begin, [FigureUnit.Months]),
            new(PenaltyCourt, DayThatCounts.Begin, [FigureUnit.Months]),
            new(PenaltyDemand, DayThatCounts.Begin, EitherDays),
            new(PenaltyGroupMembers, DayThatCounts.Act, [FigureUnit.People]),
            new(PenaltyHearingNotice, DayThatCounts.Begin, EitherDays),
            new(PenaltyPay, DayThatCounts.Begin, EitherDays),
            new(PenaltyCollectOnSpot, DayThatCounts.Act, [FigureUnit.Yuan]),
            new(PenaltyLate, DayThatCounts.Begin, [FigureUnit.Fraction]),
            new(PenaltyLateCap, DayThatCounts.Begin, [FigureUnit.Fraction], MayBeNone: true),
            new(AssessmentAbsent, DayThatCounts.Act, [FigureUnit.Fraction]),
            new(AssessmentExcellentCivil, DayThatCounts.Act, [FigureUnit.Fraction]),
            new(AssessmentExcellentInstitution, DayThatCounts.Act, [FigureUnit.Fraction]),
            new(LeaveFirstYears, DayThatCounts.Act, [FigureUnit.Years]),
            new(LeaveFirstDays, DayThatCounts.Act, [FigureUnit.WorkingDays]),
            new(LeaveSecondYears, DayThatCounts.Act, [FigureUnit.Years]),
            new(LeaveSecondDays, DayThatCounts.Act, [FigureUnit.WorkingDays]),
            new(LeaveThirdYears, DayThatCounts.Act, [FigureUnit.Years]),
            new(LeaveThirdDays, DayThatCounts.Act, [FigureUnit.WorkingDays]),
            new(ClockAmber, DayThatCounts.Begin, [FigureUnit.Fraction]),
            new(ClockSupervision, DayThatCounts.Begin, [FigureUnit.WorkingDays]),
            new(ClockAllowance, DayThatCounts.Act, [FigureUnit.Seconds]),
            new(RatingParty, DayThatCounts.Begin, [FigureUnit.CalendarDays]),
        }.ToFrozenDictionary(use => use.Name, StringComparer.Ordinal);
}

/// <summary>What rules make of a figure.</summary>
/// <param name="Day">Which day's version they take.</param>
/// <param name="Units">Units that they can reckon with.</param>
/// <param name="MayBeNone">They know what to do where the law of a day has no such rule.</param>
public sealed record FigureUse(string Name, DayThatCounts Day, ImmutableArray<FigureUnit> Units, bool MayBeNone = false);
