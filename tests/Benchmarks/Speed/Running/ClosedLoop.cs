using System.Diagnostics;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Drives one contender: so many lanes at once, each taking its next step when the last one is answered.</summary>
internal sealed class ClosedLoop(Entrant entrant, IContender contender, Ground ground)
{
    /// <summary>A lane that has no answer by then has lost its contender.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Step[] Steps = Enum.GetValues<Step>();

    private readonly Failure failure = new();
    private long acknowledged;
    private volatile bool measuring;
    private volatile bool stopping;

    /// <summary>Warms up, measures, lets every lane end its case, and counts what is stored.</summary>
    /// <exception cref="ContenderFailedException">A step failed, or fewer steps are stored than were acknowledged.</exception>
    public async Task<Measurement> RunAsync(TimeSpan warmUp, TimeSpan window, CancellationToken cancellation)
    {
        var lanes = await LanesAsync();
        var latencies = lanes.Select(_ => new List<double>()).ToArray();
        var loops = lanes.Select((lane, n) => Task.Run(() => CasesAsync(lane, latencies[n]), CancellationToken.None)).ToArray();
        var usage = await MeasureAsync(warmUp, window, cancellation);
        stopping = true;
        await Task.WhenAll(loops).WaitAsync(Patience, CancellationToken.None);
        foreach (var lane in lanes)
        {
            await lane.DisposeAsync();
        }

        cancellation.ThrowIfCancellationRequested();
        failure.Check(entrant);
        return Sum(
            usage,
            Latencies.Of(entrant, latencies.SelectMany(l => l)),
            await KeptCheck.CountAsync(entrant, contender, ground, acknowledged)
        );
    }

    private async Task<ILane[]> LanesAsync()
    {
        var lanes = new ILane[Math.Min(ground.Cases, entrant.Most)];
        for (var n = 0; n < lanes.Length; n++)
        {
            lanes[n] = await contender.NewLaneAsync();
        }

        return lanes;
    }

    private async Task<Usage> MeasureAsync(TimeSpan warmUp, TimeSpan window, CancellationToken cancellation)
    {
        await WaitAsync(warmUp, cancellation);
        var before = Usage.Of(ground);
        measuring = true;
        await WaitAsync(window, cancellation);
        measuring = false;
        return Usage.Of(ground).Since(before);
    }

    // Ends early when a lane fails or somebody interrupts.
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellation) =>
        await Task.WhenAny(Task.Delay(time, cancellation), failure.Happened);

    private async Task CasesAsync(ILane lane, List<double> told)
    {
        try
        {
            while (!stopping)
            {
                foreach (var step in Steps)
                {
                    // A loop that never really waits keeps its thread of the pool, and what it waits for starves.
                    await Task.Yield();
                    await lane.BeforeAsync(step);
                    var start = Stopwatch.GetTimestamp();
                    await lane.StepAsync(step);
                    Interlocked.Add(ref acknowledged, entrant.StepsPerCommit);
                    if (measuring)
                    {
                        told.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }
        }
        catch (Exception e)
        {
            failure.Set(e);
        }
    }

    private Measurement Sum(Usage usage, Latencies told, long stored) =>
        new(
            StepsPerSecond: told.Steps * (double)entrant.StepsPerCommit / usage.Seconds,
            P50: told.P50,
            P99: told.P99,
            Cpu: usage.Process / usage.Seconds,
            ServerCpu: usage.Server / usage.Seconds,
            Acknowledged: acknowledged,
            Stored: stored
        );

    /// <summary>Processor time in seconds, of this process and of the database server.</summary>
    private sealed record Usage(double Seconds, double Process, double Server)
    {
        public static Usage Of(Ground ground) =>
            new(
                Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
                Environment.CpuUsage.TotalTime.TotalSeconds,
                ground.ServerTime.TotalSeconds
            );

        public Usage Since(Usage before) => new(Seconds - before.Seconds, Process - before.Process, Server - before.Server);
    }
}
