using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The one writer of a world's file: makes each batch safe in the redo log, answers, and leaves the tables to the
/// <see cref="Applier"/>.</summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly TownTables tables;
    private readonly RedoLog redo;
    private readonly Fence fence;
    private readonly Applier applier;
    private readonly StorageHealth health;
    private readonly ILogger logger;
    private readonly StreamsAhead ahead = new();
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly WriteQueue queue;
    private JournalPlace place;

    /// <summary>Opens a file, and first brings into its tables what the redo log has beyond them.</summary>
    /// <exception cref="RecordDamagedException">Something that was made is gone from the redo log, or it isn't this file's.</exception>
    public GroupCommit(string path, Action<IReadOnlyList<WaitingEffect>> effectsCommitted, StorageHealth health, ILogger logger)
    {
        (this.effectsCommitted, this.health, this.logger) = (effectsCommitted, health, logger);
        tables = new TownTables(path);
        try
        {
            place = Recovery.Run(path, tables, logger);
            redo = new RedoLog(path, place.Commit, () => TownTables.BeginLog(path, place.Commit));
            redo.TryBegin();
            fence = new Fence(path);
        }
        catch
        {
            tables.Dispose();
            redo?.Dispose();
            throw;
        }

        applier = new Applier(tables, place.Commit, health, logger);
        queue = new WriteQueue(Write, End);
    }

    public Exception? Fault => applier.Fault;

    /// <inheritdoc cref="WriteQueue.AppendAsync"/>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append) => queue.AppendAsync(append);

    /// <inheritdoc cref="WriteQueue.ProbeAsync"/>
    public Task ProbeAsync() => queue.ProbeAsync();

    /// <summary>Brings what is committed into the tables.</summary>
    public Applier Applier => applier;

    /// <inheritdoc cref="Applier.SettleAsync()"/>
    public Task SettleAsync() => applier.SettleAsync();

    /// <summary>Returns once the tables have what has been committed of one stream so far.</summary>
    public Task SettleAsync(string stream) => ahead.LastOf(stream) > applier.Applied ? applier.SettleAsync() : Task.CompletedTask;

    /// <summary>Commits what has been queued, then closes the file.</summary>
    public ValueTask DisposeAsync() => queue.DisposeAsync();

    // A file that can't be written now keeps its log, for the next start.
    private bool IsLogEnded()
    {
        try
        {
            tables.EndLog();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void Write(List<PendingWrite> writes)
    {
        if (writes.Exists(static write => write is PendingProbe))
        {
            Probe(writes);
            if (writes.Count == 0)
            {
                return;
            }
        }

        var begun = Stopwatch.GetTimestamp();
        health.Begin(StoragePart.Commits);
        try
        {
            if (Commit(writes))
            {
                health.Worked(StoragePart.Commits);
            }
            else
            {
                health.Ended(StoragePart.Commits);
            }
        }
        catch (Exception fault)
        {
            health.Failed(StoragePart.Commits, fault);
            fence.Undo();
            writes.ForEach(write => write.Fail(fault));
            return;
        }

        TownMetrics.Commit(writes.Count, begun);
        Answer(writes);
    }

    // Who asks whether it can be written again is asked for nothing else.
    private void Probe(List<PendingWrite> writes)
    {
        foreach (var probe in writes.OfType<PendingProbe>().ToArray())
        {
            writes.Remove(probe);
            try
            {
                redo.Probe();
                health.Worked(StoragePart.Commits);
            }
            catch (Exception fault)
            {
                health.Failed(StoragePart.Commits, fault);
            }

            probe.Complete();
        }
    }

    /// <returns>False when none of them may have its place: then nothing was written, and whether anything could be isn't known.</returns>
    private bool Commit(List<PendingWrite> writes)
    {
        if (Fault is { } fault)
        {
            throw fault;
        }

        var taken = Taken(writes);
        if (taken.Count > 0)
        {
            var next = new CommitBuffer(place, taken);
            redo.Write(next, applier.Applied);
            place = next.Commit.Frame.After;
            fence.Keep(applier.Applied);
            taken.ForEach(append => ahead.Put(append.Records[0].Stream, next.Commit.No));
            applier.Add(next);
        }

        return taken.Count > 0;
    }

    // Those that may have their places.
    private List<PendingAppend> Taken(List<PendingWrite> writes)
    {
        var taken = new List<PendingAppend>(writes.Count);
        fence.Begin();
        try
        {
            foreach (PendingAppend append in writes)
            {
                append.Refused = fence.Takes(append, place.Commit + 1);
                if (append.Refused is null)
                {
                    taken.AddRange(append.Parts);
                }
            }
        }
        finally
        {
            fence.End();
        }

        return taken;
    }

    private void Answer(List<PendingWrite> writes)
    {
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

    private void End()
    {
        applier.End();
        redo.Close(applier.Applied == place.Commit && IsLogEnded());
        fence.Dispose();
        tables.Dispose();
    }
}
