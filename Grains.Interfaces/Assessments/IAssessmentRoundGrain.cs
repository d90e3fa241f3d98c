using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>One yearly assessment (年度考核) of a town's staff. Keyed world/town/round. The share of excellent holds for each group, rounding
/// down, under concurrent marking (E7).</summary>
[Alias("assessment-round")]
public interface IAssessmentRoundGrain : IGrainWithStringKey
{
    /// <summary>Opens the round over the people who can be graded; those on probation or absent over half the year get no grade and don't
    /// count.</summary>
    [Alias("open")]
    Task<Outcome<AssessmentView>> OpenAsync(OpenAssessment command);

    /// <summary>Gives or changes one person's grade; refused when the group's share of excellent is used up.</summary>
    [Alias("mark")]
    Task<Outcome<AssessmentView>> MarkAsync(MarkStaff command);

    /// <summary>Closes the round; from then on no grade changes.</summary>
    [Alias("close")]
    Task<Outcome<AssessmentView>> CloseAsync(CloseAssessment command);

    [ReadOnly, Alias("read")]
    Task<Outcome<AssessmentView>> ReadAsync();
}

/// <summary>Grades: civil servants 优秀/称职/基本称职/不称职; institution staff 优秀/合格/基本合格/不合格. The words follow the group.</summary>
public enum Grade
{
    Excellent = 1,
    Competent = 2,
    BasicallyCompetent = 3,
    NotCompetent = 4,
}

/// <summary>One person in a round. <paramref name="DaysAbsent"/> counts working days away in the year.</summary>
[GenerateSerializer, Immutable, Alias("assessee")]
public sealed record Assessee(string Staff, PostClass Group, bool OnProbation, int DaysAbsent);

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Year">The year assessed; its working days decide what "over half" is.</param>
/// <param name="People">Everybody on the town's posts.</param>
[GenerateSerializer, Immutable, Alias("open-assessment")]
public sealed record OpenAssessment(Stamp Stamp, int Year, ImmutableArray<Assessee> People);

[GenerateSerializer, Immutable, Alias("mark-staff")]
public sealed record MarkStaff(Stamp Stamp, string Staff, Grade Grade);

[GenerateSerializer, Immutable, Alias("close-assessment")]
public sealed record CloseAssessment(Stamp Stamp);

/// <summary>Result of a round so far, by group.</summary>
[GenerateSerializer, Immutable, Alias("assessment-view")]
public sealed record AssessmentView(string Town, string Round, int Year, bool Closed, ImmutableArray<GroupResult> Groups);

/// <param name="Group">The group.</param>
/// <param name="Graded">People who can be graded.</param>
/// <param name="NotGraded">People on probation or absent over half the year.</param>
/// <param name="ExcellentCap">Most "excellent" allowed: the share of <paramref name="Graded"/>, rounded down.</param>
/// <param name="Excellent">Marked excellent so far.</param>
[GenerateSerializer, Immutable, Alias("group-result")]
public sealed record GroupResult(
    PostClass Group,
    int Graded,
    int NotGraded,
    int ExcellentCap,
    int Excellent,
    int Competent,
    int BasicallyCompetent,
    int NotCompetent
);
