using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Demo;
using TownReform.Silo.Papers;
using TownReform.Silo.Web;

namespace TownReform.Silo.Hosting;

/// <summary>Composes a process that serves pages and API with no silo in it, as an Orleans client: <c>--role web</c>.</summary>
internal static class WebProcess
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(20),
        TillSilosStart = TimeSpan.FromSeconds(60),
        BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>A call that had no answer for so long is answered with 503: its silo was killed. Sent again under the same key it reaches
    /// another one.</summary>
    private static readonly TimeSpan NoAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Where the town is, as it is told.</summary>
    public static string TownOf(SiloOptions options) =>
        options.Connection is { } connection
            ? $"PostgreSQL {PostgresSchema.Where(connection)}"
            : FormattableString.Invariant($"{IPAddress.Loopback}:{options.GatewayPort}");

    /// <summary>That it serves, and where.</summary>
    public static Words Ready(SiloOptions options) =>
        new(
            $"就绪：网页与接口 http://{Endpoint(options)}/，镇在 {TownOf(options)}（Ctrl-C 停止）",
            $"ready: pages and API at http://{Endpoint(options)}/, town at {TownOf(options)} (Ctrl-C stops)"
        );

    /// <summary>No silo answered for a minute.</summary>
    public static Words NobodyAnswers(SiloOptions options) =>
        new(
            $"{TillSilosStart.TotalSeconds:F0} 秒内没有节点应答（{TownOf(options)}）。请先启动节点，或更正 --gateway-port、--connection、--tls-…。",
            $"No silo answered within {TillSilosStart.TotalSeconds:F0} s ({TownOf(options)}). Start one first, or correct --gateway-port, "
                + "--connection or --tls-…."
        );

    /// <summary>Why there is no town to serve; null when there is.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached or used.</exception>
    public static async Task<Words?> HindranceAsync(SiloOptions options)
    {
        if (options.Connection is not { } connection)
        {
            // Accounts and papers are in the silo's folder, so both processes must be on its machine.
            return File.Exists(LiveFolder.JournalOf(options.Folder)) ? null : NoTown(options.Folder);
        }

        await using var source = NpgsqlDataSource.Create(connection);
        await using var asked = source.CreateCommand("SELECT to_regclass('orleansquery') IS NOT NULL");
        return (bool)(await asked.ExecuteScalarAsync())!
            ? null
            : new(
                $"{TownOf(options)} 中还没有镇的数据；请先启动一个节点（--storage postgres）。",
                $"{TownOf(options)} holds no town yet; start a silo first (--storage postgres)."
            );
    }

    private static Words NoTown(string folder) =>
        new(
            $"文件夹 {folder} 中没有镇的数据。账户与材料存于其中：网页进程须与节点在同一台机器上，--data 与节点的相同，且节点先行启动；"
                + "分处不同机器须用 --storage postgres。",
            $"The folder {folder} holds no town. Accounts and papers are kept in it, so the web process runs on the silo's machine, with "
                + "the same --data, after a first start of the silo; on machines of their own both need --storage postgres."
        );

    private static IPEndPoint Endpoint(SiloOptions options) => new(options.Host, options.HttpPort!.Value);

    /// <summary>The host; it connects when it is started, and waits for a silo for up to a minute.</summary>
    /// <param name="more">Adds to the services, in tests.</param>
    public static WebApplication Build(SeedLibrary seeds, SiloOptions options, Action<IServiceCollection>? more = null)
    {
        var banner = options.Identity.DemoAccounts ? DemoAccounts.Banner : null;
        var builder = TownReformSilo.Prepare(
            HttpEndpoints.NewBuilder(options.Host, options.HttpPort!.Value, options.MostConnections, practice: false, banner)
        );
        var services = builder.Services;
        services.AddSingleton(seeds);
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = Shutdown);
        services.Configure<ConsoleLifetimeOptions>(static console => console.SuppressStatusMessages = true);
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.UseOrleansClient(client => Connect(client, options));
        services.AddSingleton<AskedTownClock>();
        services.Replace(ServiceDescriptor.Singleton<ILiveTownClock>(provider => provider.GetRequiredService<AskedTownClock>()));
        services.AddHostedService<TownClockAsking>();

        // Whether it is a practice town is known once it has been asked, and before anybody is served.
        services.Replace(
            ServiceDescriptor.Singleton(provider => new PageSettings(provider.GetRequiredService<AskedTownClock>().IsPractice, banner))
        );
        services.AddSingleton<IReadiness, TownReadiness>();
        IdentityEndpoints.Add(services, options.Identity, options.Connection, options.Folder);
        PaperEndpoints.Add(services, options);
        services.AddSingleton(new RequestLimits(options.RequestsPerMinute));
        HttpEndpoints.Trust(services, options.Proxies);
        more?.Invoke(services);
        return HttpEndpoints.Map(builder.Build(), dashboard: false);
    }

    /// <summary>The refusal to serve a town that has other seeds: pages would show another law than the grains judge by; null when they
    /// are the same.</summary>
    public static async Task<Refusal?> CompareSeedsAsync(IGrainFactory grains, SeedLibrary seeds, SiloOptions options)
    {
        var any = seeds.Towns.Keys.Order(StringComparer.Ordinal).First();
        var directory = grains.GetGrain<ITownDirectoryGrain>(Address.Town(Address.Live, any));
        var theirs = (await TownCalls.AskAsync(directory.SeedsAsync)).ToDictionary(
            file => file.Path,
            file => file.Hash,
            StringComparer.Ordinal
        );
        return SeedFiles.Differing(seeds.Files, theirs) is { IsEmpty: false } files
            ? TownRefusals.SeedsDiffer(TownOf(options), files)
            : null;
    }

    private static void Connect(IClientBuilder client, SiloOptions options)
    {
        client
            .Configure<ClusterOptions>(static cluster =>
                (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
            )
            .Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = NoAnswer)
            .UseRetryOnSiloLoss();
        UseWaitForSilos(client);
        if (options.Tls is { } tls)
        {
            client.UseTls(tls.ForSilos);
        }

        if (options.Connection is { } connection)
        {
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", connection));
        }
        else
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, options.GatewayPort));
        }
    }

    // Whoever starts all processes of a machine at once starts none in order.
    private static void UseWaitForSilos(IClientBuilder client)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        client.UseConnectionRetryFilter(
            async (_, cancellation) =>
            {
                if (System.Diagnostics.Stopwatch.GetElapsedTime(begun) > TillSilosStart)
                {
                    return false;
                }

                await Task.Delay(BetweenTries, cancellation);
                return true;
            }
        );
    }
}
