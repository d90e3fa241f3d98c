using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime.Placement;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>A run whose replications are spread evenly over the silos of a live cluster, as many on each at once as it has processors. Told
/// from outside the cluster.</summary>
/// <param name="run">Name of the run; two that go on at once have different ones.</param>
public sealed class ClusterRun(IGrainFactory grains, string run, SimulationOrder order)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private ImmutableArray<Place> places = [];

    private sealed record Place(SiloAddress Silo, IReplicationPlaceGrain Grain, int Cores);

    /// <summary>All replications, in the order of their numbers.</summary>
    /// <exception cref="SiloLostException">A silo went away while it ran some.</exception>
    public async Task<ImmutableArray<CountedReplication>> RunAsync(CancellationToken cancellation)
    {
        places = await PlacesAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var numbers = new ConcurrentQueue<int>(Enumerable.Range(1, order.Replications));
        var ended = new ConcurrentBag<CountedReplication>();

        // One worker per processor, by turns over the silos: each takes the next number when it has ended one.
        var deepest = places.Max(place => place.Cores);
        var workers = Enumerable
            .Range(0, deepest)
            .SelectMany(depth => places.Where(place => depth < place.Cores))
            .Take(order.Replications)
            .Select(place => WorkAsync(place, numbers, ended, stop.Token))
            .ToList();
        var all = Task.WhenAll(workers);
        var watching = WatchAsync(stop.Token);
        try
        {
            while (workers.Count > 0)
            {
                var first = await Task.WhenAny(workers.Append(watching));
                await first;
                workers.Remove(first);
            }

            return [.. ended.OrderBy(e => e.Result.Number)];
        }
        finally
        {
            // One broken replication breaks the run; the others need not go on for hours, and whatever they say now is of no interest.
            await stop.CancelAsync();
            _ = all.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            _ = watching.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
        }
    }

    public async Task<ImmutableArray<ReplicationProgress>> ProgressAsync()
    {
        try
        {
            return [.. (await Task.WhenAll(places.Select(place => place.Grain.ProgressAsync()))).SelectMany(p => p).OrderBy(p => p.Number)];
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The run itself says what is wrong.
            return [];
        }
    }

    private async Task<ImmutableArray<Place>> PlacesAsync()
    {
        var found = ImmutableArray.CreateBuilder<Place>();
        foreach (var silo in (await ActiveAsync()).OrderBy(silo => silo))
        {
            var grain = grains.GetGrain<IReplicationPlaceGrain>($"{run}/{silo.ToParsableString()}");
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            try
            {
                var place = await grain.LookAsync();
                found.Add(
                    place.Silo == silo.ToParsableString()
                        ? new Place(silo, grain, place.Cores)
                        : throw new SiloLostException(silo.ToString(), 0)
                );
            }
            finally
            {
                RequestContext.Remove(IPlacementDirector.PlacementHintKey);
            }
        }

        return found.ToImmutable();
    }

    private async Task WorkAsync(
        Place place,
        ConcurrentQueue<int> numbers,
        ConcurrentBag<CountedReplication> ended,
        CancellationToken cancellation
    )
    {
        while (numbers.TryDequeue(out var number))
        {
            try
            {
                ended.Add(await place.Grain.RunAsync(new ReplicationOrder(run, number, order), cancellation));
            }
            catch (Exception e) when (e is SiloUnavailableException or OrleansMessageRejectionException)
            {
                throw new SiloLostException(place.Silo.ToString(), number, e);
            }
        }
    }

    // A call to a silo that died with the gateway it went through may never be answered; the cluster's own table tells.
    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Glance, cancellation);
            HashSet<SiloAddress> active;
            try
            {
                active = [.. await ActiveAsync()];
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                // The gateway that was asked is gone; the next glance takes another.
                continue;
            }

            if (places.FirstOrDefault(place => !active.Contains(place.Silo)) is { } gone)
            {
                throw new SiloLostException(gone.Silo.ToString(), 0);
            }
        }
    }

    private async Task<IEnumerable<SiloAddress>> ActiveAsync() =>
        (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys;
}

/// <summary>A silo went away, and with it the worlds of the replications that it ran.</summary>
/// <param name="replication">The replication that broke; 0 when only the silo is known.</param>
public sealed class SiloLostException(string silo, int replication, Exception? inner = null)
    : Exception($"Silo {silo} went away during the run{(replication > 0 ? $", with replication {replication}" : "")}.", inner)
{
    public Words Because { get; } =
        new(
            $"节点 {silo} 在模拟运行中途退出{(replication > 0 ? $"，第 {replication} 次重复中断" : "")}；其内存中的模拟已丢失，本次运行作废。请待集群恢复后重新运行。",
            $"Silo {silo} went away during the run{(replication > 0 ? $", in replication {replication}" : "")}; what it simulated "
                + "in memory is lost and the run is void. Run it again once the cluster is whole."
        );
}
