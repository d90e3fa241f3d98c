using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>
/// Whether a department above the town may second one of its people (E1–E4). Each rule stands alone, so that a procedure can ask it by
/// name.
/// Days are inclusive; periods of months and years are counted from their first day.
/// </summary>
[Clause("E1", "E2", "E3", "E4")]
public static class SecondmentRules
{
    /// <summary>Everything that must hold on the day it starts; the first rule that says no answers.</summary>
    public static Refusal? Check(StaffFacts person, SecondmentRequest request, TownPolicy policy) =>
        Eligible(person, request, policy) ?? Approvals(request);

    /// <summary>Everything but the approvals: asked when the request comes in, before anybody's time is spent on it.</summary>
    public static Refusal? Eligible(StaffFacts person, SecondmentRequest request, TownPolicy policy) =>
        Dates(person, request)
        ?? ServiceYears(person, request, policy)
        ?? Agreement(person, request)
        ?? Overlap(person, request)
        ?? Term(person, request, policy);

    /// <summary>E1: the town party committee agrees and the county organisation department approves; both are named when both are
    /// missing.</summary>
    public static Refusal? Approvals(SecondmentRequest request) =>
        request is { TownAgreed: true, OrganisationApproved: true } ? null : SecondmentRefusals.NotApproved(request);

    /// <summary>
    /// E2: at most so many months, counted from the first day of an unbroken secondment to the same department to its last.
    /// Longer only with a recorded reason; that the two levels approved it is asked by <see cref="Approvals"/>.
    /// </summary>
    public static Refusal? Term(StaffFacts person, SecondmentRequest request, TownPolicy policy) =>
        UnbrokenTerm(
            person: person,
            caseNumber: request.Case,
            to: request.To,
            from: request.From,
            until: request.Until,
            exceptionReason: request.ExceptionReason,
            policy: policy
        );

    /// <summary>As <see cref="Term"/>, for a secondment of a case with both days inclusive.</summary>
    public static Refusal? UnbrokenTerm(
        StaffFacts person,
        string? caseNumber,
        string to,
        DateOnly from,
        DateOnly until,
        string? exceptionReason,
        TownPolicy policy
    )
    {
        var (first, end) = Unbroken(person, caseNumber, to, from, until);
        var last = LastAllowedDay(first, policy.SecondmentMonths);
        return end <= last || !string.IsNullOrWhiteSpace(exceptionReason)
            ? null
            : SecondmentRefusals.TooLong(first, end, last, policy.SecondmentMonths);
    }

    /// <summary>
    /// The last day that a term of months allows: the first day plus the months, minus one day (1 March + 6 months: 31 August).
    /// Where that month has no such day its last day is taken before the one day is (31 August + 6 months: 27 February), so the term is
    /// never longer than the months.
    /// </summary>
    public static DateOnly LastAllowedDay(DateOnly first, int months) => first.AddMonths(months).AddDays(-1);

    /// <summary>E3: those levels may second nobody with less service; the anniversary that completes the years passes.</summary>
    public static Refusal? ServiceYears(StaffFacts person, SecondmentRequest request, TownPolicy policy)
    {
        var completed = person.Since.AddYears(policy.SecondmentMinimumYears);
        return policy.SecondmentBanLevels.Contains(request.Level) && request.From < completed
            ? SecondmentRefusals.UnderTwoYears(person, request, completed, policy.SecondmentMinimumYears)
            : null;
    }

    /// <summary>E4: a civil servant never within a service agreement with the town, its last day included.</summary>
    public static Refusal? Agreement(StaffFacts person, SecondmentRequest request) =>
        person.CivilServant && person.AgreementUntil is { } until && request.From <= until
            ? SecondmentRefusals.UnderAgreement(person, request, until)
            : null;

    /// <summary>E1: it starts and ends on dates, in that order, within the person's service.</summary>
    public static Refusal? Dates(StaffFacts person, SecondmentRequest request) =>
        request.Until < request.From
        || request.From < person.Since
        || OwnAbsence(person, request) is { } running && running.From != request.From
            ? SecondmentRefusals.DatesWrong(request.From, request.Until)
            : null;

    /// <summary>No two absences share a day.</summary>
    public static Refusal? Overlap(StaffFacts person, SecondmentRequest request) =>
        person.Absences.FirstOrDefault(a => !IsOwn(a, request) && a.From <= request.Until && request.From <= a.Until) is { } other
            ? SecondmentRefusals.Overlaps(person.Id, request.From, request.Until, other)
            : null;

    /// <summary>
    /// First and last day of the unbroken secondment that one of a case belongs to. Another case for the same department that ends right
    /// before it, or begins right after it, or with a Saturday and Sunday only between them, is the same one: otherwise the term could be
    /// renewed for ever.
    /// </summary>
    public static (DateOnly First, DateOnly Last) Unbroken(StaffFacts person, string? caseNumber, string to, DateOnly from, DateOnly until)
    {
        var (first, last) = (from, until);
        var others = person
            .Absences.Where(a => a.Kind == AbsenceKind.Secondment && a.To == to && (caseNumber is null || a.Case != caseNumber))
            .OrderBy(a => a.From)
            .ToList();
        foreach (var earlier in others.AsEnumerable().Reverse())
        {
            if (earlier.Until < first && OnlyWeekendBetween(earlier.Until, first))
            {
                first = earlier.From;
            }
        }

        foreach (var later in others)
        {
            if (later.From > last && OnlyWeekendBetween(last, later.From))
            {
                last = later.Until;
            }
        }

        return (first, last);
    }

    private static bool OnlyWeekendBetween(DateOnly last, DateOnly next)
    {
        for (var day = last.AddDays(1); day < next; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                return false;
            }
        }

        return true;
    }

    private static Absence? OwnAbsence(StaffFacts person, SecondmentRequest request) =>
        person.Absences.FirstOrDefault(a => IsOwn(a, request));

    private static bool IsOwn(Absence absence, SecondmentRequest request) =>
        absence.Kind == AbsenceKind.Secondment && request.Case is not null && absence.Case == request.Case;
}
