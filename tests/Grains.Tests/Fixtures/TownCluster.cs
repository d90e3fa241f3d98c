using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(TownCluster))]

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One silo for all tests of the offices; each test has a world of its own.</summary>
public sealed class TownCluster : IAsyncLifetime
{
    private readonly TestWorlds worlds = new();
    private InProcessTestCluster cluster = null!;
    private int lastWorld;

    internal CallWatch Calls { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo(
            (_, silo) =>
                silo
                    .Services.AddSingleton<IWorlds>(worlds)
                    .AddSingleton<INeighbourhood, TestNeighbourhood>()
                    .AddSingleton(TestPlans.Library)
                    .AddSingleton<IIncomingGrainCallFilter>(Calls)
        );
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    /// <summary>A town in a new world.</summary>
    /// <param name="apart">Each of its grains lives as on a silo of its own.</param>
    internal TestTown NewTown(string code, bool apart = false)
    {
        var world = $"{(apart ? TestWorlds.Apart : "")}t{Interlocked.Increment(ref lastWorld)}";
        return new(cluster.Client, world, code, (TestJournal)worlds.Of(world).Journal);
    }

    /// <summary>Drops a grain's activation, as a crash or a deployment would.</summary>
    internal Task ForgetAsync(IAddressable grain) => cluster.DeactivateAsync(grain);
}
