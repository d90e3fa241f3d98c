using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Placement;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Simulation.Spread;

/// <inheritdoc cref="IReplicationPlaceGrain"/>
// The replication is activated where its caller is, and its world's grains where the replication is: all of a world on one silo.
[GrainType("replication-place"), RandomPlacement, Reentrant]
public sealed class ReplicationPlaceGrain(ILocalSiloDetails here, CountingRecording counting, RunPlaces places)
    : Grain,
        IReplicationPlaceGrain
{
    private readonly SortedDictionary<int, IReplicationGrain> running = [];
    private readonly SortedDictionary<int, ReplicationProgress> ended = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(SimulatedWorlds.Longest);
        return Task.CompletedTask;
    }

    public Task<ReplicationPlace> LookAsync() =>
        Task.FromResult(new ReplicationPlace(here.SiloAddress.ToParsableString(), Environment.ProcessorCount));

    /// <exception cref="TownFaultException">The order is beyond the bounds of a live silo (<see cref="RunBounds"/>), or there is no room
    /// for it.</exception>
    public Task<CountedReplication> RunAsync(ReplicationOrder order, CancellationToken cancellation) =>
        RunBounds.WhyNot(order) is { } why ? throw new TownFaultException(why, Deed.NotDone)
        : running.ContainsKey(order.Number)
            ? throw new TownFaultException(
                new($"第 {order.Number} 次重复已在运行。", $"Replication {order.Number} runs already."),
                Deed.NotDone
            )
        : places.InPlaceAsync(() => RunInPlaceAsync(order, cancellation), cancellation);

    private async Task<CountedReplication> RunInPlaceAsync(ReplicationOrder order, CancellationToken cancellation)
    {
        var replication = GrainFactory.Grain<IReplicationGrain>($"{order.Run}/{order.Number}");
        using var counted = counting.Expect(order.Run, order.Number);
        running[order.Number] = replication;
        try
        {
            var result = await replication.RunAsync(order, cancellation);
            ended[order.Number] = new ReplicationProgress(
                Number: order.Number,
                Day: default,
                Share: 1,
                Open: 0,
                Done: result.Cases,
                Commands: result.Commands,
                Finished: true
            );
            return new CountedReplication(here.SiloAddress.ToParsableString(), result, counted.Counts);
        }
        finally
        {
            running.Remove(order.Number);
        }
    }

    public async Task<ImmutableArray<ReplicationProgress>> ProgressAsync()
    {
        var progress = ended.Values.ToImmutableArray();
        foreach (var replication in running.Values.ToArray())
        {
            var told = await replication.ProgressAsync();
            if (told.Number > 0 && !ended.ContainsKey(told.Number))
            {
                progress = progress.Add(told);
            }
        }

        return progress;
    }
}
