using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TownReform.Tests.Fixtures;

/// <summary>A line between a silo and its database that can be cut: a proxy on loopback.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<TcpClient, TcpClient> open = new();
    private readonly Task accepting;
    private readonly int to;
    private volatile bool cut;

    /// <param name="to">Port of the database on loopback.</param>
    public CuttableLine(int to)
    {
        this.to = to;
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Breaks what is connected and lets nobody through.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var (near, far) in open)
        {
            near.Dispose();
            far.Dispose();
        }
    }

    public void Mend() => cut = false;

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Cut();
        listener.Dispose();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(closing.Token);
                if (cut)
                {
                    near.Dispose();
                }
                else
                {
                    _ = CarryAsync(near);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The line is taken down.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, to, closing.Token);
                open[near] = far;
                await Task.WhenAny(
                    near.GetStream().CopyToAsync(far.GetStream(), closing.Token),
                    far.GetStream().CopyToAsync(near.GetStream(), closing.Token)
                );
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Either end hung up.
            }
            finally
            {
                open.TryRemove(near, out _);
            }
        }
    }
}
