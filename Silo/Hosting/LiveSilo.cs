using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Composes the live silo: alone with its folder (SQLite), or one of a cluster on PostgreSQL.</summary>
internal static class LiveSilo
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(20);

    /// <param name="folder">Taken by the caller, who gives it back after the host has gone: a folder in use is told before anything starts. Null in a cluster.</param>
    public static IHost Build(SeedLibrary seeds, LiveFolder? folder, SiloOptions options)
    {
        var builder = TownReformSilo.NewHost();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        if (folder is not null)
        {
            builder.Services.AddSingleton(folder);
            builder.AddTownReform(
                seeds,
                storage => storage.Folder = folder.Path,
                silo => silo
                    .UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, TownReformSilo.Cluster, TownReformSilo.Cluster)
                    .UseOrleansSqlite());
        }
        else
        {
            builder.AddTownReform(
                seeds,
                storage => storage.Connection = options.Connection,
                silo => silo
                    .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster))
                    .ConfigureEndpoints(options.Host, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false)
                    .Configure<ClusterMembershipOptions>(ClusterHealth.Configure)
                    .UseOrleansPostgres(options.Connection!));
            builder.Services.AddHostedService<WriterWatch>();
        }

        return builder.Build();
    }

    /// <summary>The first of the two ports that somebody else listens on; null when both are free.</summary>
    public static int? PortInUse(SiloOptions options) => new int?[] { options.SiloPort, options.GatewayPort }.FirstOrDefault(port => !IsFree(options.Host, port!.Value));

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
