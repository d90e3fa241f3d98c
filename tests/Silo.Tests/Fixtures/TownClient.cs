using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Silo.Hosting;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>An Orleans client of a silo process.</summary>
internal sealed class TownClient : IAsyncDisposable
{
    // A call that the killed silo will never answer is given up after this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // A gateway that was away is used again after this.
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    private readonly IHost host;

    private TownClient(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IAuditGrain Audit => Grains.GetGrain<IAuditGrain>(Address.Live);

    public ICaseGrain Case(string number) => Grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number));

    /// <summary>The port of the silo that a grain lives on.</summary>
    public async Task<int> SiloOfAsync(IAddressable grain) =>
        (await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain)).ShouldNotBeNull().Endpoint.Port;

    /// <summary>A client that gives up soon and sends nothing again by itself.</summary>
    public static Task<TownClient> ConnectAsync(params IEnumerable<SiloProcess> silos) =>
        ConnectAsync(
            silos,
            client =>
                client
                    .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = Patience)
                    .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = Refresh)
        );

    /// <summary>A client that waits for each answer as long as Orleans does by default.</summary>
    public static Task<TownClient> ConnectPatientlyAsync(SiloProcess silo) => ConnectAsync([silo], _ => { });

    /// <summary>A client as it is shipped.</summary>
    public static Task<TownClient> ConnectAsShippedAsync(IEnumerable<SiloProcess> silos) =>
        ConnectAsync(silos, client => client.UseRetryOnSiloLoss());

    /// <summary>A client that is made in a way of its own.</summary>
    public static async Task<TownClient> ConnectAsync(IEnumerable<SiloProcess> silos, Action<IClientBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
            configure(
                client
                    .UseStaticClustering([.. silos.Select(silo => new IPEndPoint(IPAddress.Loopback, silo.GatewayPort))])
                    .Configure<ClusterOptions>(cluster =>
                        (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
                    )
            )
        );
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TownClient(host);
    }

    /// <summary>Waits until no effect waits for its receiver any more; the chains must be whole all the while.</summary>
    public Task<AuditReport> DeliveredAsync() =>
        Eventually.GivesAsync(
            "no effect waits for its receiver",
            async () =>
            {
                var report = await Audit.VerifyAsync();
                report.Broken.ShouldBeNull();
                return report.EffectsWaiting == 0 ? report : null;
            }
        );

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(Patience);
            await host.StopAsync(soon.Token);
        }
        catch (Exception)
        {
            // The silo was killed under it.
        }

        host.Dispose();
    }
}
