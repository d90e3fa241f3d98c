using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>What the record of a member of staff does with an approved secondment (E1, E2).</summary>
public static class SecondmentOnRecord
{
    /// <summary>
    /// Starts an approved secondment, once per case; the case again with a later last day lengthens it from its first day (E2).
    /// The case has asked <see cref="SecondmentRules"/> before; here only what may have changed since is asked: another case that was
    /// approved
    /// at the same time may have begun, on the same days (E1) or right before or after, so that together they are too long (E2).
    /// </summary>
    public static Outcome<StaffEvent>? Begin(StaffState state, string id, BeginSecondment effect, TownPolicy policy)
    {
        if (state.Facts is not { } person)
        {
            return StaffRefusals.Unknown(id);
        }

        // An end that overtook its beginning holds: only the days up to it are spent away.
        var until = state.Ended.TryGetValue(effect.Case, out var last) && last < effect.Until ? last : effect.Until;
        var running = state.SecondmentOf(effect.Case);
        if (running is not null && running.From == effect.From && running.Until == until)
        {
            return null;
        }

        if (running is null && until < effect.From && effect.From <= effect.Until)
        {
            return null;
        }

        if (until < effect.From || (running is not null && running.From != effect.From))
        {
            return SecondmentRefusals.DatesWrong(effect.From, effect.Until);
        }

        return OtherDuring(person, effect, until) is { } other ? SecondmentRefusals.Overlaps(person.Id, effect.From, until, other)
            : SecondmentRules.UnbrokenTerm(
                person: person,
                caseNumber: effect.Case,
                to: effect.To,
                from: effect.From,
                until: until,
                exceptionReason: effect.Exception,
                policy: policy
            )
                is { } tooLong
                ? tooLong
            : new SecondmentBegun(effect.Case, effect.To, effect.From, until);
    }

    private static Absence? OtherDuring(StaffFacts person, BeginSecondment effect, DateOnly until) =>
        person.Absences.FirstOrDefault(a =>
            a.Kind == AbsenceKind.Secondment && a.Case != effect.Case && a.From <= until && effect.From <= a.Until
        );

    /// <summary>Ends the secondment of a case, once; its last day away is given.</summary>
    public static Outcome<StaffEvent>? End(StaffState state, string id, EndSecondment effect) =>
        state.Facts is null ? (Outcome<StaffEvent>)StaffRefusals.Unknown(id)
        : state.Ended.TryGetValue(effect.Case, out var last) && last == effect.LastDay ? null
        : (Outcome<StaffEvent>)new SecondmentEnded(effect.Case, effect.LastDay);
}
