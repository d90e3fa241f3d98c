using System.Collections.Immutable;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Client.Simulation;

/// <summary>Runs a scenario's replications on the silos of a live cluster. The figures travel back; files of single cases don't.</summary>
internal sealed class ClusterSimulateRun(SeedLibrary seeds, SimulationOrder order, RunFolder folder, string? label, Screen screen)
{
    /// <exception cref="Halt">A silo went away, or the scenario is a file that the silos don't have.</exception>
    public async Task<(RunSummary Summary, ImmutableArray<string> Files)> RunAsync(LiveTown town, RunProgress? progress, CancellationToken cancellation)
    {
        if (ScenarioLoader.IsFile(order.Scenario))
        {
            throw Halt.BadInput("--on-cluster 只能用 seeds/scenarios 中的情景：各节点读取自己的 seeds。", "--on-cluster takes a scenario of seeds/scenarios: each silo reads its own seeds.");
        }

        _ = SimulationOrders.Load(seeds, order);
        var spread = new ClusterRun(town.Grains, string.Create(CultureInfo.InvariantCulture, $"{order.Scenario}-{order.Seed}-{CommandIds.New():N}"), order);
        try
        {
            var run = spread.RunAsync(cancellation);
            if (progress is not null)
            {
                await progress.FollowAsync(run, spread.ProgressAsync, cancellation);
            }

            var summary = ClusterSummary.Of(seeds, order, await run, label);
            return (summary, folder.Write(summary, screen.Lang, stitch: false));
        }
        catch (SiloLostException e)
        {
            throw new Halt(ExitCode.Unreachable, e.Because);
        }
    }
}
