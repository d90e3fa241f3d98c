using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The one writer of a file: commits each batch in one transaction.</summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly CommitUnderWay commit;
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly WriteQueue queue;

    public GroupCommit(string path, Action<IReadOnlyList<WaitingEffect>> effectsCommitted)
    {
        commit = new CommitUnderWay(path);
        this.effectsCommitted = effectsCommitted;
        queue = new WriteQueue(Write, commit.Dispose);
    }

    /// <summary>Queues a write; the caller then waits for it to be done.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask QueueAsync(PendingWrite write) => queue.QueueAsync(write);

    /// <summary>Commits what has been queued, then closes the file.</summary>
    public ValueTask DisposeAsync() => queue.DisposeAsync();

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
