using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>
/// The one writer of a file: a thread of its own that takes whatever has queued up and commits it together. No timer gathers writes;
/// while one commit is under way the next batch forms by itself. Callers wait when the queue is full.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int Together = 512;
    private const int Queued = 8192;

    private readonly CommitUnderWay commit;
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly List<PendingWrite> batch = new(Together);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<PendingWrite> queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(Queued)
    {
        SingleReader = true,
        AllowSynchronousContinuations = true,
    });

    public GroupCommit(string path, Action<IReadOnlyList<WaitingEffect>> effectsCommitted)
    {
        commit = new CommitUnderWay(path);
        this.effectsCommitted = effectsCommitted;

        // A thread, not a task: a task started from a grain would capture that grain's scheduler and stand in its way.
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.Start();
    }

    /// <summary>Queues a write; the caller then waits for it to be done.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask QueueAsync(PendingWrite write) =>
        queue.Writer.TryWrite(write) ? ValueTask.CompletedTask : QueueSlowlyAsync(write);

    /// <summary>Commits what has been queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }

    private async ValueTask QueueSlowlyAsync(PendingWrite write)
    {
        try
        {
            await queue.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException("journal", "记录已关闭 / The journal is closed: nothing can be recorded any more.");
        }
    }

    private void Run()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < Together && queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Write(batch);
            batch.Clear();
        }

        commit.Dispose();
        ended.SetResult();
    }

    private void Write(List<PendingWrite> writes)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            commit.Begin();
            foreach (var write in writes)
            {
                commit.Apply(write);
            }

            commit.Commit();
        }
        catch (Exception fault) when (writes.Count > 1 && IsOfOneWrite(fault))
        {
            // One write was malformed. Commit each alone, so that it fails alone.
            commit.Undo();
            foreach (var write in writes)
            {
                Write([write]);
            }

            return;
        }
        catch (Exception fault)
        {
            commit.Undo();
            writes.ForEach(write => write.Fail(fault));
            return;
        }

        TownMetrics.Commit(writes.Count, begun);
        Answer(writes);
    }

    private void Answer(List<PendingWrite> writes)
    {
        var effects = new List<WaitingEffect>();
        foreach (var write in writes)
        {
            if (write.Refused is { } refused)
            {
                write.Fail(refused);
            }
            else
            {
                effects.AddRange(write.Effects.Select(effect => new WaitingEffect(effect.Id, effect.Delivery)));
                write.Complete();
            }
        }

        if (effects.Count > 0)
        {
            effectsCommitted(effects);
        }
    }

    private static bool IsOfOneWrite(Exception fault) => fault is InvalidDataException
        or SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE };
}
