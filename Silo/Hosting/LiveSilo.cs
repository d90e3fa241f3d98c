using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Composes the live silo: one folder, loopback only, record on SQLite with its outbox, snapshots and reminders beside it.</summary>
internal static class LiveSilo
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(20);

    /// <param name="folder">Taken by the caller, who gives it back after the host has gone: a folder in use is told before anything starts.</param>
    public static IHost Build(SeedLibrary seeds, LiveFolder folder, SiloOptions options)
    {
        var builder = TownReformSilo.NewHost();
        builder.Services.AddSingleton(folder);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.AddTownReform(
            seeds,
            storage => storage.Folder = folder.Path,
            silo => silo
                .UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, TownReformSilo.Cluster, TownReformSilo.Cluster)
                .UseOrleansSqlite());
        return builder.Build();
    }

    /// <summary>The first of the two ports that somebody else listens on; null when both are free.</summary>
    public static int? PortInUse(SiloOptions options) => new int?[] { options.SiloPort, options.GatewayPort }.FirstOrDefault(port => !IsFree(port!.Value));

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
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
