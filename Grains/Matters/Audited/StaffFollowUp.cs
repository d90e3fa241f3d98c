using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters.Audited;

/// <summary>An event on somebody's record that follows from cases of a matter: what an audit asks of it. Pure.</summary>
/// <param name="Event">Type of the event.</param>
/// <param name="Ask">The rule that let it onto the record, asked again over what stood there before; null when it repeats that.</param>
/// <param name="Against">What else the law has against it at that moment; null for nothing.</param>
/// <param name="Claim">What is to be compared with its case when everything is read; null for nothing.</param>
internal sealed record StaffFollowUp(
    Type Event,
    Func<StaffOnRecord, StaffEvent, Outcome<StaffEvent>?> Ask,
    Func<StaffOnRecord, StaffEvent, Refusal?> Against,
    Func<StaffOnRecord, StaffEvent, CaseClaim?> Claim
);

/// <summary>Somebody's record before an event.</summary>
/// <param name="Id">Who they are.</param>
internal readonly record struct StaffOnRecord(TownPlan Plan, string Id, StaffState State);

/// <summary>An event claims to follow from a case.</summary>
/// <param name="Case">Its number.</param>
/// <param name="Compare">Asked with the effects that the case has caused, of the types that the matter keeps; null when they bear it
/// out.</param>
internal sealed record CaseClaim(string Case, Func<ImmutableArray<Effect>, ClaimFault?> Compare);

/// <summary>Why a case doesn't bear an event out: in words, or as the rule that would have refused it.</summary>
internal abstract record ClaimFault
{
    private ClaimFault() { }

    public sealed record Told(Words Why) : ClaimFault;

    public sealed record Refused(Refusal Refusal) : ClaimFault;
}
