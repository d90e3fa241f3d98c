using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace TownReform.Silo.Doors;

/// <summary>
/// Stands at a silo's ports: so many connections at most, none that says nothing or stops in the middle of a message, and through the
/// gateway only messages that a client may send in its own name.
/// </summary>
/// <param name="most">Connections at each port at most.</param>
internal sealed partial class ConnectionGuard(int most, TimeProvider time, ILogger<ConnectionGuard> logger) : IDisposable
{
    /// <summary>Within this a connection has greeted.</summary>
    public static readonly TimeSpan Greeting = TimeSpan.FromSeconds(5);

    /// <summary>Within this a message that has begun is all there.</summary>
    public static readonly TimeSpan Message = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1),
        Between = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ConnectionWatch, bool> watched = new();
    private ITimer? looking;
    private int clients;
    private int silos;
    private long told;

    /// <summary>Has it stand at the ports. What secures connections comes between the two halves, so that a handshake counts and its
    /// content is looked at.</summary>
    public void Bound(SiloConnectionOptions ports)
    {
        looking ??= time.CreateTimer(_ => LookAtAll(), null, Look, Look);
        ports.ConfigureGatewayInboundConnection(builder =>
            builder.Use(next =>
                context => CountAsync(context, next, () => Interlocked.Increment(ref clients), () => Interlocked.Decrement(ref clients))
            )
        );
        ports.ConfigureSiloInboundConnection(builder =>
            builder.Use(next =>
                context => CountAsync(context, next, () => Interlocked.Increment(ref silos), () => Interlocked.Decrement(ref silos))
            )
        );
    }

    public void Watch(SiloConnectionOptions ports)
    {
        ports.ConfigureGatewayInboundConnection(builder => builder.Use(next => context => WatchAsync(context, next, fromClients: true)));
        ports.ConfigureSiloInboundConnection(builder => builder.Use(next => context => WatchAsync(context, next, fromClients: false)));
    }

    public void Dispose() => looking?.Dispose();

    internal void Tell(ConnectionContext context, string why)
    {
        // Whoever knocks a thousand times a second isn't to fill the log.
        if (
            Volatile.Read(ref told) is var before
            && (before == 0 || time.GetElapsedTime(before) > Between)
            && Interlocked.CompareExchange(ref told, time.GetTimestamp(), before) == before
        )
        {
            WasCut(logger, context.RemoteEndPoint?.ToString() ?? "?", why);
        }
    }

    internal long Now => time.GetTimestamp();

    internal TimeSpan Since(long then) => time.GetElapsedTime(then);

    private async Task CountAsync(ConnectionContext context, ConnectionDelegate next, Func<int> enter, Func<int> leave)
    {
        try
        {
            if (enter() > most)
            {
                Tell(context, $"there are {most} connections already (--most-connections)");
                context.Abort();
                return;
            }

            await next(context);
        }
        finally
        {
            leave();
        }
    }

    private async Task WatchAsync(ConnectionContext context, ConnectionDelegate next, bool fromClients)
    {
        var watch = new ConnectionWatch(this, context);
        watched[watch] = true;
        try
        {
            context.Transport = new Guarded(new GuardedInput(context.Transport.Input, watch, fromClients), context.Transport.Output);
            await next(context);
        }
        finally
        {
            watched.TryRemove(watch, out _);
        }
    }

    private void LookAtAll()
    {
        foreach (var (watch, _) in watched)
        {
            watch.Look();
        }
    }

    private sealed record Guarded(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A connection from {From} was cut off: {Why}. Further ones within half a minute are not told."
    )]
    private static partial void WasCut(ILogger logger, string from, string why);
}

/// <summary>What a connection is waited for.</summary>
internal sealed class ConnectionWatch(ConnectionGuard guard, ConnectionContext context)
{
    private long since = guard.Now;
    private bool greeted;

    /// <summary>Something came; whether more of it has to come.</summary>
    public void Waits(bool forMore)
    {
        greeted |= !forMore;
        if (!forMore)
        {
            Volatile.Write(ref since, 0);
        }
        else if (Volatile.Read(ref since) == 0)
        {
            Volatile.Write(ref since, guard.Now);
        }
    }

    public void Cut(string why)
    {
        guard.Tell(context, why);
        context.Abort();
    }

    /// <summary>Cuts it off when it was waited for long enough.</summary>
    public void Look()
    {
        if (
            Volatile.Read(ref since) is var then
            && then != 0
            && guard.Since(then) > (greeted ? ConnectionGuard.Message : ConnectionGuard.Greeting)
        )
        {
            Volatile.Write(ref since, guard.Now);
            Cut(greeted ? "it stopped in the middle of a message" : "it said nothing");
        }
    }
}
