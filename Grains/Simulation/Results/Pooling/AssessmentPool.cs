using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools assessment results by town, round and group; means are taken over the replications that closed the round.</summary>
internal static class AssessmentPool
{
    public static ImmutableArray<AssessmentFigures> Of(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Assessments)
                .SelectMany(a => a.Groups.Select(g => (Round: a, Result: g)))
                .GroupBy(a => (a.Round.Town, a.Round.Round, a.Result.Group))
                .OrderBy(g => g.Key.Town, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Round, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Group)
                .Select(g => Figures(g.First().Round, [.. g.Select(a => a.Result)])),
        ];

    private static AssessmentFigures Figures(AssessmentView round, GroupResult[] results)
    {
        double Mean(Func<GroupResult, int> of) => Rounded.Mean(results.Sum(r => (long)of(r)), results.Length);

        return new AssessmentFigures(
            Town: round.Town,
            Round: round.Round,
            Year: round.Year,
            Group: results[0].Group,
            Graded: Mean(r => r.Graded),
            NotGraded: Mean(r => r.NotGraded),
            ExcellentCap: Mean(r => r.ExcellentCap),
            Excellent: Mean(r => r.Excellent),
            Competent: Mean(r => r.Competent),
            BasicallyCompetent: Mean(r => r.BasicallyCompetent),
            NotCompetent: Mean(r => r.NotCompetent)
        );
    }
}
