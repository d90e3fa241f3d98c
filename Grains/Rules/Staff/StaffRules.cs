using System.Collections.Immutable;
using System.Diagnostics;

namespace TownReform.Grains.Rules.Staff;

/// <summary>What may happen to a member of staff, and what follows when it does.</summary>
public static class StaffRules
{
    /// <summary>Takes somebody on. The same particulars again change nothing; other particulars are refused.</summary>
    public static Outcome<StaffEvent>? Hire(StaffState state, StaffFacts particulars) =>
        state.Facts switch
        {
            null => new StaffHired(particulars),
            { } known when SamePerson(known, particulars) => null,
            { } known => StaffRefusals.AlreadyKnown(known),
        };

    /// <summary>Records leave; both days inclusive. Refused before the first day of service, with days in the wrong order, or over another
    /// absence.</summary>
    public static Outcome<StaffEvent>? TakeLeave(StaffState state, string id, DateOnly from, DateOnly until)
    {
        if (state.Facts is not { } person)
        {
            return StaffRefusals.Unknown(id);
        }

        if (until < from || from < person.Since)
        {
            return StaffRefusals.LeaveDatesWrong(person, from, until);
        }

        return Absences.Overlapping(person.Absences, from, until) is { } other
            ? StaffRefusals.LeaveOverlaps(person, from, until, other)
            : new LeaveTaken(from, until);
    }

    /// <summary>Whether somebody holds a certificate on a day; its last valid day counts.</summary>
    public static bool Holds(StaffFacts person, string certificate, DateOnly day)
    {
        foreach (var held in person.Certificates)
        {
            if (held.Code == certificate && day <= held.ValidUntil)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the office from somebody whose post was freed; nothing when they hold none, or aren't on record.</summary>
    public static Outcome<StaffEvent>? EndOffice(StaffState state, DateTimeOffset at) =>
        state.Facts is { } person && !IsOutOfOffice(person) ? (Outcome<StaffEvent>)new OfficeEnded(at) : null;

    /// <summary>Gives the office back to somebody who has a post again; nothing when they hold it.</summary>
    public static Outcome<StaffEvent>? ResumeOffice(StaffState state, DateTimeOffset at) =>
        state.Facts is { } person && IsOutOfOffice(person) ? (Outcome<StaffEvent>)new OfficeResumed(at) : null;

    /// <summary>All days on which somebody is not at their desk: absences, and days without an office, as a workplace that gives out work
    /// has to know them.</summary>
    /// <param name="dayOf">The day at a moment, in the town.</param>
    public static ImmutableArray<Absence> NotAtTheDesk(StaffFacts person, Func<DateTimeOffset, DateOnly> dayOf) =>
        person.OutOfOffice is not { } times
            ? person.Absences
            :
            [
                .. person.Absences,
                .. times
                    .Select(time => new Absence(
                        AbsenceKind.Leave,
                        dayOf(time.From),
                        time.Until is { } back ? dayOf(back).AddDays(-1) : DateOnly.MaxValue
                    ))
                    .Where(a => a.From <= a.Until),
            ];

    /// <summary>Whether somebody's post is freed and they have none again.</summary>
    public static bool IsOutOfOffice(StaffFacts person) => person.OutOfOffice is [.., { Until: null }];

    public static StaffState Apply(StaffState state, StaffEvent happened) =>
        happened switch
        {
            StaffHired it => state with { Facts = it.Particulars },
            LeaveTaken it => WithAbsences(state, absences => Absences.Insert(absences, new Absence(AbsenceKind.Leave, it.From, it.Until))),
            SecondmentBegun it => WithAbsences(state, absences => Away(absences, it)),
            SecondmentEnded it => WithAbsences(
                state with
                {
                    Ended = state.Ended.SetItem(it.Case, it.LastDay),
                },
                absences => Back(absences, it)
            ),
            OfficeEnded it => WithOutOfOffice(state, times => times.Add(new(it.From, null))),
            OfficeResumed it => WithOutOfOffice(state, times => times.SetItem(times.Length - 1, times[^1] with { Until = it.From })),
            StaffRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a member of staff."),
        };

    private static StaffState WithAbsences(StaffState state, Func<ImmutableArray<Absence>, ImmutableArray<Absence>> change) =>
        state with
        {
            Facts = state.Facts! with { Absences = change(state.Facts.Absences) },
        };

    private static StaffState WithOutOfOffice(StaffState state, Func<ImmutableArray<OutOfOffice>, ImmutableArray<OutOfOffice>> change) =>
        state with
        {
            Facts = state.Facts! with { OutOfOffice = change(state.Facts.OutOfOffice ?? []) },
        };

    private static ImmutableArray<Absence> Away(ImmutableArray<Absence> absences, SecondmentBegun it)
    {
        var others = absences.RemoveAll(a => a.Kind == AbsenceKind.Secondment && a.Case == it.Case);
        return Absences.Insert(
            Absences.WithoutLeave(others, it.From, it.Until),
            new Absence(AbsenceKind.Secondment, it.From, it.Until, it.Case, it.To)
        );
    }

    // An end never lengthens a secondment: only the approved term does.
    private static ImmutableArray<Absence> Back(ImmutableArray<Absence> absences, SecondmentEnded it) =>
        [
            .. absences
                .Select(a =>
                    a.Kind == AbsenceKind.Secondment && a.Case == it.Case && it.LastDay < a.Until ? a with { Until = it.LastDay } : a
                )
                .Where(a => a.From <= a.Until),
        ];

    /// <summary>Whether two hirings mean the same; absences gathered since don't make another person of somebody.</summary>
    public static bool SamePerson(StaffFacts known, StaffFacts asked) =>
        known.Roles.SequenceEqual(asked.Roles)
        && known.Certificates.SequenceEqual(asked.Certificates)
        && known
            == (
                asked with
                {
                    Roles = known.Roles,
                    Certificates = known.Certificates,
                    Absences = known.Absences,
                    OutOfOffice = known.OutOfOffice,
                }
            );
}
