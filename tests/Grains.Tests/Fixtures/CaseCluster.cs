using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Recording;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(CaseCluster))]

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One silo with the real seeds and worlds in memory; each test has a world of its own.</summary>
public sealed class CaseCluster : IAsyncLifetime
{
    private InProcessTestCluster cluster = null!;
    private readonly CallWatch calls = new();
    private IWorlds worlds = null!;
    private int lastWorld;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton(RealSeeds.Library).AddWorlds();
                silo.Services.AddSingleton<IWorlds>(services => new FaultyWorlds(services.GetRequiredService<Worlds>()));
                silo.Services.AddSingleton<IIncomingGrainCallFilter>(calls);
            }
        );
        cluster = builder.Build();
        await cluster.DeployAsync();
        worlds = cluster.Silos[0].ServiceProvider.GetRequiredService<IWorlds>();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    /// <summary>Yandian, or another of the real towns, founded in a new world.</summary>
    internal Task<RealTown> FoundAsync(string code = "yandian") => NewTown(code).FoundAsync();

    internal RealTown NewTown(string code = "yandian") =>
        new(cluster.Client, worlds, $"c{Interlocked.Increment(ref lastWorld)}", RealSeeds.Library.Towns[code]);

    /// <summary>Drops a grain's activation, as a crash or a deployment would.</summary>
    internal Task ForgetAsync(IAddressable grain) => cluster.DeactivateAsync(grain);

    /// <summary>How many calls have begun at a grain.</summary>
    internal int Begun(IAddressable grain) => calls.Begun(grain.GetGrainId());

    /// <summary>Waits until so many have.</summary>
    internal async Task CalledAsync(IAddressable grain, int times)
    {
        while (Begun(grain) < times)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Has a grain that has nothing forgotten as soon as one of its calls is answered, as the door of a live silo does.</summary>
    internal void ForgetWhenAnswered(IAddressable grain) => calls.Forgotten[grain.GetGrainId()] = true;

    private sealed class CallWatch : IIncomingGrainCallFilter
    {
        private static readonly DeactivationReason Nothing = new(DeactivationReasonCode.ApplicationRequested, "It has nothing.");
        private readonly ConcurrentDictionary<GrainId, int> begun = new();

        public ConcurrentDictionary<GrainId, bool> Forgotten { get; } = new();

        public int Begun(GrainId grain) => begun.GetValueOrDefault(grain);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            begun.AddOrUpdate(context.TargetId, 1, (_, n) => n + 1);
            await context.Invoke();
            if (Forgotten.ContainsKey(context.TargetId) && context.Grain is IForgettable { HasNothing: true })
            {
                context.TargetContext.Deactivate(Nothing);
            }
        }
    }
}
