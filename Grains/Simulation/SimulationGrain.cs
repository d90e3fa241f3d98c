using System.Collections.Immutable;
using Orleans.Placement;

namespace TownReform.Grains.Simulation;

/// <summary>A run: at most as many replications at once as ordered, each in a world of its own.</summary>
[GrainType("simulation"), PreferLocalPlacement]
public sealed class SimulationGrain : Grain, ISimulationGrain
{
    private readonly SortedDictionary<int, IReplicationGrain> started = [];

    public async Task<ImmutableArray<ReplicationResult>> RunAsync(SimulationOrder order, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order.Replications, 1);
        var run = this.GetPrimaryKeyString();
        using var places = new SemaphoreSlim(Math.Max(1, order.Parallel));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var replications = Enumerable.Range(1, order.Replications).Select(n => RunOneAsync(run, n, order, places, stop)).ToArray();
        try
        {
            return [.. (await Task.WhenAll(replications)).OrderBy(r => r.Number)];
        }
        finally
        {
            // Not before: a grain that is to go answers nobody, and somebody asks for the progress.
            DeactivateOnIdle();
        }
    }

    public async Task<ImmutableArray<ReplicationProgress>> ProgressAsync()
    {
        var progress = ImmutableArray.CreateBuilder<ReplicationProgress>();
        foreach (var replication in started.Values.ToArray())
        {
            progress.Add(await replication.ProgressAsync());
        }

        return progress.ToImmutable();
    }

    private async Task<ReplicationResult> RunOneAsync(string run, int number, SimulationOrder order, SemaphoreSlim places, CancellationTokenSource stop)
    {
        await places.WaitAsync(stop.Token);
        try
        {
            var replication = GrainFactory.Grain<IReplicationGrain>($"{run}/{number}");
            started[number] = replication;
            return await replication.RunAsync(new ReplicationOrder(run, number, order), stop.Token);
        }
        catch
        {
            // One broken replication breaks the run; the others need not go on for hours.
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            places.Release();
        }
    }
}
