using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>An Orleans silo that has nothing of the town but how its host is set up.</summary>
internal sealed class LocalSilo : IAsyncDisposable
{
    private readonly IHost host;

    private LocalSilo(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="configure">What it has besides.</param>
    public static async Task<LocalSilo> StartAsync(Action<ISiloBuilder> configure, CancellationToken cancellation)
    {
        var (silo, gateway) = FreePorts.Two();
        var builder = TownReformSilo.NewHost();
        builder.UseOrleans(orleans => configure(orleans.UseLocalhostClustering(silo, gateway, null, "benchmark", "benchmark")));
        var local = new LocalSilo(builder.Build());
        try
        {
            await local.host.StartAsync(cancellation);
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
