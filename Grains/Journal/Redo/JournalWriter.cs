using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>
/// The one writer of a silo: commits each batch in the store's log (<see cref="ICommitLog"/>), answers, and leaves the tables to the
/// <see cref="TableUpdater"/>.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly ICommitLog log;
    private readonly IProjectedTables tables;
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly StorageHealth health;
    private readonly ILogger logger;
    private readonly WriteQueue queue;
    private long lastEffect;

    /// <param name="log">Closed with the writer, like the tables.</param>
    /// <param name="effectsCommitted">Called with the effects of each commit; with none when they have to be read from the store.</param>
    public JournalWriter(
        ICommitLog log,
        IProjectedTables tables,
        Action<IReadOnlyList<WaitingEffect>> effectsCommitted,
        StorageHealth health,
        ILogger logger
    )
    {
        (this.log, this.tables, this.effectsCommitted, this.health, this.logger) = (log, tables, effectsCommitted, health, logger);
        lastEffect = log.LastEffect;
        Updater = new TableUpdater(tables, log.LastCommit, health, logger);
        queue = new WriteQueue(Write, End);
    }

    /// <summary>Brings what is committed into the tables.</summary>
    public TableUpdater Updater { get; }

    /// <summary>Why nothing can be recorded any more; null while all is well. Other faults are told to the callers of one commit.</summary>
    public Exception? Fault => queue.Fault ?? Updater.Fault;

    /// <summary>No effect that has been committed or taken over so far has a higher id; each that comes has one.</summary>
    public long LastEffect => Volatile.Read(ref lastEffect);

    /// <inheritdoc cref="WriteQueue.QueueAsync"/>
    public ValueTask QueueAsync(PendingWrite write) => queue.QueueAsync(write);

    /// <inheritdoc cref="WriteQueue.AppendAsync"/>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append) => queue.AppendAsync(append);

    /// <inheritdoc cref="WriteQueue.ProbeAsync"/>
    public Task ProbeAsync() => queue.ProbeAsync();

    /// <summary>Commits what has been queued, brings it into the tables, then closes both.</summary>
    public ValueTask DisposeAsync() => queue.DisposeAsync();

    private void End()
    {
        Updater.End();
        log.Close(Updater.Applied);
        tables.Dispose();
    }

    private void Write(List<PendingWrite> writes)
    {
        if (!writes.Exists(static write => write is not PendingAppend))
        {
            Commit(writes);
            return;
        }

        var (appends, alone) = (writes.FindAll(static write => write is PendingAppend), writes.FindAll(static write => write.GoesAlone));
        if (appends.Count > 0)
        {
            Commit(appends);
        }

        alone.ForEach(write => Commit([write]));
        Probe([.. writes.OfType<PendingProbe>()], isNeeded: appends.Count + alone.Count == 0);
    }

    private void Commit(List<PendingWrite> writes)
    {
        var begun = Stopwatch.GetTimestamp();
        Committed made;
        health.Begin(StoragePart.Commits);
        try
        {
            if (Fault is { } gone)
            {
                throw gone;
            }

            made = log.Commit(writes, Updater.Applied);
        }
        catch (Exception fault) when (log.IsOfOneWrite(fault))
        {
            // The store is well: it refused a write, not to write.
            health.Worked(StoragePart.Commits);
            FailAlone(writes, fault);
            return;
        }
        catch (Exception fault)
        {
            var why = Failed(fault);
            writes.ForEach(write => write.Fail(why));
            return;
        }

        Publish(made);
        TownMetrics.Commit(writes.Count, begun);
        Answer(writes, made);
    }

    private void Publish(Committed made)
    {
        if (made.IsMade)
        {
            health.Worked(StoragePart.Commits);
        }
        else
        {
            health.Ended(StoragePart.Commits);
        }

        if (made.Rest is { } rest)
        {
            Updater.Add(rest);
        }

        // After the updater has it: who catches up with the updater then reads all effects up to this one.
        Volatile.Write(ref lastEffect, log.LastEffect);
    }

    // One write is malformed, or two want the same. Each is committed alone, so that it fails alone.
    private void FailAlone(List<PendingWrite> writes, Exception fault)
    {
        foreach (var write in writes)
        {
            if (write.Refused is { } refused)
            {
                write.Fail(refused);
            }
            else if (writes.Count == 1)
            {
                write.Fail(fault);
            }
            else
            {
                Commit([write]);
            }
        }
    }

    // Commits show by themselves how the store fares; it is asked when there is nothing else to do.
    private void Probe(List<PendingProbe> probes, bool isNeeded)
    {
        if (probes.Count > 0 && isNeeded && Fault is null)
        {
            health.Begin(StoragePart.Commits);
            try
            {
                log.Probe();
                health.Worked(StoragePart.Commits);
            }
            catch (Exception fault)
            {
                Failed(fault);
            }
        }

        probes.ForEach(static probe => probe.Complete());
    }

    private Exception Failed(Exception fault)
    {
        health.Failed(StoragePart.Commits, fault);
        if (log.FinalFault(fault) is { } final)
        {
            queue.Close(final);
            return final;
        }

        return fault;
    }

    private void Answer(List<PendingWrite> writes, Committed made)
    {
        if (made.HasTakenOver)
        {
            effectsCommitted([]);
        }

        var effects = new List<WaitingEffect>();
        foreach (var write in writes)
        {
            if (write.Refused is { } refused)
            {
                if (refused is TownFaultException twice)
                {
                    HeldName.Tell(logger, twice);
                }

                write.Fail(refused);
                continue;
            }

            foreach (var effect in write.Effects)
            {
                effects.Add(new WaitingEffect(effect.Id, effect.Delivery));
            }

            write.Complete();
        }

        if (effects.Count > 0)
        {
            effectsCommitted(effects);
        }
    }
}
