using System.Threading.Channels;

namespace TownReform.Grains.Journal.Writing;

/// <summary>
/// The queue before a writer and the thread that empties it: whatever has queued up is written together. No timer gathers writes; while one
/// batch is under way the next forms by itself. Callers wait when the queue is full.
/// </summary>
/// <remarks>
/// A thread, not a task: a task started from a grain would capture that grain's scheduler and stand in its way, and what a store answers
/// must not stand in line behind the turns of grains that wait for it.
/// </remarks>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int Together = 512;
    private const int Queued = 8192;

    private readonly Action<List<PendingWrite>> write;
    private readonly Action end;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? closed;

    private readonly Channel<PendingWrite> queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(Queued) { SingleReader = true, AllowSynchronousContinuations = true }
    );

    /// <param name="write">Writes a batch and answers each of its writes; the list is used again.</param>
    /// <param name="end">Runs when all that was queued is written.</param>
    public WriteQueue(Action<List<PendingWrite>> write, Action end)
    {
        (this.write, this.end) = (write, end);
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.Start();
    }

    /// <summary>Why it was closed before its end; null while all is well.</summary>
    public Exception? Fault => closed;

    /// <summary>Queues a write; the caller then waits for it to be done.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask QueueAsync(PendingWrite pending) =>
        closed is { } fault ? ValueTask.FromException(fault)
        : queue.Writer.TryWrite(pending) ? ValueTask.CompletedTask
        : QueueSlowlyAsync(pending);

    /// <summary>Queues an append, and waits for it to be done.</summary>
    /// <remarks>No state machine of its own: what a grain waits for through fewer of them, it comes back from sooner.</remarks>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append)
    {
        var queued = QueueAsync(append);
        return queued.IsCompletedSuccessfully ? new ValueTask<JournalHead>(append.Done) : AppendSlowlyAsync(queued, append);
    }

    /// <summary>Has the writer find out whether it could write; what it finds is in the storage's health. Returns at once when the queue is
    /// closed; throws nothing.</summary>
    public async Task ProbeAsync()
    {
        var probe = new PendingProbe();
        var queued = QueueAsync(probe).AsTask();
        await queued.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (queued.IsCompletedSuccessfully ? probe.Done : Task.CompletedTask);
    }

    /// <summary>Takes nothing any more; whoever comes later is told why.</summary>
    public void Close(Exception why)
    {
        closed = why;
        queue.Writer.TryComplete();
    }

    /// <summary>Takes nothing any more, and waits until what has been queued is written.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }

    private static async ValueTask<JournalHead> AppendSlowlyAsync(ValueTask queued, PendingAppend append)
    {
        await queued;
        return await append.Done;
    }

    private async ValueTask QueueSlowlyAsync(PendingWrite pending)
    {
        try
        {
            await queue.Writer.WriteAsync(pending);
        }
        catch (ChannelClosedException)
        {
            throw closed ?? new ObjectDisposedException("journal", "记录已关闭 / The journal is closed: nothing can be recorded any more.");
        }
    }

    private void Run()
    {
        var batch = new List<PendingWrite>(Together);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < Together && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            write(batch);
            batch.Clear();
        }

        end();
        ended.SetResult();
    }
}
