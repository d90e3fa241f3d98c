using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>
/// Brings into the tables what commits have made durable, on a thread of its own: what has gathered for a tenth of a second in one
/// transaction, or at once when somebody wants to read it. A case that changes seven times within that time is written once, an effect that
/// has arrived not at all (<see cref="Projection"/>).
/// </summary>
internal sealed class TableUpdater
{
    /// <summary>Appends that go at once, whatever the time.</summary>
    private const int Full = 4096;

    /// <summary>Appends that may be ahead of the tables; beyond that the next commit waits.</summary>
    private const int MostUnapplied = 65_536;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly IProjectedTables tables;
    private readonly StorageHealth health;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly object gate = new();
    private ApplyBatch next = new();
    private ApplyBatch? current;
    private bool ending;
    private long applied;
    private volatile Exception? fault;

    /// <param name="applied">The last commit that is in the tables.</param>
    public TableUpdater(IProjectedTables tables, long applied, StorageHealth health, ILogger logger)
    {
        (this.tables, this.applied, this.health, this.logger) = (tables, applied, health, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "journal applier" };
        thread.Start();
    }

    /// <summary>The last commit that is in the tables for good.</summary>
    public long Applied => Volatile.Read(ref applied);

    /// <summary>Why nothing goes into the tables any more; null while all is well.</summary>
    public Exception? Fault => fault;

    /// <summary>Takes a commit that is safe. Waits when the tables are too far behind.</summary>
    public void Add(CommitBuffer commit)
    {
        lock (gate)
        {
            while (next.Appends + (current?.Appends ?? 0) > MostUnapplied && fault is null)
            {
                Monitor.Wait(gate);
            }

            Begin();
            next.Add(commit);
            if (next.Appends >= Full)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Takes effects that have arrived.</summary>
    public void Add(PendingReceipt receipt)
    {
        lock (gate)
        {
            if (!ending && fault is null)
            {
                Begin();
                next.Add(receipt);
                return;
            }
        }

        receipt.Fail(fault ?? new ObjectDisposedException(nameof(TableUpdater)));
    }

    /// <summary>Returns once the tables have all that has been taken so far.</summary>
    public Task CatchUpAsync()
    {
        lock (gate)
        {
            if (fault is { } why)
            {
                return Task.FromException(why);
            }

            if (next.IsEmpty)
            {
                return current?.AppliedAsync() ?? Task.CompletedTask;
            }

            var done = next.AppliedAsync();
            Monitor.PulseAll(gate);
            return done;
        }
    }

    /// <summary>Brings the rest into the tables. What can't be brought now stays in the redo log, for the next start.</summary>
    public void End()
    {
        lock (gate)
        {
            ending = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
    }

    // The thread waits for the first of a batch; the others wait with it for their time.
    private void Begin()
    {
        if (next.IsEmpty)
        {
            next = new ApplyBatch();
            Monitor.PulseAll(gate);
        }
    }

    private void Run()
    {
        while (Next() is { } batch)
        {
            while (!TryApply(batch))
            {
                lock (gate)
                {
                    if (fault is not null)
                    {
                        return;
                    }

                    Monitor.Wait(gate, Rest);
                }
            }

            lock (gate)
            {
                current = null;
                Monitor.PulseAll(gate);
            }

            batch.Complete();
        }
    }

    private ApplyBatch? Next()
    {
        lock (gate)
        {
            while (next.IsEmpty && !ending)
            {
                Monitor.Wait(gate);
            }

            for (
                var left = Pace - next.Age;
                left > TimeSpan.Zero && next.Appends < Full && !next.IsAwaited && !ending;
                left = Pace - next.Age
            )
            {
                Monitor.Wait(gate, left);
            }

            current = next.IsEmpty ? null : next;
            next = new ApplyBatch();
            return current;
        }
    }

    private bool TryApply(ApplyBatch batch)
    {
        health.Begin(StoragePart.Tables);
        try
        {
            tables.Apply(batch.Commits, batch.Arrived);
            health.Worked(StoragePart.Tables);
        }
        catch (Exception e)
        {
            Failed(batch, e);
            return false;
        }

        if (batch.Last is { } last)
        {
            Volatile.Write(ref applied, last);
        }

        return true;
    }

    private void Failed(ApplyBatch batch, Exception e)
    {
        health.Failed(StoragePart.Tables, e);
        lock (gate)
        {
            fault = UpdateFaults.Final(e, batch.Appends, tables.IsPassing(e), ending, logger);
            foreach (var waiting in new[] { batch, next })
            {
                if (fault is { } last)
                {
                    waiting.GiveUp(last);
                }
                else
                {
                    waiting.Fail(e);
                }
            }

            Monitor.PulseAll(gate);
        }
    }
}
