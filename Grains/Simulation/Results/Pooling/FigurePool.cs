using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Makes figures of the counts of one replication or of several. Counts become means per replication; percentiles and shares are
/// taken over all cases together.</summary>
public static class FigurePool
{
    /// <param name="replications">In the order of their numbers; at least one, all over the same weeks.</param>
    public static RunFigures Of(ImmutableArray<ReplicationCounts> replications)
    {
        if (replications.IsEmpty)
        {
            throw new ArgumentException("A run has at least one replication.", nameof(replications));
        }

        var workplaces = WorkplacePool.Of(replications);
        return new RunFigures(
            Towns: FlowPool.ByTown(replications, workplaces),
            Procedures: FlowPool.ByProcedure(replications),
            Workplaces: workplaces,
            Refusals: RefusalPool.Of(replications),
            Secondments: SecondmentPool.Of(replications),
            Assessments: AssessmentPool.Of(replications),
            Weekly: WeekPool.Of(replications)
        )
        {
            Roles = RolePool.Of(replications),
        };
    }

    /// <summary>Pools the replications in the order of their numbers, whatever the order in which they are given.</summary>
    public static RunSummary Summarize(RunHeading run, IEnumerable<ReplicationCounts> replications, IEnumerable<Breach> breaches)
    {
        var counts = replications.OrderBy(r => r.Replication).ToImmutableArray();
        var pooled = Of(counts);
        return new RunSummary(
            Schema: SummaryJson.Schema,
            Run: run,
            Warnings: RunWarnings.Of(run, counts),
            Definitions: FigureDefinitions.All,
            Pooled: pooled,
            Replications: [.. counts.Select(c => new ReplicationFigures(c.Replication, Of([c])))],
            Breaches: [.. breaches]
        )
        {
            Verdicts = TownVerdicts.Of(run, pooled),
        };
    }
}
