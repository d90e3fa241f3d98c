using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>Raw sockets at the ports of a real silo: none stays that says nothing, no more than so many, and no client speaks in another's
/// name.</summary>
public sealed class PortTests : IAsyncLifetime
{
    private const int Most = 12;

    private static readonly TimeSpan Closed = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ports");
    private readonly (int Silo, int Gateway) ports = SiloProcess.FreePorts();
    private readonly int http = SiloProcess.FreePorts().Silo;
    private SiloProcess silo = null!;

    public async ValueTask InitializeAsync() =>
        silo = await SiloProcess.StartWithAsync(folder.FullName, ports, "--http", $"{http}", "--most-connections", $"{Most}");

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Connections_ThatSayNothingOrTooLittle_AreClosed()
    {
        var sockets = new List<Task>();
        foreach (var port in new[] { ports.Gateway, ports.Silo, http })
        {
            sockets.Add(ClosesAsync(port, []));
            sockets.Add(ClosesAsync(port, [40]));
        }

        // A greeting in another language, and one without end.
        sockets.Add(ClosesAsync(ports.Gateway, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()));
        sockets.Add(ClosesAsync(ports.Gateway, [0, 0, 0, 127]));
        await Task.WhenAll(sockets);
        await ServesAsync();
    }

    // Which of them it is, the silo says: they are let in side by side.
    [Fact]
    public async Task Connections_BeyondTheBound_OneTooManyIsClosedAtOnce()
    {
        var closed = Enumerable.Range(0, Most + 1).Select(_ => ClosesAsync(ports.Gateway, [])).ToList();
        await await Task.WhenAny(closed);
        closed.Count(task => task.IsCompleted).ShouldBe(1, "The others wait until they have said nothing for too long.");
        await silo.ComplainsAsync("--most-connections");
        await Task.WhenAll(closed);
        await ServesAsync();
    }

    [Fact]
    public async Task Messages_InAnothersName_AreNotLetIn()
    {
        await using var line = new RenamingLine(ports.Gateway, "catalogues");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
            client
                .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, line.Port))
                .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
                .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5))
                .Configure<ClusterOptions>(cluster =>
                    (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
                )
        );
        var host = builder.Build();
        var call = async () =>
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return await host
                .Services.GetRequiredService<IGrainFactory>()
                .GetGrain<ITownGrain>(Address.Town(Address.Live, "yandian"))
                .ReadAsync();
        };
        try
        {
            await Should.ThrowAsync<Exception>(() => call().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        }
        finally
        {
            // A client whose gateway has cut it off may never come to an end.
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await host.StopAsync(soon.Token)
                .WaitAsync(TimeSpan.FromSeconds(4), CancellationToken.None)
                .ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        await silo.ComplainsAsync("its sender is none that a client can be");
        await ServesAsync();
    }

    private async Task ServesAsync()
    {
        await using var client = await TownClient.ConnectAsync(silo);
        (await client.Grains.GetGrain<ITownGrain>(Address.Town(Address.Live, "yandian")).ReadAsync()).Value.ShouldNotBeNull();
    }

    private static async Task ClosesAsync(int port, byte[] said)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(said, TestContext.Current.CancellationToken);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Closed);
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, late.Token) > 0) { }
        }
        catch (IOException)
        {
            // Closed with a reset.
        }
        catch (OperationCanceledException)
        {
            throw new ShouldAssertException($"Port {port} kept a connection that said {said.Length} bytes.");
        }
    }

    /// <summary>A line to a gateway that gives a client's messages another sender of the same length; the greeting passes as it
    /// is.</summary>
    private sealed class RenamingLine : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stopping = new();
        private readonly Task listening;

        public RenamingLine(int gateway, string name)
        {
            listener.Start();
            listening = ListenAsync(gateway, name);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            listener.Stop();
            await listening.ContinueWith(static _ => { }, TaskScheduler.Default);
            stopping.Dispose();
            listener.Dispose();
        }

        private async Task ListenAsync(int gateway, string name)
        {
            while (!stopping.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, gateway, stopping.Token);
                _ = PassAsync(client, server, name);
                _ = PassAsync(server, client, "");
            }
        }

        private async Task PassAsync(TcpClient from, TcpClient to, string name)
        {
            try
            {
                var (buffer, greeted) = (new byte[1 << 16], false);
                while (await from.GetStream().ReadAsync(buffer, stopping.Token) is > 0 and var read)
                {
                    if (greeted && name.Length > 0)
                    {
                        for (
                            var at = buffer.AsSpan(0, read).IndexOf("sys.client"u8);
                            at >= 0;
                            at = buffer.AsSpan(0, read).IndexOf("sys.client"u8)
                        )
                        {
                            System.Text.Encoding.ASCII.GetBytes(name, buffer.AsSpan(at));
                        }
                    }

                    greeted = true;
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stopping.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has gone; so does the other.
            }
            finally
            {
                from.Dispose();
                to.Dispose();
            }
        }
    }
}
