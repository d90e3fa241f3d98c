using System.Collections.Immutable;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>The summary of replications that ran somewhere else: the same bytes as of a run in this process.</summary>
public static class ClusterSummary
{
    /// <param name="heading">Of the order, from seeds that are the silos' own.</param>
    public static RunSummary Of(RunHeading heading, ImmutableArray<CountedReplication> counted) =>
        FigurePool.Summarize(
            heading,
            counted.Select(c => c.Counts),
            counted.SelectMany(c => Conservation.Check(c.Counts, ConservationFacts.Of(c.Result)))
        );
}
