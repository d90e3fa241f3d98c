using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>The live Yandian of one silo, kept in SQLite.</summary>
/// <param name="deadLetters">When its effects go aside, where not as by default.</param>
internal sealed class LiveCrowdTown(DeadLetterRule? deadLetters = null) : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crowd");
    private InProcessTestCluster cluster = null!;

    public async Task<TestTown> FoundAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.UseInMemoryReminderService();
                silo.Services.AddSingleton(RealSeeds.Library)
                    .AddWorlds(options => (options.Folder, options.DeadLetters) = (folder.FullName, deadLetters ?? DeadLetterRule.Default));
            }
        );
        cluster = builder.Build();
        await cluster.DeployAsync();

        // Its days are those of 2019.
        cluster.Silos[0].ServiceProvider.GetRequiredService<IWorlds>().ReceptionOf(Address.Live).Clock = null;
        return await new TestTown(
            cluster.Client,
            cluster.Silos[0].ServiceProvider.GetRequiredService<IWorlds>(),
            Address.Live,
            RealSeeds.Library
        ).FoundAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
