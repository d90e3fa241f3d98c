using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Silo.Simulations;

/// <summary>The runs of this silo: one at a time, so that the town that it serves keeps its processors; the others wait in the order in
/// which they came.</summary>
internal sealed partial class SimulationRuns(
    SimulationRunner runner,
    IWorlds worlds,
    SimulationFolder folder,
    TimeProvider time,
    ILogger<SimulationRuns> logger
) : BackgroundService
{
    /// <summary>Runs that wait at most, that are kept at most, and worlds that are held at most.</summary>
    public const int MostWaiting = 8,
        MostKept = 50,
        MostHeld = 2;

    /// <summary>What is said when too many wait.</summary>
    public static Words Full { get; } =
        new($"已有 {MostWaiting} 次运行在等候，请稍后再下达。", $"{MostWaiting} runs wait already; order it again later.");

    private readonly ConcurrentDictionary<string, SimulationRun> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> stops = new(StringComparer.Ordinal);
    private readonly Channel<string> queue = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock ordering = new();

    /// <summary>All that are known, the latest first.</summary>
    public IReadOnlyList<SimulationRun> List() => [.. runs.Values.OrderByDescending(run => run.OrderedAt).ThenBy(run => run.Id)];

    public SimulationRun? Find(string run) => runs.GetValueOrDefault(run);

    /// <summary>Whether a run has held a world of that name.</summary>
    public bool Holds(string world) => runs.Values.Any(run => run.World == world);

    /// <summary>How many runs are done before this one; 0 when it runs.</summary>
    public int Ahead(SimulationRun run) =>
        run.State == RunState.Waiting ? runs.Values.Count(other => !other.IsOver && other.OrderedAt < run.OrderedAt) : 0;

    /// <summary>Puts a run into the queue; one of the same id is there already when an order was sent again.</summary>
    /// <returns>The run; null when too many wait.</returns>
    public SimulationRun? Order(string id, SimulationRequest request, string by)
    {
        lock (ordering)
        {
            if (runs.TryGetValue(id, out var known))
            {
                return known;
            }

            if (runs.Values.Count(run => run.State == RunState.Waiting) >= MostWaiting)
            {
                return null;
            }

            var run = new SimulationRun(id, request, by, time.GetUtcNow());
            stops[id] = new CancellationTokenSource();
            runs[id] = run;
            queue.Writer.TryWrite(id);
            return run;
        }
    }

    /// <summary>Cancels a run that waits or goes on; of one that is over, results and world go away.</summary>
    public void End(string id)
    {
        if (runs.TryGetValue(id, out var run) && !run.IsOver)
        {
            stops[id].Cancel();
            Change(id, now => now.State == RunState.Waiting ? now with { State = RunState.Cancelled, EndedAt = time.GetUtcNow() } : now);
        }
        else
        {
            Forget(id);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var run in folder.ReadAll())
        {
            runs[run.Id] = run;
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in queue.Reader.ReadAllAsync(stoppingToken))
        {
            if (Find(id) is { State: RunState.Waiting })
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, stops[id].Token);
                await RunAsync(id, stop.Token);
            }

            Tidy();
        }
    }

    private async Task RunAsync(string id, CancellationToken cancellation)
    {
        var run = Change(id, now => now with { State = RunState.Running, BegunAt = time.GetUtcNow() });
        try
        {
            var ended = await GoAsync(run, cancellation);
            Change(id, now => ended with { EndedAt = time.GetUtcNow(), Progress = now.Progress });
        }
        catch (OperationCanceledException)
        {
            folder.Delete(id);
            Change(id, now => now with { State = RunState.Cancelled, EndedAt = time.GetUtcNow() });
        }
        catch (Exception e)
        {
            Broke(logger, id, e);
            folder.Delete(id);
            Change(id, now => now with { State = RunState.Failed, EndedAt = time.GetUtcNow(), Fault = Told(e) });
        }

        if (Find(id) is { State: RunState.Done } done)
        {
            folder.Note(done);
        }
    }

    private async Task<SimulationRun> GoAsync(SimulationRun run, CancellationToken cancellation)
    {
        if (!RunBounds.HasMemory())
        {
            return run with
            {
                State = RunState.Failed,
                Fault = new("本节点内存不足，未运行。请稍后再试。", "This silo is short of memory, so it was not run. Try again later."),
            };
        }

        void Progressed(ImmutableArray<ReplicationProgress> told) => Change(run.Id, now => now with { Progress = told });
        var ended = await runner.RunAsync(run, Progressed, cancellation);
        if (ended.State == RunState.Held)
        {
            LetGoOfOldest();
        }

        return ended;
    }

    // A held world takes as much memory as all of its records.
    private void LetGoOfOldest()
    {
        foreach (
            var former in runs.Values.Where(one => one.State == RunState.Held).OrderByDescending(one => one.EndedAt).Skip(MostHeld - 1)
        )
        {
            Forget(former.Id);
        }
    }

    private SimulationRun Change(string id, Func<SimulationRun, SimulationRun> change) =>
        runs.AddOrUpdate(id, _ => throw new InvalidOperationException($"There is no run {id}."), (_, now) => change(now));

    private void Forget(string id)
    {
        if (runs.TryRemove(id, out var gone))
        {
            if (gone.World is { } world)
            {
                worlds.Drop(world);
            }

            folder.Delete(id);
            stops.TryRemove(id, out _);
        }
    }

    // The oldest go when there are too many.
    private void Tidy()
    {
        foreach (var old in List().Where(run => run.IsOver).Skip(MostKept))
        {
            Forget(old.Id);
        }
    }

    private static Words Told(Exception fault) =>
        fault is TownFaultException told ? told.Because
        : StorageFaults.IsOne(fault) ? StorageFaults.Of(fault)
        : new("运行中发生意外故障，未留下结果。", "It broke by an unexpected fault and left no results.");

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Run} of a scenario broke.")]
    private static partial void Broke(ILogger logger, string run, Exception fault);
}
