namespace TownReform.Grains.Recording;

/// <summary>What calls that interleave wait for: the next record of a stream.</summary>
internal sealed class NextRecord
{
    private TaskCompletionSource? coming;

    /// <summary>Waits until it is there, or the time is over.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return;
        }

        if (coming is null or { Task.IsCompleted: true })
        {
            coming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await ((Task)coming.Task.WaitAsync(atMost)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
    }

    /// <summary>All who wait go on.</summary>
    public void IsThere() => coming?.TrySetResult();
}
