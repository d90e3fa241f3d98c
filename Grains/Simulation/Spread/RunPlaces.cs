namespace TownReform.Grains.Simulation.Spread;

/// <summary>Replications that this silo runs for clients at once: one per processor, over all runs; further ones wait, and beyond a few of
/// those are turned away.</summary>
public sealed class RunPlaces : IDisposable
{
    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);
    private int asked;

    /// <summary>Replications under way and waiting, at most.</summary>
    public static int Most => 4 * Environment.ProcessorCount;

    /// <summary>Waits for a place, and gives it back when the work has ended.</summary>
    /// <exception cref="TownFaultException">Too many wait already, or memory is short.</exception>
    public async Task<T> InPlaceAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref asked) > Most)
        {
            Interlocked.Decrement(ref asked);
            throw new TownFaultException(
                new(
                    "本节点等候的模拟运行过多，未运行。请稍后再试。",
                    "Too many replications wait at this silo, so it was not run. Try again later."
                ),
                Deed.NotDone
            );
        }

        try
        {
            await places.WaitAsync(cancellation);
            try
            {
                return RunBounds.HasMemory()
                    ? await work()
                    : throw new TownFaultException(
                        new(
                            "本节点内存不足，未运行模拟。请稍后再试，或减少同时运行的数量。",
                            "This silo is short of memory, so it was not run. Try again later, or run fewer at once."
                        ),
                        Deed.NotDone
                    );
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref asked);
        }
    }

    public void Dispose() => places.Dispose();
}
