using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Neighbours;

/// <summary>
/// Case numbers of one town that this silo hands out: taken from a block that the town has recorded as reserved, so that no opening waits
/// for the town. A block is small while
/// little is opened, and numbers follow each other; what is left of it when the silo stops is a gap that the town's record shows.
/// </summary>
/// <param name="isLive">False in a simulated world: blocks are of one size there, whatever the machine's speed.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle; there is nothing to dispose of.")]
internal sealed class NumberBlock(bool isLive)
{
    private const int OfSimulations = 256;

    /// <summary>A block that lasts less is followed by one of twice the size, one that lasts ten times as long by one of half.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim reserving = new(1, 1);
    private readonly Lock taking = new();
    private string prefix = "";
    private long next;
    private long end;
    private int size = 1;
    private long begun;

    /// <summary>The next number, or the refusal of a town that isn't founded.</summary>
    /// <param name="reserve">Asks the town for a block of so many.</param>
    public ValueTask<Outcome<string>> TakeAsync(Func<int, Task<Outcome<CaseNumbers>>> reserve) =>
        TryTake() is { } number ? ValueTask.FromResult<Outcome<string>>(number) : ReserveAsync(reserve);

    private string? TryTake()
    {
        lock (taking)
        {
            return next < end ? $"{prefix}{next++:D8}" : null;
        }
    }

    private async ValueTask<Outcome<string>> ReserveAsync(Func<int, Task<Outcome<CaseNumbers>>> reserve)
    {
        await reserving.WaitAsync();
        try
        {
            while (true)
            {
                if (TryTake() is { } number)
                {
                    return number;
                }

                if ((await reserve(Size())).IsRefused(out var refusal, out var block))
                {
                    return refusal;
                }

                lock (taking)
                {
                    (prefix, next, end) = (block.Prefix, block.First, block.First + block.Count);
                }
            }
        }
        finally
        {
            reserving.Release();
        }
    }

    private int Size()
    {
        if (!isLive)
        {
            return OfSimulations;
        }

        var (now, lasted) = (Stopwatch.GetTimestamp(), begun == 0 ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(begun));
        size =
            lasted < Lasting ? Math.Min(size * 2, CaseNumbers.Most)
            : lasted > 10 * Lasting ? Math.Max(size / 2, 1)
            : size;
        begun = now;
        return size;
    }
}
