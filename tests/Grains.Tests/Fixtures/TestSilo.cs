using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(TownCluster))]
[assembly: AssemblyFixture(typeof(CaseCluster))]

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One silo with the test plans, for tests of the offices.</summary>
public sealed class TownCluster() : TestSilo(TestPlans.Library);

/// <summary>One silo with the real seeds, for tests of cases.</summary>
public sealed class CaseCluster() : TestSilo(RealSeeds.Library)
{
    /// <summary>Yandian, or another of the real towns, founded in a new world.</summary>
    internal Task<TestTown> FoundAsync(string code = "yandian") => NewTown(code).FoundAsync();
}

/// <summary>One silo with worlds in memory; each test has a world of its own.</summary>
public abstract class TestSilo(SeedLibrary seeds) : IAsyncLifetime
{
    private InProcessTestCluster cluster = null!;
    private IWorlds worlds = null!;
    private int lastWorld;

    internal CallWatch Calls { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<INeighbourhood, TestNeighbourhood>();
                silo.Services.AddSingleton(seeds).AddWorlds();
                silo.Services.AddSingleton<IWorlds>(services => new TestWorlds(services.GetRequiredService<Worlds>()));
                silo.Services.AddSingleton<IIncomingGrainCallFilter>(Calls);
            }
        );
        cluster = builder.Build();
        await cluster.DeployAsync();
        worlds = cluster.Silos[0].ServiceProvider.GetRequiredService<IWorlds>();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A town in a new world, not founded.</summary>
    /// <param name="apart">Each of its grains lives as on a silo of its own.</param>
    internal TestTown NewTown(string code = "yandian", bool apart = false) =>
        new(cluster.Client, worlds, $"{(apart ? TestWorlds.Apart : "")}t{Interlocked.Increment(ref lastWorld)}", seeds, code);

    /// <summary>What the grains of a town have at hand on this silo.</summary>
    internal GrainNeighbours NeighboursOf(TestTown town) =>
        cluster.Silos[0].ServiceProvider.GetRequiredService<INeighbourhood>().Of(town.Storage);

    /// <summary>Drops a grain's activation, as a crash or a deployment would.</summary>
    internal Task ForgetAsync(IAddressable grain) => cluster.DeactivateAsync(grain);
}
