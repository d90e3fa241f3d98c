using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>The summary of replications that ran somewhere else: the same bytes as of a run in this process.</summary>
public static class ClusterSummary
{
    public static RunSummary Of(SeedLibrary seeds, SimulationOrder order, ImmutableArray<CountedReplication> counted, string? label = null)
    {
        var heading = RunHeading.Of(seeds, order, RunInputs.Of(seeds, order.Scenario), label);
        return RunSummary.Of(heading, counted.Select(c => c.Counts), counted.SelectMany(c => Conservation.Check(c.Counts, ConservationFacts.Of(c.Result))));
    }
}
