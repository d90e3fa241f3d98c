using System.Collections.Immutable;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Client.Simulation;

/// <summary>Runs a scenario's replications on the silos of a live cluster. The figures travel back; files of single cases don't.</summary>
internal sealed class ClusterSimulateRun(SimulationOrder order, RunFolder folder, Screen screen)
{
    /// <exception cref="CommandFailedException">The silos would not take the order.</exception>
    public static void Check(SimulationOrder order)
    {
        if (ScenarioLoader.IsFile(order.Scenario))
        {
            throw CommandFailedException.BadInput(
                "--on-cluster 只能用 seeds/scenarios 中的情景：各节点读取自己的 seeds。",
                "--on-cluster takes a scenario of seeds/scenarios: each silo reads its own seeds."
            );
        }

        if (RunBounds.WhyNot(new ReplicationOrder(Name(order), 1, order)) is { } why)
        {
            throw new CommandFailedException(ExitCode.BadInput, why);
        }
    }

    /// <exception cref="CommandFailedException">A silo went away.</exception>
    public async Task<(RunSummary Summary, ImmutableArray<string> Files)> RunAsync(
        LiveTown town,
        RunProgress? progress,
        CancellationToken cancellation
    )
    {
        var spread = new ClusterRun(town.Grains, Name(order), order);
        try
        {
            var run = spread.RunAsync(cancellation);
            if (progress is not null)
            {
                await progress.FollowAsync(run, spread.ProgressAsync, cancellation);
            }

            var summary = ClusterSummary.Of(folder.Heading(), await run);
            return (summary, folder.Write(summary, screen.Lang, stitch: false));
        }
        catch (SiloLostException e)
        {
            throw new CommandFailedException(ExitCode.Unreachable, e.Because);
        }
    }

    // Two runs that go on at once have different names.
    private static string Name(SimulationOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"{order.Scenario}-{order.Seed}-{CommandIds.New():N}");
}
