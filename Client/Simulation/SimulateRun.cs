using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Simulation;

/// <summary>Runs a scenario on a silo inside this process, and leaves its results in a folder.</summary>
/// <param name="scenario">Its code.</param>
internal sealed class SimulateRun(
    SeedLibrary seeds,
    SimulationOrder order,
    string scenario,
    RunFolder folder,
    RunFileKinds kinds,
    Screen screen
)
{
    /// <param name="progress">Where progress is told; null for nowhere.</param>
    /// <exception cref="OperationCanceledException">Cancelled; half-made files are gone.</exception>
    public async Task<(RunSummary Summary, ImmutableArray<string> Files)> RunAsync(RunProgress? progress, CancellationToken cancellation)
    {
        var own = !Directory.Exists(folder.Path);
        Directory.CreateDirectory(folder.Path);
        RunFiles.Discard(folder.Path);
        var recorder = new RunRecorder(seeds, folder.Path, order.Replications, kinds);
        try
        {
            await using (
                var silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording>(recorder), cancellation)
            )
            {
                var simulation = silo.Grains.GetGrain<ISimulationGrain>($"{scenario}-{order.Seed}");
                var run = simulation.RunAsync(order, cancellation);
                if (progress is not null)
                {
                    await progress.FollowAsync(run, simulation.ProgressAsync, cancellation);
                }

                await run;
            }

            var summary = recorder.Summary(folder.Heading());
            return (summary, folder.Write(summary, screen.Lang, stitch: true));
        }
        catch
        {
            RunFiles.Discard(folder.Path);
            if (own && !Directory.EnumerateFileSystemEntries(folder.Path).Any())
            {
                // Nothing was finished: an empty folder would look like a run.
                Directory.Delete(folder.Path);
            }

            throw;
        }
    }
}
