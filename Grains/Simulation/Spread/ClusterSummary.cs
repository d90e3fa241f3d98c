using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>The summary of replications that ran somewhere else: the same bytes as of a run in this process.</summary>
public static class ClusterSummary
{
    public static RunSummary Of(SeedLibrary seeds, SimulationOrder order, ImmutableArray<CountedReplication> counted)
    {
        var scenario = SimulationOrders.Load(seeds, order);
        var heading = RunHeading.Of(scenario, order.Seed, order.Replications, RunDirectory.From(seeds), seeds.Towns[scenario.Towns[0].Town].TimeZone);
        return RunSummary.Of(heading, counted.Select(c => c.Counts), counted.SelectMany(c => Conservation.Check(c.Counts, ConservationFacts.Of(c.Result))));
    }
}
