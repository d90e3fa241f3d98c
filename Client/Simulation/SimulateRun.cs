using Microsoft.Extensions.DependencyInjection;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Simulation;

/// <summary>Runs a scenario on a silo inside this process, and leaves its results in a folder.</summary>
internal sealed class SimulateRun(SeedLibrary seeds, SimulationOrder order, string folder, RunFileKinds kinds, Screen screen)
{
    public const string SummaryFile = "summary.json";

    /// <param name="progress">Where progress is told; null for nowhere.</param>
    /// <exception cref="OperationCanceledException">Cancelled; half-made files are gone.</exception>
    public async Task<RunSummary> RunAsync(RunProgress? progress, CancellationToken cancellation)
    {
        var scenario = SimulationOrders.Load(seeds, order);
        var own = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        RunFiles.Discard(folder);
        var recorder = new RunRecorder(seeds, folder, order.Replications, kinds);
        try
        {
            await using (var silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording>(recorder), cancellation))
            {
                var simulation = silo.Grains.GetGrain<ISimulationGrain>($"{scenario.Code}-{order.Seed}");
                var run = simulation.RunAsync(order, cancellation);
                if (progress is not null)
                {
                    await progress.FollowAsync(run, simulation.ProgressAsync, cancellation);
                }

                await run;
            }

            var summary = recorder.Summary(scenario, order.Seed);
            Write(summary);
            return summary;
        }
        catch
        {
            RunFiles.Discard(folder);
            if (own && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                // Nothing was finished: an empty folder would look like a run.
                Directory.Delete(folder);
            }

            throw;
        }
    }

    private void Write(RunSummary summary)
    {
        RunFiles.Stitch(folder, order.Replications);
        using (var to = File.Create(Path.Combine(folder, SummaryFile)))
        {
            SummaryJson.Write(to, summary);
        }

        using var page = File.Create(Path.Combine(folder, ReportPage.FileName));
        ReportPage.Write(page, summary, screen.Lang);
    }
}
