using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Silo.Hosting;

/// <summary>
/// A silo inside this process, for simulation and tests: worlds in memory, no data folder, no port. Any number run side by side on one
/// machine.
/// </summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly IHost host;

    private EmbeddedSilo(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Record, read model and outbox of each world; the one way to look at a simulated world from outside the grains.</summary>
    public IWorlds Worlds => host.Services.GetRequiredService<IWorlds>();

    public IServiceProvider Services => host.Services;

    /// <param name="configure">Adds what a run needs beside the town, such as a sink of its trace.</param>
    public static async Task<EmbeddedSilo> StartAsync(
        SeedLibrary seeds,
        Action<IServiceCollection>? configure = null,
        CancellationToken cancellation = default
    )
    {
        var builder = TownReformSilo.NewHost();
        // The process belongs to whoever embeds the silo; its signals are theirs.
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        // That a turn took long on a busy machine says nothing about a run, and would stand between the lines of its progress.
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.AddTownReform(seeds, storage => storage.LiveInMemory = true, Configure);
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            host.Services.GetRequiredService<TerseConsole>().Started(static () => false);
            await host.StartAsync(cancellation);
            return new EmbeddedSilo(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static void Configure(ISiloBuilder silo)
    {
        // The ports are part of the silo's name only: nothing listens.
        silo.UseLocalhostClustering(serviceId: TownReformSilo.Cluster, clusterId: TownReformSilo.Cluster)
            .Configure<EndpointOptions>(endpoints => endpoints.GatewayPort = 0)
            // Who cancels a run waits until it has stopped, so that nothing is written after it.
            .Configure<SiloMessagingOptions>(messaging => messaging.WaitForCancellationAcknowledgement = true)
            // An office that dozed off for a real quarter of an hour would wake with another order of dispatch, and the same seed would
            // give other bytes;
            // a dropped world's grains leave memory at once.
            .Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromDays(7))
            .UseInMemoryReminderService();
        DeafListener.ReplaceAllIn(silo.Services);
    }

    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
