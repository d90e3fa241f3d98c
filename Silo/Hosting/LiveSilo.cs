using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Receipts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Doors;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Demo;
using TownReform.Silo.Papers;
using TownReform.Silo.Simulations;
using TownReform.Silo.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Composes the live silo: alone with its folder (SQLite), or one of a cluster on PostgreSQL.</summary>
internal static class LiveSilo
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(20);

    /// <summary>How long a silo that stops still serves after it has told its clients to go through other gateways.</summary>
    private static readonly TimeSpan ClientsLeave = TimeSpan.FromSeconds(2);

    /// <summary>Requests in line at one grain, for each command that may be under way at once: those of clients and, of as many again, what
    /// other silos' commands ask a bureau.</summary>
    private const int LinePerAdmitted = 2;

    /// <summary>
    /// Grains whose place a silo remembers. Orleans' own bound, a million, let each ended case keep some 300 bytes; what is forgotten is
    /// asked
    /// of the directory again, which a silo alone has in its own memory.
    /// </summary>
    private const int RememberedPlaces = 65_536;

    /// <param name="folder">Taken by the caller, who gives it back after the host has gone: a folder in use is told before anything starts.
    /// Null in a cluster.</param>
    /// <param name="practice">Where a practice town's clock begins; null: a real town.</param>
    /// <param name="more">Adds to the services of a silo with HTTP, in tests.</param>
    public static IHost Build(
        SeedLibrary seeds,
        LiveFolder? folder,
        SiloOptions options,
        DateTimeOffset? practice = null,
        Action<IServiceCollection>? more = null
    )
    {
        if (options.HttpPort is not { } port)
        {
            var plain = TownReformSilo.NewHost();
            Compose(plain, seeds, folder, options, practice);
            return plain.Build();
        }

        var builder = TownReformSilo.Prepare(
            HttpEndpoints.NewBuilder(
                options.Host,
                port,
                options.MostConnections,
                practice is not null,
                options.Identity.DemoAccounts ? DemoAccounts.Banner : null
            )
        );
        IdentityEndpoints.Add(builder.Services, options.Identity, options.Connection);
        var results = folder?.Path ?? Path.Combine(Path.GetTempPath(), $"townreform-{Environment.ProcessId}");
        SimulationEndpoints.Add(builder.Services, new SimulationSettings(options.Simulations, Path.Combine(results, "simulations")));
        Compose(builder, seeds, folder, options, practice);
        PaperEndpoints.Add(builder.Services, options);
        builder.Services.AddSingleton<IReadiness, SiloReadiness>();
        builder.Services.AddSingleton(new RequestLimits(options.RequestsPerMinute));
        HttpEndpoints.Trust(builder.Services, options.Proxies);
        more?.Invoke(builder.Services);
        return HttpEndpoints.Map(builder.Build(), options.Dashboard);
    }

    private static void Compose(
        IHostApplicationBuilder builder,
        SeedLibrary seeds,
        LiveFolder? folder,
        SiloOptions options,
        DateTimeOffset? practice
    )
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        if (options.CheckpointsTo is { } checkpoints)
        {
            builder.Services.AddCheckpoints(new CheckpointOptions(checkpoints, TimeSpan.FromSeconds(options.CheckpointsEvery)));
        }

        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        if (folder is not null)
        {
            builder.Services.AddSingleton(folder);
            builder.AddTownReform(
                seeds,
                storage => (storage.Folder, storage.MostAtOnce, storage.PracticeFrom) = (folder.Path, options.MostAtOnce, practice),
                silo =>
                    Watch(silo, options)
                        .UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, TownReformSilo.Cluster, TownReformSilo.Cluster)
                        .UseOrleansSqlite()
            );
        }
        else
        {
            builder.AddTownReform(
                seeds,
                storage => (storage.Connection, storage.MostAtOnce) = (options.Connection, options.MostAtOnce),
                silo =>
                    Watch(silo, options)
                        .Configure<ClusterOptions>(cluster =>
                            (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
                        )
                        .ConfigureEndpoints(options.Host, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false)
                        .Configure<ClusterMembershipOptions>(ClusterHealth.Configure)
                        .Configure<SiloMessagingOptions>(messaging => messaging.ClientGatewayShutdownNotificationTimeout = ClientsLeave)
                        .UseSiloMetadata(SameSeeds.ToldBy(seeds))
                        .UseOrleansPostgres(options.Connection!)
            );
            builder.Services.AddHostedService<WriterWatch>();
            builder
                .Services.AddSingleton<SameSeeds>()
                .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<SameSeeds>());
        }
    }

    private static ISiloBuilder Watch(ISiloBuilder silo, SiloOptions options)
    {
        if (options.Collector is { } collector)
        {
            silo.Services.AddTelemetry(collector);
            silo.AddActivityPropagation();
        }

        // Admission counts commands that have begun. Those that wait for one grain, such as a case that many act on, wait in its line,
        // which is bounded too.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = LinePerAdmitted * options.MostAtOnce);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = RememberedPlaces);
        silo.Services.AddSingleton(new OpenCalls(options.Simulations));
        silo.Services.AddSingleton<ReadableFaults>();
        silo.AddIncomingGrainCallFilter<ClientDoor>();
        Guard(silo, options);
        return options.Dashboard ? silo.AddDashboard() : silo;
    }

    private static void Guard(ISiloBuilder silo, SiloOptions options)
    {
        silo.Services.AddSingleton(services => new ConnectionGuard(
            options.MostConnections,
            TimeProvider.System,
            services.GetRequiredService<ILogger<ConnectionGuard>>()
        ));
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ConnectionGuard>(static (ports, guard) => guard.Bound(ports));
        if (options.Tls is { } tls)
        {
            silo.Services.AddOptions<SiloConnectionOptions>().Configure(ports => Secure(ports, tls));
        }

        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ConnectionGuard>(static (ports, guard) => guard.Watch(ports));
    }

    private static void Secure(SiloConnectionOptions ports, TlsFiles tls)
    {
        var (clients, silos) = (new TlsOptions(), new TlsOptions());
        tls.ForClients(clients);
        tls.ForSilos(silos);
        ports.ConfigureGatewayInboundConnection(builder => builder.UseServerTls(clients));
        ports.ConfigureSiloInboundConnection(builder => builder.UseServerTls(silos));
        ports.ConfigureSiloOutboundConnection(builder => builder.UseClientTls(silos));
    }

    /// <summary>Why the first of its ports that can't be listened on can't be; null when all can.</summary>
    public static Words? PortHindrance(SiloOptions options) =>
        (options.IsWeb ? new[] { options.HttpPort } : [options.SiloPort, options.GatewayPort, options.HttpPort])
            .OfType<int>()
            .Select(port =>
                Probe(options.Host, port) is { } fault ? PortFault(options, port.ToString(CultureInfo.InvariantCulture), fault) : null
            )
            .FirstOrDefault(words => words is not null);

    /// <summary>What to do about a port that can't be listened on.</summary>
    public static Words PortFault(SiloOptions options, string port, SocketError fault) =>
        fault switch
        {
            SocketError.AccessDenied => new(
                $"无权监听端口 {port}；1024 以下的端口需要特权，请另选。",
                $"Port {port} may not be listened on; those below 1024 need privileges, choose another."
            ),
            SocketError.AddressNotAvailable => new(
                $"本机没有地址 {options.Host}；请更正 --address。",
                $"This machine has no address {options.Host}; correct --address."
            ),
            _ => new(
                $"端口 {port} 已被占用：可能已有一个节点在运行。请停止它，或用 --silo-port、--gateway-port、--http 另选端口。",
                $"Port {port} is in use; another silo may be running. Stop it, or choose others with --silo-port, --gateway-port "
                    + "and --http."
            ),
        };

    private static SocketError? Probe(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
