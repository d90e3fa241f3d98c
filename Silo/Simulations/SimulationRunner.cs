using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;

namespace TownReform.Silo.Simulations;

/// <summary>Runs one run on this silo: to its end, or to the day on which it is held, with its files.</summary>
internal sealed class SimulationRunner(
    IGrainFactory grains,
    SeedLibrary seeds,
    SiloRecording recording,
    SimulationFolder folder,
    TimeProvider time
)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    // The town's commands go on beside a run.
    private static readonly int Parallel = Math.Max(1, Environment.ProcessorCount / 2);

    /// <param name="progressed">Told now and then how far it is.</param>
    /// <returns>The run as it ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing writes into its folder any more.</exception>
    public async Task<SimulationRun> RunAsync(
        SimulationRun run,
        Action<ImmutableArray<ReplicationProgress>> progressed,
        CancellationToken cancellation
    )
    {
        folder.Make(run.Id);
        var order = run.Request.Order(Parallel);
        var inputs = RunInputs.Of(seeds, order.Scenario, order.Changes);
        var recorder = new RunRecorder(seeds, folder.Of(run.Id), order.Replications, RunFileKinds.Cases | RunFileKinds.Events);
        using var kept = recording.Keep(run.Id, recorder);
        try
        {
            await FollowAsync(run.Id, order, progressed, cancellation);
        }
        finally
        {
            // Whoever was told to stop may still write for a moment.
            while (!kept.IsQuiet)
            {
                await Task.Delay(Glance, time, CancellationToken.None);
            }
        }

        var summary = recorder.Summary(RunHeading.Of(seeds, order, inputs, run.Request.Label));
        return run with { State = run.Request.HoldOn is null ? RunState.Done : RunState.Held, Files = folder.Write(run, summary, inputs) };
    }

    private async Task FollowAsync(
        string id,
        SimulationOrder order,
        Action<ImmutableArray<ReplicationProgress>> progressed,
        CancellationToken cancellation
    )
    {
        var simulation = grains.GetGrain<ISimulationGrain>(id);
        var running = simulation.RunAsync(order, cancellation);
        while (await Task.WhenAny(running, Task.Delay(Glance, time, cancellation)) != running && !cancellation.IsCancellationRequested)
        {
            progressed(await simulation.ProgressAsync());
        }

        await running;
    }
}
