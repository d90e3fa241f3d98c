using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(CaseCluster))]

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One silo with the real seeds and worlds in memory; each test has a world of its own.</summary>
public sealed class CaseCluster : IAsyncLifetime
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
                silo.Services.AddSingleton(RealSeeds.Library).AddWorlds();
                silo.Services.AddSingleton<IWorlds>(services => new FaultyWorlds(services.GetRequiredService<Worlds>()));
                silo.Services.AddSingleton<IIncomingGrainCallFilter>(Calls);
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

    /// <summary>What the grains of a town have at hand on this silo.</summary>
    internal GrainNeighbours NeighboursOf(RealTown town) =>
        cluster.Silos[0].ServiceProvider.GetRequiredService<INeighbourhood>().Of(town.Storage);

    /// <summary>Drops a grain's activation, as a crash or a deployment would.</summary>
    internal Task ForgetAsync(IAddressable grain) => cluster.DeactivateAsync(grain);
}
