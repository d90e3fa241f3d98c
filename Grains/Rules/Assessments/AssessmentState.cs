using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Assessments;

/// <summary>A yearly assessment round.</summary>
/// <param name="Year">0 until opened.</param>
/// <param name="Share">Share of excellent that the round was opened with, as a fraction.</param>
public sealed record AssessmentState(
    int Year,
    decimal Share,
    bool Closed,
    ImmutableDictionary<string, Standing> People,
    ImmutableDictionary<PostClass, GroupCount> Groups
)
{
    public static AssessmentState Empty { get; } =
        new(0, 0m, false, ImmutableDictionary<string, Standing>.Empty, ImmutableDictionary<PostClass, GroupCount>.Empty);

    /// <summary>Share of institution staff, where it is another; null where it is the same.</summary>
    public decimal? InstitutionShare { get; init; }

    /// <summary>Absence above this fraction of the year means no grade; 0 in snapshots from before it was kept.</summary>
    public decimal AbsentFraction { get; init; }

    /// <summary>Share of excellent of a group.</summary>
    public decimal ShareOf(PostClass group) => group == PostClass.Institution ? InstitutionShare ?? Share : Share;

    public bool Opened => Year > 0;
}

/// <summary>What a round is held by.</summary>
/// <param name="WorkingDays">Working days of the year.</param>
/// <param name="AbsentFraction">Absence of more than this fraction of them means no grade (by law, half).</param>
/// <param name="Share">Share of excellent, as a fraction (0.20): by the town's plan, else the general one of civil servants.</param>
public sealed record AssessmentTerms(int WorkingDays, decimal AbsentFraction, decimal Share)
{
    /// <summary>The general share of institution staff, where the plan sets none and it is another; null where it is the same.</summary>
    public decimal? InstitutionShare { get; init; }

    /// <summary>Whether both come to the same shares.</summary>
    public bool SharesAs(AssessmentTerms other) =>
        (Share, InstitutionShare ?? Share) == (other.Share, other.InstitutionShare ?? other.Share);
}

/// <summary>One person's place in a round.</summary>
/// <param name="Graded">False on probation and after long absence (E7).</param>
public sealed record Standing(PostClass Group, bool Graded, Grade? Grade);

/// <summary>Counts of one group, kept so that a mark is decided without looking at everybody.</summary>
public sealed record GroupCount(
    int Graded,
    int NotGraded,
    int ExcellentCap,
    int Excellent,
    int Competent,
    int BasicallyCompetent,
    int NotCompetent
)
{
    public GroupCount Plus(Grade? grade, int by) =>
        grade switch
        {
            null => this,
            Grade.Excellent => this with { Excellent = Excellent + by },
            Grade.Competent => this with { Competent = Competent + by },
            Grade.BasicallyCompetent => this with { BasicallyCompetent = BasicallyCompetent + by },
            Grade.NotCompetent => this with { NotCompetent = NotCompetent + by },
            _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "Unknown grade."),
        };
}
