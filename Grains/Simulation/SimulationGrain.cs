using System.Collections.Immutable;
using Orleans.Placement;

namespace TownReform.Grains.Simulation;

/// <summary>A run: at most as many replications at once as ordered, each in a world of its own.</summary>
[GrainType("simulation"), PreferLocalPlacement]
public sealed class SimulationGrain : Grain, ISimulationGrain
{
    private readonly SortedDictionary<int, IReplicationGrain> running = [];
    private readonly SortedDictionary<int, ReplicationProgress> last = [];

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
        foreach (var (number, replication) in running.ToArray())
        {
            // One that ended meanwhile answers anew, as if nothing had happened yet: its last word stands.
            var told = await replication.ProgressAsync();
            if (
                running.ContainsKey(number)
                && told.Number == number
                && (!last.TryGetValue(number, out var before) || told.Share >= before.Share)
            )
            {
                last[number] = told;
            }
        }

        return [.. last.Values];
    }

    private async Task<ReplicationResult> RunOneAsync(
        string run,
        int number,
        SimulationOrder order,
        SemaphoreSlim places,
        CancellationTokenSource stop
    )
    {
        await places.WaitAsync(stop.Token);
        try
        {
            var replication = GrainFactory.Grain<IReplicationGrain>($"{run}/{number}");
            running[number] = replication;
            var result = await replication.RunAsync(new ReplicationOrder(run, number, order), stop.Token);
            running.Remove(number);
            last[number] = new ReplicationProgress(
                Number: number,
                Day: last.GetValueOrDefault(number)?.Day ?? default,
                Share: 1,
                Open: 0,
                Done: result.Cases,
                Commands: result.Commands,
                Finished: true
            );
            return result;
        }
        catch
        {
            // One broken replication breaks the run; the others need not go on for hours.
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            running.Remove(number);
            places.Release();
        }
    }
}
