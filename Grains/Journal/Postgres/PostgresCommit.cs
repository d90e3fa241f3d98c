using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// The one writer of a silo: commits each batch in one round trip, answers, and leaves the read model and the outbox to the <see cref="Applier"/>. A lost connection is made again, and the server is asked whether the last commit went through,
/// so that nothing is lost and nothing is done twice. A closed writer stays closed: its silo was declared dead.
/// </summary>
internal sealed class PostgresCommit : IAsyncDisposable
{
    private const string Closed = "TR001";

    private readonly string world;
    private readonly string connectionString;
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly PostgresTables tables;
    private readonly Applier applier;
    private readonly WriteQueue queue;
    private NpgsqlConnection? connection;
    private CommitArrays arrays;
    private WriterPlace place;

    /// <param name="start">A writer that was just registered.</param>
    public PostgresCommit(string world, string connectionString, WriterPlace start, Action<IReadOnlyList<WaitingEffect>> effectsCommitted, ILogger logger)
    {
        (this.world, this.connectionString, this.effectsCommitted, this.logger, place) = (world, connectionString, effectsCommitted, logger, start);
        arrays = new CommitArrays(world);
        tables = new PostgresTables(world, start.Writer, connectionString);
        applier = new Applier(tables, start.Commit, logger);
        queue = new WriteQueue(Write, End);
    }

    /// <summary>Why nothing can be recorded any more; null while all is well.</summary>
    public Exception? Fault => queue.Fault ?? applier.Fault;

    /// <inheritdoc cref="WriteQueue.QueueAsync"/>
    public ValueTask QueueAsync(PendingWrite write) => queue.QueueAsync(write);

    /// <inheritdoc cref="WriteQueue.AppendAsync"/>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append) => queue.AppendAsync(append);

    /// <summary>Takes effects that have arrived. They leave the tables with the next lot.</summary>
    public void Add(PendingReceipt receipt) => applier.Add(receipt);

    /// <summary>Returns once the tables have all that has been taken so far; patient with a restarting server, as whoever reads them then is.</summary>
    public Task SettleAsync(CancellationToken cancellation) => PostgresReads.PatientlyAsync(() => applier.SettleAsync().WaitAsync(cancellation), cancellation);

    /// <summary>What waits for the tables goes there at once.</summary>
    public void Hurry() => _ = applier.SettleAsync();

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
        arrays.Dispose();
        connection?.Dispose();
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

        while (writes.Count > 0)
        {
            try
            {
                if (Fault is { } gone)
                {
                    throw gone;
                }

                var begun = Stopwatch.GetTimestamp();
                var adopted = Commit(writes);
                TownMetrics.Commit(writes.Count, begun);
                Answer(writes, adopted);
                return;
            }
            catch (PostgresException e) when (IsOfOneWrite(e))
            {
                if (Losers(e, writes) is { Count: > 0 } losers)
                {
                    losers.ForEach(n => writes[n].Fail(((PendingAppend)writes[n]).Conflict));
                    writes = [.. writes.Where((_, n) => !losers.Contains(n))];
                }
                else if (writes.Count == 1)
                {
                    Fail(writes, e);
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

    private void Fail(List<PendingWrite> writes, Exception fault)
    {
        if (fault is PostgresException { SqlState: Closed })
        {
            fault = new WriterClosedException(fault);
            logger.LogCritical("This silo was declared dead by the others: its writer is closed, and it records nothing any more.");
            queue.Close(fault);
        }

        writes.ForEach(write => write.Fail(fault));
    }

    // Repeats until the server has told: a commit whose answer was lost has happened, will happen yet or not at all, and only the server knows.
    private long Commit(List<PendingWrite> writes)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
        while (true)
        {
            try
            {
                connection ??= WriterConnection.Open(connectionString, arrays);
                return Attempt(writes);
            }
            catch (Exception e) when (WriterConnection.IsLost(e) && !stopping.IsCancellationRequested)
            {
                logger.LogWarning("The connection to PostgreSQL is lost and made again; {Count} writes wait. {Fault}", writes.Count, e.Message);
                DropConnection();
                stopping.Token.WaitHandle.WaitOne(backoff.Failed());
            }
        }
    }

    private long Attempt(List<PendingWrite> writes)
    {
        try
        {
            return writes is [PendingAdoption] ? Adopt() : Append(Appends(writes));
        }
        catch (PostgresException e) when (e.SqlState == Closed)
        {
            // This writer doesn't stand where it believes: its silo was declared dead, or an earlier attempt went through whose answer was lost.
            if (!IsCommitted(place.Tx + 1))
            {
                throw;
            }

            Committed(writes is [PendingAdoption] ? null : arrays.Fill(place, Appends(writes)));

            // What it adopted is in the store; so is the rest.
            return 1;
        }
    }

    private long Append(List<PendingAppend> appends)
    {
        var next = arrays.Fill(place, appends);
        try
        {
            var adopted = arrays.RunCommit();
            Committed(next);
            return adopted;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    private void Committed(CommitBuffer? next)
    {
        place = place with { Tx = place.Tx + 1 };
        if (next is null)
        {
            return;
        }

        place = place with { Commit = next.Commit.No, Root = next.Commit.Frame.Root };
        if (arrays.HasRest)
        {
            applier.Add(next);
        }
        else
        {
            next.Dispose();
        }
    }

    private static List<PendingAppend> Appends(List<PendingWrite> writes) => writes.ConvertAll(write => (PendingAppend)write);

    private void DropConnection()
    {
        if (connection is { } lost)
        {
            connection = null;
            lost.Dispose();

            // A call that was under way when the connection broke is of no use any more.
            arrays.Dispose();
            arrays = new CommitArrays(world);
        }
    }

    private bool IsCommitted(long tx)
    {
        using var command = new NpgsqlCommand("SELECT tx FROM writers WHERE id = $1", connection);
        command.Parameters.AddWithValue(place.Writer);
        return (long)command.ExecuteScalar()! == tx;
    }

    private long Adopt()
    {
        using var command = new NpgsqlCommand("SELECT adopt_effects($1, $2)", connection);
        command.Parameters.AddWithValue(place.Writer);
        command.Parameters.AddWithValue(place.Tx + 1);
        var adopted = (long)command.ExecuteScalar()!;
        Committed(null);
        return adopted;
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

    // A server that can't be asked just now knows no losers; then each write is committed alone, and hears by itself.
    private List<int> Losers(PostgresException e, List<PendingWrite> writes)
    {
        try
        {
            return TakenPlaces.Of(e, connection!, world, writes);
        }
        catch (Exception lost) when (WriterConnection.IsLost(lost))
        {
            return [];
        }
    }

    // Class 22: data; 23: constraints; 21: one case twice in a commit; 54: too long. A place lost without saying whose is of one write, too.
    private static bool IsOfOneWrite(PostgresException e) => e.SqlState == TakenPlaces.FollowsNothing || e.SqlState[..2] is "22" or "23" or "21" or "54";
}
