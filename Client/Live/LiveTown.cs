using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Client.Terminal;
using TownReform.Silo.Doors;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Live;

/// <summary>The live town as an Orleans client sees it, for as long as one command runs.</summary>
internal sealed class LiveTown : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly IHost host;
    private readonly long metAt = Stopwatch.GetTimestamp();

    private LiveTown(IHost host) => (this.host, Grains) = (host, host.Services.GetRequiredService<IGrainFactory>());

    /// <summary>What the town's clock showed when it was met, and whether it is a practice town.</summary>
    public TownTime Time { get; private init; } = null!;

    /// <summary>The town's clock now. Commands are stamped by it: that of this machine may be off, and a practice town has another
    /// day.</summary>
    public DateTimeOffset Now => Time.Now + Stopwatch.GetElapsedTime(metAt);

    public IGrainFactory Grains { get; }

    public ITownGrain Town(string town) => Grains.Grain<ITownGrain>(Address.Town(Address.Live, town));

    public ICaseGrain Case(string number) => Grains.Grain<ICaseGrain>(Address.Case(Address.Live, number));

    public IStaffGrain Staff(string town, string staff) => Grains.Grain<IStaffGrain>(Address.Staff(Address.Live, town, staff));

    public ICatalogueGrain Catalogue(string town) => Grains.Grain<ICatalogueGrain>(Address.Town(Address.Live, town));

    public ITownDirectoryGrain Directory(string town) => Grains.Grain<ITownDirectoryGrain>(Address.Town(Address.Live, town));

    public ICaseIndexGrain Index => Grains.Grain<ICaseIndexGrain>(Address.Live);

    public IEffectsGrain Effects => Grains.Grain<IEffectsGrain>(Address.Live);

    public IReceiptGrain Receipts => Grains.Grain<IReceiptGrain>(Address.Live);

    public IAuditGrain Audit => Grains.Grain<IAuditGrain>(Address.Live);

    /// <exception cref="CommandFailedException">Nobody answers there.</exception>
    public static async Task<LiveTown> ConnectAsync(IReadOnlyList<Gateway> gateways, TlsFiles? tls, CancellationToken cancellation)
    {
        var endpoints = await KnockAsync(gateways, cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "townreform" });
        builder.Logging.AddFilter("Orleans", LogLevel.None);
        // Signals are the console's, which cancels what is under way.
        builder.Services.AddSingleton<IHostLifetime, ConsolesLifetime>();
        builder.UseOrleansClient(client =>
            Secured(client, tls)
                .UseStaticClustering(endpoints)
                .UseRetryOnSiloLoss()
                .Configure<ClusterOptions>(cluster =>
                    (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
                )
        );
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).WaitAsync(Patience * 3, cancellation);
            var index = host.Services.GetRequiredService<IGrainFactory>().Grain<ICaseIndexGrain>(Address.Live);
            return new LiveTown(host) { Time = await index.TimeAsync().WaitAsync(Patience * 3, cancellation) };
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            host.Dispose();
            throw Nobody(gateways);
        }
    }

    private static IClientBuilder Secured(IClientBuilder client, TlsFiles? tls) => tls is null ? client : client.UseTls(tls.ForSilos);

    /// <summary>Whether this is what a call ends with that nobody answers.</summary>
    public static bool IsNoAnswer(Exception e) => e is TimeoutException or OrleansException or EnumerationAbortedException;

    /// <summary>What to end with when the town answered with a fault: its words, and the id to send the command again under.</summary>
    public static CommandFailedException Halted(TownFaultException fault, Guid? command) =>
        (fault.CommandId ?? command) is { } id && fault.Deed != Deed.NotDone
            ? new(CodeOf(fault), new($"{fault.Because.Zh}\n  --command-id {id}", $"{fault.Because.En}\n  --command-id {id}"))
            : new(CodeOf(fault), fault.Because);

    private static int CodeOf(TownFaultException fault) => fault.Passing ? ExitCode.Unreachable : ExitCode.Fault;

    /// <summary>What to say when a call got no answer: it may have been done all the same.</summary>
    public static Words NoAnswer(string why) =>
        new(
            $"运行节点没有应答：{why}\n可能已经办理，也可能没有。恢复后请以同一 --command-id 重发，不会重复办理。",
            $"The live town gave no answer: {why}\nIt may have been done or not. Send it again under the same --command-id once "
                + "the town is back; it is not done twice."
        );

    public async ValueTask DisposeAsync()
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception e) when (IsNoAnswer(e) || e is OperationCanceledException)
        {
            // The town went away first; there is nothing left to say goodbye to.
        }

        host.Dispose();
    }

    // A closed port is told at once, instead of after the client's own patience; of several gateways those that answer are enough.
    private static async Task<IPEndPoint[]> KnockAsync(IReadOnlyList<Gateway> gateways, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(gateways.Select(gateway => KnockAsync(gateway, cancellation)));
        return answers.OfType<IPEndPoint>().ToArray() is { Length: > 0 } open ? open : throw Nobody(gateways);
    }

    private static async Task<IPEndPoint?> KnockAsync(Gateway gateway, CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(gateway.Host, gateway.Port, cancellation).AsTask().WaitAsync(Patience, cancellation);
            return (IPEndPoint)socket.Client.RemoteEndPoint!;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return null;
        }
    }

    private static CommandFailedException Nobody(IReadOnlyList<Gateway> gateways) =>
        new(
            ExitCode.Unreachable,
            new(
                $"{string.Join('、', gateways)} 没有运行中的节点。请先启动：dotnet run -c Release --project Silo（或用 --gateway 指明其他节点）。",
                $"No live town answers at {string.Join(", ", gateways)}. Start it: dotnet run -c Release --project Silo (or name "
                    + "another with --gateway)."
            )
        );

    private sealed class ConsolesLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Where clients connect.</summary>
internal sealed record Gateway(string Host, int Port)
{
    public static Gateway Default { get; } = new("127.0.0.1", 30000);

    /// <summary>One gateway, or several of a cluster behind commas.</summary>
    /// <exception cref="CommandFailedException">The text isn't host:port.</exception>
    public static IReadOnlyList<Gateway> ParseAll(string? text) =>
        text is null ? [Default] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)];

    /// <exception cref="CommandFailedException">The text isn't host:port.</exception>
    public static Gateway Parse(string? text)
    {
        if (text is null)
        {
            return Default;
        }

        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out var port) && port is >= 1 and <= 65535
            ? new Gateway(text[..colon].Trim('[', ']'), port)
            : throw CommandFailedException.BadInput(
                $"--gateway 须为 HOST:PORT（如 127.0.0.1:30000），不能是“{text}”。",
                $"--gateway is host:port (such as 127.0.0.1:30000), not '{text}'."
            );
    }

    public override string ToString() => $"{Host}:{Port}";
}
