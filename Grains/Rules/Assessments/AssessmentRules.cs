using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Assessments;

/// <summary>The yearly assessment (E7): who is graded, and how many of each group may be excellent.</summary>
[Clause("E7")]
public static class AssessmentRules
{
    /// <summary>Most "excellent" of a group: the share of those graded, rounded down, in decimal arithmetic (0.20 of 9 is 1, of 10 is
    /// 2).</summary>
    public static int ExcellentCap(decimal share, int graded) => (int)decimal.Floor(share * graded);

    /// <summary>No grade on probation, nor after an absence of more than the law's fraction of the year's working days (half); exactly that
    /// much is graded.</summary>
    public static bool IsGraded(Assessee person, int workingDays, decimal absentFraction) =>
        !person.OnProbation && person.DaysAbsent <= absentFraction * workingDays;

    /// <summary>What a round is held by that is opened on a day: the town's own share of excellent goes before the general ones.</summary>
    public static AssessmentTerms TermsOf(int workingDays, TownPolicy policy, LawDay law)
    {
        var (civil, institution) = (
            policy.ExcellentShare ?? law[LawNames.AssessmentExcellentCivil],
            policy.ExcellentShare ?? law[LawNames.AssessmentExcellentInstitution]
        );
        return new(workingDays, law[LawNames.AssessmentAbsent], civil) { InstitutionShare = institution == civil ? null : institution };
    }

    /// <summary>Working days of a year by the calendar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar doesn't cover the year.</exception>
    public static int WorkingDaysOf(WorkCalendar calendar, int year)
    {
        var first = new DateOnly(year, 1, 1);
        return calendar.WorkingDaysBetween(first, new DateOnly(year, 12, 31)) + (calendar.IsWorkingDay(first) ? 1 : 0);
    }

    public static Outcome<AssessmentEvent> Open(AssessmentState state, OpenAssessment command, AssessmentTerms terms)
    {
        if (state.Opened)
        {
            return AssessmentRefusals.AlreadyOpen(state.Year);
        }

        return command.People.GroupBy(p => p.Staff).FirstOrDefault(g => g.Skip(1).Any()) is { } twice
            ? AssessmentRefusals.ListedTwice(twice.Key)
            : new AssessmentOpened(command.Year, terms, command.People);
    }

    /// <summary>Why a list isn't whole: everybody who holds a post of the town, and served in the year, is on it. People of stationed
    /// bodies may be, and needn't.</summary>
    /// <param name="onRecord">Who holds a post by the town's own record, at the moment of the command.</param>
    public static Refusal? Whole(OpenAssessment command, IEnumerable<StaffFacts> onRecord)
    {
        var (listed, lastDay) = (command.People.Select(p => p.Staff).ToHashSet(StringComparer.Ordinal), new DateOnly(command.Year, 12, 31));
        string[] missing =
        [
            .. onRecord
                .Where(person => person.Since <= lastDay && !Staff.StaffRules.IsOutOfOffice(person) && !listed.Contains(person.Id))
                .Select(person => person.Id),
        ];
        return missing.Length == 0 ? null : AssessmentRefusals.PeopleLeftOut(missing);
    }

    /// <summary>Gives or changes a grade. A place among the excellent is free again as soon as its holder is marked otherwise.</summary>
    public static Outcome<AssessmentEvent> Mark(AssessmentState state, string staff, Grade grade)
    {
        if (WhyNoGrade(state, staff, grade) is { } refusal)
        {
            return refusal;
        }

        var person = state.People[staff];
        var group = state.Groups[person.Group];
        return grade == Grade.Excellent && person.Grade != Grade.Excellent && group.Excellent >= group.ExcellentCap
            ? AssessmentRefusals.ShareExhausted(staff, person.Group, group, state.ShareOf(person.Group))
            : new StaffMarked(staff, grade);
    }

    public static Outcome<AssessmentEvent> Close(AssessmentState state, string round) =>
        !state.Opened ? AssessmentRefusals.Unknown(round)
        : state.Closed ? AssessmentRefusals.Closed(state.Year)
        : new AssessmentClosed();

    public static AssessmentState Apply(AssessmentState state, AssessmentEvent happened) =>
        happened switch
        {
            AssessmentOpened it => Opened(it),
            StaffMarked it => Marked(state, it),
            AssessmentClosed => state with { Closed = true },
            AssessmentRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on an assessment round."),
        };

    public static AssessmentView View(string town, string round, AssessmentState state) =>
        new(town, round, state.Year, state.Closed, [.. state.Groups.OrderBy(g => g.Key).Select(g => Result(g.Key, g.Value))]);

    private static Refusal? WhyNoGrade(AssessmentState state, string staff, Grade grade) =>
        !state.Opened ? AssessmentRefusals.NotOpened(staff)
        : state.Closed ? AssessmentRefusals.Closed(state.Year)
        : !state.People.TryGetValue(staff, out var person) ? AssessmentRefusals.NotInRound(staff)
        : !person.Graded ? AssessmentRefusals.NotGraded(staff, state.AbsentFraction)
        : !Enum.IsDefined(grade) ? AssessmentRefusals.GradeUnknown(staff, person.Group)
        : null;

    private static AssessmentState Opened(AssessmentOpened it)
    {
        var people = it.People.ToImmutableDictionary(
            p => p.Staff,
            p => new Standing(p.Group, IsGraded(p, it.Terms.WorkingDays, it.Terms.AbsentFraction), null)
        );
        var groups = people
            .Values.GroupBy(p => p.Group)
            .ToImmutableDictionary(
                g => g.Key,
                g => new GroupCount(
                    Graded: g.Count(p => p.Graded),
                    NotGraded: g.Count(p => !p.Graded),
                    ExcellentCap: ExcellentCap(ShareOf(it.Terms, g.Key), g.Count(p => p.Graded)),
                    Excellent: 0,
                    Competent: 0,
                    BasicallyCompetent: 0,
                    NotCompetent: 0
                )
            );
        return new(it.Year, it.Terms.Share, false, people, groups)
        {
            InstitutionShare = it.Terms.InstitutionShare,
            AbsentFraction = it.Terms.AbsentFraction,
        };
    }

    private static decimal ShareOf(AssessmentTerms terms, PostClass group) =>
        group == PostClass.Institution ? terms.InstitutionShare ?? terms.Share : terms.Share;

    private static AssessmentState Marked(AssessmentState state, StaffMarked it)
    {
        var person = state.People[it.Staff];
        var group = state.Groups[person.Group].Plus(person.Grade, -1).Plus(it.Grade, +1);
        return state with
        {
            People = state.People.SetItem(it.Staff, person with { Grade = it.Grade }),
            Groups = state.Groups.SetItem(person.Group, group),
        };
    }

    private static GroupResult Result(PostClass group, GroupCount count) =>
        new(
            Group: group,
            Graded: count.Graded,
            NotGraded: count.NotGraded,
            ExcellentCap: count.ExcellentCap,
            Excellent: count.Excellent,
            Competent: count.Competent,
            BasicallyCompetent: count.BasicallyCompetent,
            NotCompetent: count.NotCompetent
        );
}
