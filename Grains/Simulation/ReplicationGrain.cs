using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>One replication: a world of its own in memory, on the silo that runs it.</summary>
[GrainType("replication"), PreferLocalPlacement]
public sealed class ReplicationGrain(IWorlds worlds, SeedLibrary seeds, IRunRecording recording) : Grain, IReplicationGrain
{
    private Replication? replication;

    public async Task<ReplicationResult> RunAsync(ReplicationOrder order, CancellationToken cancellation)
    {
        var world = Address.Simulated(order.Run, order.Number);
        var scenario = SimulationOrders.Load(seeds, order.Order);
        var (own, _) = SimulationOrders.SeedsOf(seeds, scenario);
        var storage = worlds.Begin(world, own);
        var isHeld = false;
        using var sink = recording.Open(order.Run, order.Number, scenario);
        try
        {
            var stage = new Stage(world, GrainFactory, own, scenario, RandomStream.Of(order.Order.Seed, order.Number), sink: sink, storage);
            replication = new Replication(stage, order.Number);
            isHeld = await GoAsync(stage, replication, order.Order, cancellation);
            var result = await AccountAsync(stage, order.Number, cancellation);
            sink.Close(result);
            return result;
        }
        finally
        {
            if (!isHeld)
            {
                worlds.Drop(world);
            }

            DeactivateOnIdle();
        }
    }

    public Task<ReplicationProgress> ProgressAsync() =>
        Task.FromResult(
            replication?.Progress
                ?? new ReplicationProgress(Number: 0, Day: default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false)
        );

    // True when virtual time stands still now, and the world is to stay.
    private async Task<bool> GoAsync(Stage stage, Replication replication, SimulationOrder order, CancellationToken cancellation)
    {
        var without = SimulationOrders.Without(seeds, stage.Scenario);
        if (order.HoldAt is not { } moment)
        {
            await replication.RunAsync(without, cancellation);
            return false;
        }

        await replication.HoldAsync(without, moment, cancellation);
        worlds.ReceptionOf(stage.World).Clock = new SiloClock(new MovedClock(stage.Clock.AtLocal(moment), TimeProvider.System), seeds.Law);
        return true;
    }

    private static async Task<ReplicationResult> AccountAsync(Stage stage, int number, CancellationToken cancellation)
    {
        var counts = await stage.Storage.ReadModel.CountCasesAsync(cancellation);
        var towns = ImmutableArray.CreateBuilder<TownEnd>();
        foreach (var plan in stage.Towns)
        {
            var seal = await stage.Grains.Grain<ISealGrain>(Address.Town(stage.World, plan.Code)).ReadAsync();
            var posts = (await stage.Grains.Grain<IEstablishmentGrain>(Address.Town(stage.World, plan.Code)).ReadAsync()).Value!;
            towns.Add(
                new TownEnd(
                    plan.Code,
                    seal.Issued,
                    posts,
                    [.. counts.Where(c => c.Town == plan.Code).Select(c => new IndexedCount(c.Procedure, c.Disposition, c.Cases))]
                )
            );
        }

        var chains = await ((IChainAudit)stage.Storage.Journal).VerifyAsync(cancellation);
        return new ReplicationResult(
            Number: number,
            Cases: stage.Opened,
            Commands: stage.Commands,
            Refusals: stage.Refusals,
            Towns: towns.ToImmutable(),
            RecordsVerified: chains.Records,
            StreamsVerified: chains.Streams,
            ChainBreak: chains.Fault is { } fault ? new BrokenRecord(fault.Stream ?? "", fault.Version ?? 0) : null,
            EffectsWaiting: await stage.Storage.Outbox.CountAsync(cancellation)
        );
    }
}
