using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>A secondment upwards as asked for and approved so far. Both days inclusive, in the town's calendar.</summary>
/// <param name="Case">Number of its case; an absence of the same case is the secondment itself, being lengthened.</param>
/// <param name="To">Code of the requesting department.</param>
/// <param name="Level">Level of the requester (E3).</param>
/// <param name="From">First day of the whole secondment, also when it is lengthened.</param>
/// <param name="TownAgreed">The town party committee agreed (E1).</param>
/// <param name="OrganisationApproved">The county organisation department approved (E1).</param>
/// <param name="ExceptionReason">Why it may be longer than the rule; approved by the same two levels (E2).</param>
public sealed record SecondmentRequest(
    string? Case,
    string To,
    GovernmentLevel Level,
    DateOnly From,
    DateOnly Until,
    bool TownAgreed,
    bool OrganisationApproved,
    string? ExceptionReason = null
);
