using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// The one writer of a silo: commits each batch in one round trip. A lost connection is made again, and the server is asked whether the last commit went through,
/// so that nothing is lost and nothing is done twice. A closed writer stays closed: its silo was declared dead.
/// </summary>
internal sealed class PostgresCommit : IAsyncDisposable
{
    private const string Closed = "TR001";

    // A commit answers after its fsync. Its statements look rows up by their keys, however many rows the planner believes in: the outbox
    // is empty by every statistic and full of rows just deleted, and a scan of it costs more than the commit.
    private const string Settings =
        "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly string world;
    private readonly string connectionString;
    private readonly Action<IReadOnlyList<WaitingEffect>> effectsCommitted;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly WriteQueue queue;
    private NpgsqlConnection? connection;
    private CommitArrays arrays;
    private WriterPlace place;

    /// <param name="start">A writer that was just registered.</param>
    public PostgresCommit(string world, string connectionString, WriterPlace start, Action<IReadOnlyList<WaitingEffect>> effectsCommitted, ILogger logger)
    {
        this.connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Options = Settings }.ToString();
        (this.effectsCommitted, this.logger, place) = (effectsCommitted, logger, start);
        (this.world, arrays) = (world, new CommitArrays(world));

        queue = new WriteQueue(Write, End);
    }

    /// <summary>Why nothing can be recorded any more; null while all is well.</summary>
    public Exception? Fault => queue.Fault;

    /// <inheritdoc cref="WriteQueue.QueueAsync"/>
    public ValueTask QueueAsync(PendingWrite write) => queue.QueueAsync(write);

    /// <inheritdoc cref="WriteQueue.AppendAsync"/>
    public ValueTask<JournalHead> AppendAsync(PendingAppend append) => queue.AppendAsync(append);

    /// <summary>Commits what has been queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        stopping.CancelAfter(TimeSpan.FromSeconds(10));
        await queue.DisposeAsync();
        stopping.Dispose();
    }

    private void End()
    {
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
                if (queue.Fault is { } gone)
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

    // Repeats until the server has told: a commit whose answer was lost has happened or not, and only the server knows.
    private long Commit(List<PendingWrite> writes)
    {
        var (pause, unknown) = (FirstPause, false);
        while (true)
        {
            try
            {
                Connect();
                var next = arrays.Fill(place, writes);
                if (unknown && IsCommitted(next.Tx))
                {
                    place = next;
                    // What it adopted is in the store; so is the rest.
                    return 1;
                }

                (unknown, var adopting) = (true, writes[0] is PendingAdoption);
                var adopted = adopting ? Adopt(next) : arrays.Run(writes);
                place = next;
                return adopted;
            }
            catch (Exception e) when (IsOfConnection(e) && !stopping.IsCancellationRequested)
            {
                logger.LogWarning("The connection to PostgreSQL is lost and made again; {Count} writes wait. {Fault}", writes.Count, e.Message);
                DropConnection();
                stopping.Token.WaitHandle.WaitOne(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void Connect()
    {
        if (connection is null)
        {
            var opened = new NpgsqlConnection(connectionString);
            try
            {
                opened.Open();
                KeepMemory(opened);
                arrays.Prepare(opened);
                connection = opened;
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        }
    }

    // The server's C library gives memory above 128 KB back after each commit and asks for it again at the next, a sixth of the commit's time;
    // unless a larger piece was given back once, after which it keeps twice as much. A server without glibc does a moment's work for nothing.
    private static void KeepMemory(NpgsqlConnection opened)
    {
        using var command = new NpgsqlCommand("SELECT length(repeat(' ', 30000000))", opened);
        command.ExecuteNonQuery();
    }

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

    private long Adopt(WriterPlace next)
    {
        using var command = new NpgsqlCommand("SELECT adopt_effects($1, $2)", connection);
        command.Parameters.AddWithValue(next.Writer);
        command.Parameters.AddWithValue(next.Tx);
        return (long)command.ExecuteScalar()!;
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
        catch (Exception lost) when (IsOfConnection(lost))
        {
            return [];
        }
    }

    // Class 22: data; 23: constraints; 21: one case twice in a commit; 54: too long. A place lost without saying whose is of one write, too.
    private static bool IsOfOneWrite(PostgresException e) => e.SqlState == TakenPlaces.FollowsNothing || e.SqlState[..2] is "22" or "23" or "21" or "54";

    // Class 08: connection; 57: shut down, crashed, cancelled; 53: no room for a connection; 40: undone for another transaction's sake.
    private static bool IsOfConnection(Exception e) => e is PostgresException known
        ? known.SqlState[..2] is "08" or "57" or "53" or "40"
        : e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException;
}
