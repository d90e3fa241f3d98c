using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// The one writer of a silo: commits each batch in one round trip (<see cref="WriterSession"/>), answers, and leaves the read model and the
/// outbox to the <see cref="Applier"/>.
/// A closed writer stays closed: its silo was declared dead.
/// </summary>
internal sealed class PostgresCommit : IAsyncDisposable
{
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly StorageHealth health;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly WriterSession session;
    private readonly PostgresTables tables;
    private readonly Applier applier;
    private readonly WriteQueue queue;
    private long lastEffect;

    /// <param name="start">A writer that was just registered.</param>
    public PostgresCommit(
        string world,
        string connectionString,
        WriterPlace start,
        Action<IReadOnlyList<WaitingEffect>> effectsCommitted,
        StorageHealth health,
        ILogger logger
    )
    {
        (this.effectsCommitted, this.health, this.logger) = (effectsCommitted, health, logger);
        session = new WriterSession(world, connectionString, start, health, stopping.Token);
        tables = new PostgresTables(world, start.Writer, connectionString);
        applier = new Applier(tables, start.Commit, health, logger);
        lastEffect = session.LastEffect;
        queue = new WriteQueue(Write, End);
    }

    /// <summary>Why nothing can be recorded any more; null while all is well.</summary>
    public Exception? Fault => queue.Fault ?? applier.Fault;

    /// <summary>No effect that has been committed or taken over so far has a higher id; each that comes has one.</summary>
    public long LastEffect => Volatile.Read(ref lastEffect);

    /// <inheritdoc cref="WriteQueue.QueueAsync"/>
    public ValueTask QueueAsync(PendingWrite write) => queue.QueueAsync(write);

    /// <inheritdoc cref="WriteQueue.AppendAsync"/>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append) => queue.AppendAsync(append);

    /// <inheritdoc cref="WriteQueue.ProbeAsync"/>
    public Task ProbeAsync() => queue.ProbeAsync();

    /// <summary>Brings what is committed into the tables.</summary>
    public Applier Applier => applier;

    /// <summary>Returns once the tables have all that has been taken so far; patient with a restarting server, as whoever reads them then
    /// is.</summary>
    public Task SettleAsync(CancellationToken cancellation) =>
        PostgresReads.PatientlyAsync(() => applier.SettleAsync().WaitAsync(cancellation), cancellation);

    /// <summary>Commits what has been queued, brings it into the tables, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        stopping.CancelAfter(TimeSpan.FromSeconds(10));
        await queue.DisposeAsync();
        stopping.Dispose();
    }

    private void End()
    {
        applier.End();
        tables.Dispose();
        session.Dispose();
    }

    private void Write(List<PendingWrite> writes)
    {
        if (writes.Count > 1 && writes.Exists(write => write is PendingAdoption))
        {
            // A transaction of its own, by another function.
            Write([.. writes.Where(write => write is not PendingAdoption)]);
            foreach (var adoption in writes.Where(write => write is PendingAdoption))
            {
                Write([adoption]);
            }

            return;
        }

        writes = Probe(writes);
        while (writes.Count > 0)
        {
            try
            {
                if (Fault is { } gone)
                {
                    throw gone;
                }

                var begun = Stopwatch.GetTimestamp();
                health.Begin(StoragePart.Commits);
                var (adopted, rest) = session.Commit(writes);
                health.Worked(StoragePart.Commits);
                if (rest is not null)
                {
                    applier.Add(rest);
                }

                Volatile.Write(ref lastEffect, session.LastEffect);
                TownMetrics.Commit(writes.Count, begun);
                Answer(writes, adopted);
                return;
            }
            catch (PostgresException e) when (IsOfOneWrite(e))
            {
                // The server is well: it refused a write, not to write.
                health.Worked(StoragePart.Commits);
                if (session.Losers(e, writes) is { Count: > 0 } losers)
                {
                    losers.ForEach(n => writes[n].Fail(Refusal(e, (PendingAppend)writes[n])));
                    writes = [.. writes.Where((_, n) => !losers.Contains(n))];
                }
                else if (writes.Count == 1)
                {
                    writes[0].Fail(e);
                    return;
                }
                else
                {
                    // One write was malformed, or two want the same. Commit each alone, so that it fails alone.
                    foreach (var write in writes)
                    {
                        Write([write]);
                    }

                    return;
                }
            }
            catch (Exception fault)
            {
                Fail(writes, fault);
                return;
            }
        }
    }

    // What is to be committed tells by itself how the server fares; who only asks is told when there is nothing else.
    private List<PendingWrite> Probe(List<PendingWrite> writes)
    {
        var probes = writes.OfType<PendingProbe>().ToArray();
        if (probes.Length == 0)
        {
            return writes;
        }

        writes = [.. writes.Where(write => write is not PendingProbe)];
        if (writes.Count == 0 && Fault is null)
        {
            health.Begin(StoragePart.Commits);
            try
            {
                session.Probe();
                health.Worked(StoragePart.Commits);
            }
            catch (Exception fault)
            {
                Fail(writes, fault);
            }
        }

        Array.ForEach(probes, probe => probe.Complete());
        return writes;
    }

    private void Fail(List<PendingWrite> writes, Exception fault)
    {
        health.Failed(StoragePart.Commits, fault);
        if (WriterSession.IsClosed(fault))
        {
            fault = new WriterClosedException(fault);
            logger.LogCritical("This silo was declared dead by the others: its writer is closed, and it records nothing any more.");
            queue.Close(fault);
        }

        writes.ForEach(write => write.Fail(fault));
    }

    private void Answer(List<PendingWrite> writes, long adopted)
    {
        if (adopted > 0)
        {
            // Not known here: they, and what follows them, are read from the store.
            effectsCommitted([]);
        }

        var effects = new List<WaitingEffect>();
        foreach (var write in writes)
        {
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

    private Exception Refusal(PostgresException why, PendingAppend append)
    {
        if (why.SqlState != TakenPlaces.HeldAlready)
        {
            return append.Conflict;
        }

        // What names something goes beside a case, or alone.
        var twice = HeldName.Refusal(append.Parts[^1].Records[0].Stream);
        HeldName.Tell(logger, twice);
        return twice;
    }

    // Class 22: data; 23: constraints; 21: one case twice in a commit; 54: too long. A place lost without saying whose is of one write,
    // too.
    private static bool IsOfOneWrite(PostgresException e) =>
        e.SqlState is TakenPlaces.FollowsNothing or TakenPlaces.HeldAlready || e.SqlState[..2] is "22" or "23" or "21" or "54";
}
