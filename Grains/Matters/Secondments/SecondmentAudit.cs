using System.Collections.Immutable;
using TownReform.Grains.Matters.Audited;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>E1–E5 on people's records: each secondment was approved by its case, keeps the term, the years of service and the agreement
/// when it begins. Whether a longer term had its reason is on the case.</summary>
[Clause("E1", "E2", "E3", "E4", "E5")]
internal static class SecondmentAudit
{
    // A reason that lets every term pass: the case is asked for the real one.
    private const string Judged = "on the case";

    public static void Declare(AuditBuilder audit) =>
        audit
            .Keep<BeginSecondment>()
            .OnStaff<SecondmentBegun>(
                (at, it) =>
                    SecondmentOnRecord.Begin(
                        at.State,
                        at.Id,
                        new BeginSecondment(it.Case, it.To, it.From, it.Until, Judged),
                        at.Plan.Policy
                    ),
                Against,
                Claim
            )
            .OnStaff<SecondmentEnded>((at, it) => SecondmentOnRecord.End(at.State, at.Id, new EndSecondment(it.Case, it.LastDay)));

    private static Refusal? Against(StaffOnRecord at, SecondmentBegun it)
    {
        var (person, request) = (at.State.Facts!, Request(at, it));
        return SecondmentRules.ServiceYears(person, request, at.Plan.Policy) ?? SecondmentRules.Agreement(person, request);
    }

    private static CaseClaim Claim(StaffOnRecord at, SecondmentBegun it)
    {
        var endedEarly = at.State.Ended.ContainsKey(it.Case);
        var tooLong = SecondmentRules.Term(at.State.Facts!, Request(at, it), at.Plan.Policy);
        return new CaseClaim(it.Case, caused => Compare(it, endedEarly, tooLong, caused));
    }

    private static ClaimFault? Compare(SecondmentBegun it, bool endedEarly, Refusal? tooLong, ImmutableArray<Effect> caused)
    {
        // Recalled before it began, it is shorter than approved; longer it never is.
        var approved = caused
            .OfType<BeginSecondment>()
            .FirstOrDefault(a => a.To == it.To && a.From == it.From && (a.Until == it.Until || (endedEarly && a.Until > it.Until)));
        return approved is null
                ? new ClaimFault.Told(new($"案件 {it.Case} 未批准此借调（E1）。", $"Case {it.Case} has not approved this secondment (E1)."))
            : tooLong is not null && string.IsNullOrWhiteSpace(approved.Exception) ? new ClaimFault.Refused(tooLong)
            : null;
    }

    private static SecondmentRequest Request(StaffOnRecord at, SecondmentBegun it) =>
        new(it.Case, it.To, SecondmentCaseRules.LevelOf(at.Plan, it.To), it.From, it.Until, TownAgreed: true, OrganisationApproved: true);
}
