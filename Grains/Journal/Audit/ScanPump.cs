using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Reads a blocking source on a thread of the pool, a little ahead of whoever takes from it: a grain that streams it stays
/// free.</summary>
internal static class ScanPump
{
    /// <summary>Things read ahead.</summary>
    private const int Ahead = 1024;

    public static async IAsyncEnumerable<Scanned> Run(
        Func<IEnumerable<Scanned>> source,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var channel = Channel.CreateBounded<Scanned>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pumping = Task.Run(() => PumpAsync(source, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var part in channel.Reader.ReadAllAsync(cancellation))
            {
                yield return part;
            }
        }
        finally
        {
            // Whoever stops in the middle lets the source close before the next thing happens.
            await stop.CancelAsync();
            await pumping;
        }
    }

    private static async Task PumpAsync(Func<IEnumerable<Scanned>> source, ChannelWriter<Scanned> to, CancellationToken stop)
    {
        try
        {
            foreach (var part in source())
            {
                if (!to.TryWrite(part))
                {
                    await to.WriteAsync(part, stop);
                }
            }

            to.Complete();
        }
        catch (Exception fault)
        {
            to.Complete(fault);
        }
    }
}
