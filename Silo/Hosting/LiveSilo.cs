using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Doors;
using TownReform.Silo.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Composes the live silo: alone with its folder (SQLite), or one of a cluster on PostgreSQL.</summary>
internal static class LiveSilo
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(20);

    /// <summary>How long a silo that stops still serves after it has told its clients to go through other gateways.</summary>
    private static readonly TimeSpan ClientsLeave = TimeSpan.FromSeconds(2);

    /// <summary>Requests in line at one grain, for each command that may be under way at once: those of clients and, of as many again, what other silos' commands ask a bureau.</summary>
    private const int LinePerAdmitted = 2;

    /// <summary>
    /// Grains whose place a silo remembers. Orleans' own bound, a million, let each ended case keep some 300 bytes; what is forgotten is asked
    /// of the directory again, which a silo alone has in its own memory.
    /// </summary>
    private const int RememberedPlaces = 65_536;

    /// <param name="folder">Taken by the caller, who gives it back after the host has gone: a folder in use is told before anything starts. Null in a cluster.</param>
    public static IHost Build(SeedLibrary seeds, LiveFolder? folder, SiloOptions options)
    {
        if (options.HttpPort is not { } port)
        {
            var plain = TownReformSilo.NewHost();
            Compose(plain, seeds, folder, options);
            return plain.Build();
        }

        var builder = TownReformSilo.Prepare(HttpEndpoints.NewBuilder(options.Host, port));
        Compose(builder, seeds, folder, options);
        return HttpEndpoints.Map(builder.Build(), options.Dashboard);
    }

    private static void Compose(IHostApplicationBuilder builder, SeedLibrary seeds, LiveFolder? folder, SiloOptions options)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        if (folder is not null)
        {
            builder.Services.AddSingleton(folder);
            builder.AddTownReform(
                seeds,
                storage => (storage.Folder, storage.MostAtOnce) = (folder.Path, options.MostAtOnce),
                silo => Watch(silo, options)
                    .UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, TownReformSilo.Cluster, TownReformSilo.Cluster)
                    .UseOrleansSqlite());
        }
        else
        {
            builder.AddTownReform(
                seeds,
                storage => (storage.Connection, storage.MostAtOnce) = (options.Connection, options.MostAtOnce),
                silo => Watch(silo, options)
                    .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster))
                    .ConfigureEndpoints(options.Host, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false)
                    .Configure<ClusterMembershipOptions>(ClusterHealth.Configure)
                    .Configure<SiloMessagingOptions>(messaging => messaging.ClientGatewayShutdownNotificationTimeout = ClientsLeave)
                    .UseOrleansPostgres(options.Connection!));
            builder.Services.AddHostedService<WriterWatch>();
        }
    }

    private static ISiloBuilder Watch(ISiloBuilder silo, SiloOptions options)
    {
        if (options.Collector is { } collector)
        {
            silo.Services.AddTelemetry(collector);
            silo.AddActivityPropagation();
        }

        // Admission counts commands that have begun. Those that wait for one grain, such as a case that many act on, wait in its line, which is bounded too.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = LinePerAdmitted * options.MostAtOnce);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = RememberedPlaces);
        silo.Services.AddSingleton(new OpenCalls(options.Simulations));
        silo.AddIncomingGrainCallFilter<ClientDoor>();
        return options.Dashboard ? silo.AddDashboard() : silo;
    }

    /// <summary>The first of its ports that somebody else listens on; null when all are free.</summary>
    public static int? PortInUse(SiloOptions options) =>
        new[] { options.SiloPort, options.GatewayPort, options.HttpPort }.FirstOrDefault(port => port is { } used && !IsFree(options.Host, used));

    private static bool IsFree(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
