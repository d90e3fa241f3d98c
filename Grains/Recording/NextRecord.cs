using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TownReform.Grains.Recording;

/// <summary>What calls that interleave wait for: the next record of a stream.</summary>
/// <param name="stopping">Cancelled when the silo is told to stop: an activation leaves only when the calls under way have ended, so none
/// waits longer than that.</param>
internal sealed class NextRecord(CancellationToken stopping)
{
    /// <summary>Whoever asks again while the silo stops waits so long at most, rather than not at all.</summary>
    private static readonly TimeSpan LongestAtStop = TimeSpan.FromMilliseconds(200);

    private TaskCompletionSource? coming;

    /// <summary>One that knows when its silo is told to stop.</summary>
    public static NextRecord On(IServiceProvider silo) =>
        new(silo.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);

    /// <summary>Waits until it is there, the time is over, or the silo is told to stop.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost)
    {
        var (longest, stop) =
            stopping.IsCancellationRequested && atMost > LongestAtStop ? (LongestAtStop, CancellationToken.None) : (atMost, stopping);
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        if (coming is null or { Task.IsCompleted: true })
        {
            coming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await ((Task)coming.Task.WaitAsync(longest, stop)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
    }

    /// <summary>All who wait go on.</summary>
    public void IsThere() => coming?.TrySetResult();
}
