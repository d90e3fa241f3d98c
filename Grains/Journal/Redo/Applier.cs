using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>
/// Brings into the tables what the redo log has made safe, on a thread of its own: what has gathered for a tenth of a second in one
/// transaction, or at once
/// when somebody wants to read it. A case that comes and goes within that time is written once instead of seven times, an effect that has
/// arrived not at all.
/// </summary>
internal sealed class Applier
{
    /// <summary>Appends that go at once, whatever the time.</summary>
    private const int Full = 4096;

    /// <summary>Appends that may be ahead of the tables; beyond that the next commit waits.</summary>
    private const int MostAhead = 65_536;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly IFollowingTables tables;
    private readonly StorageHealth health;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly object gate = new();
    private Lot gathering = new();
    private Lot? underWay;
    private bool ending;
    private long applied;
    private volatile Exception? fault;

    /// <param name="applied">The last commit that is in the tables.</param>
    public Applier(IFollowingTables tables, long applied, StorageHealth health, ILogger logger)
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
            while (gathering.Appends + (underWay?.Appends ?? 0) > MostAhead && fault is null)
            {
                Monitor.Wait(gate);
            }

            Begin();
            gathering.Add(commit);
            if (gathering.Appends >= Full)
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
                gathering.Add(receipt);
                return;
            }
        }

        receipt.Fail(fault ?? new ObjectDisposedException(nameof(Applier)));
    }

    /// <summary>Returns once the tables have all that has been taken so far.</summary>
    public Task SettleAsync()
    {
        lock (gate)
        {
            if (fault is { } why)
            {
                return Task.FromException(why);
            }

            if (gathering.IsEmpty)
            {
                return underWay?.SettledAsync() ?? Task.CompletedTask;
            }

            var settled = gathering.SettledAsync();
            Monitor.PulseAll(gate);
            return settled;
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

    // The thread waits for the first of a lot; the others wait with it for their time.
    private void Begin()
    {
        if (gathering.IsEmpty)
        {
            gathering = new Lot();
            Monitor.PulseAll(gate);
        }
    }

    private void Run()
    {
        while (Next() is { } lot)
        {
            while (!TryApply(lot))
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
                underWay = null;
                Monitor.PulseAll(gate);
            }

            lot.Complete();
        }
    }

    private Lot? Next()
    {
        lock (gate)
        {
            while (gathering.IsEmpty && !ending)
            {
                Monitor.Wait(gate);
            }

            for (
                var left = Pace - gathering.Age;
                left > TimeSpan.Zero && gathering.Appends < Full && !gathering.IsAwaited && !ending;
                left = Pace - gathering.Age
            )
            {
                Monitor.Wait(gate, left);
            }

            underWay = gathering.IsEmpty ? null : gathering;
            gathering = new Lot();
            return underWay;
        }
    }

    private bool TryApply(Lot lot)
    {
        health.Begin(StoragePart.Tables);
        try
        {
            tables.Apply(lot.Commits, lot.Arrived);
            health.Worked(StoragePart.Tables);
        }
        catch (Exception e)
        {
            Failed(lot, e);
            return false;
        }

        if (lot.Last is { } last)
        {
            Volatile.Write(ref applied, last);
        }

        return true;
    }

    private void Failed(Lot lot, Exception e)
    {
        health.Failed(StoragePart.Tables, e);
        lock (gate)
        {
            if (!tables.IsPassing(e))
            {
                logger.LogCritical(
                    e,
                    "{Appends} appends can't be brought into the tables; they are safe in the redo log. Nothing is recorded any "
                        + "more until that is mended and the silo started again.",
                    lot.Appends
                );
                fault = new InvalidDataException(
                    $"记录写不进数据表，已停止受理；已答复的都在重做日志中：{e.Message} / The tables of the record can't be written, so nothing is recorded "
                        + $"any more; what was answered is safe in the redo log: {e.Message}",
                    e
                );
            }
            else if (ending)
            {
                logger.LogError(
                    e,
                    "{Appends} appends could not be brought into the tables; they are safe in the redo log, for the next start.",
                    lot.Appends
                );
                fault = new IOException(
                    $"已停止，尚未写入数据表的留在重做日志中，下次启动时写入：{e.Message} / Stopped before the tables had it all; the rest is in the redo "
                        + $"log, for the next start: {e.Message}",
                    e
                );
            }

            foreach (var waiting in new[] { lot, gathering })
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
