using Npgsql;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// A writer's connection and where its chain of commits stands. A lost connection is made again, and the server is asked whether the last
/// commit went through, so that nothing is lost and nothing is done twice. Used by the writer's thread alone.
/// </summary>
/// <param name="start">A writer that was just registered.</param>
/// <param name="stopping">Once cancelled, a lost connection is not made again.</param>
internal sealed class WriterSession(
    string world,
    string connectionString,
    WriterPosition start,
    StorageHealth health,
    CancellationToken stopping
) : IDisposable
{
    private const string Closed = "TR001";

    private WriterPosition position = start;
    private NpgsqlConnection? connection;
    private CommitArrays arrays = new(world);

    /// <summary>The last commit that held records.</summary>
    public long LastCommit => position.Commit;

    /// <summary>The highest id that an effect of the last transaction can have.</summary>
    public long LastEffect => CommitArrays.LastEffect(position);

    /// <summary>True for the server's word that this writer was closed, because its silo was declared dead.</summary>
    public static bool IsClosed(Exception fault) => fault is PostgresException { SqlState: Closed };

    /// <summary>Commits a batch: appends, or one request to take over. Repeats until the server answers: a commit whose answer was lost has
    /// happened, will happen yet or not at all, and only the server knows.</summary>
    /// <exception cref="PostgresException">The server refused it; nothing of it is committed.</exception>
    public Committed Commit(List<PendingWrite> writes) => Patiently(() => Attempt(writes));

    /// <summary>Asks the server whether this writer could commit. Repeats until it answers.</summary>
    /// <exception cref="PostgresException">It could not.</exception>
    public void Probe() =>
        Patiently(() =>
        {
            using var ask = new NpgsqlCommand(
                "SELECT closed, current_setting('transaction_read_only')::boolean FROM writers WHERE id = $1",
                connection
            );
            ask.Parameters.AddWithValue(position.Writer);
            using var answer = ask.ExecuteReader();
            return !answer.Read() || answer.GetBoolean(0) ? throw Refusal(Closed, "the writer is closed")
                : answer.GetBoolean(1) ? throw Refusal(PostgresErrorCodes.ReadOnlySqlTransaction, "the session can only read")
                : true;
        });

    private static PostgresException Refusal(string state, string why) => new(why, "ERROR", "ERROR", state);

    private T Patiently<T>(Func<T> attempt)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
        while (true)
        {
            try
            {
                connection ??= WriterConnection.Open(connectionString, arrays);
                return attempt();
            }
            catch (Exception e) when (WriterConnection.IsLost(e) && !stopping.IsCancellationRequested)
            {
                health.Failed(StoragePart.Commits, e);
                Drop();
                stopping.WaitHandle.WaitOne(backoff.Failed());
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
            {
                // A session that began so stays so, also when the server can be written again.
                Drop();
                throw;
            }
        }
    }

    /// <summary>Indexes in a refused batch of the writes whose version of a stream, number or name is another's. A server that can't be
    /// asked just now knows none.</summary>
    public List<int> Losers(PostgresException refused, List<PendingWrite> writes)
    {
        try
        {
            return ConflictFinder.Of(refused, connection!, world, writes);
        }
        catch (Exception lost) when (WriterConnection.IsLost(lost))
        {
            return [];
        }
    }

    public void Dispose()
    {
        arrays.Dispose();
        connection?.Dispose();
    }

    private Committed Attempt(List<PendingWrite> writes)
    {
        try
        {
            return writes is [TakeOverRequest] ? TakeOver() : Append(Appends(writes));
        }
        catch (PostgresException e) when (IsClosed(e))
        {
            // This writer doesn't stand where it believes: its silo was declared dead, or an earlier attempt went through whose answer was
            // lost.
            if (!IsCommitted(position.Tx + 1))
            {
                throw;
            }

            // What it takenOver is in the store; so is the rest.
            return Advance(1, writes is [TakeOverRequest] ? null : arrays.Fill(position, Appends(writes)));
        }
    }

    private Committed Append(List<PendingAppend> appends)
    {
        var next = arrays.Fill(position, appends);
        try
        {
            return Advance(arrays.RunCommit(), next);
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    private Committed TakeOver()
    {
        using var command = new NpgsqlCommand("SELECT adopt_effects($1, $2)", connection);
        command.Parameters.AddWithValue(position.Writer);
        command.Parameters.AddWithValue(position.Tx + 1);
        return Advance((long)command.ExecuteScalar()!, null);
    }

    private Committed Advance(long takenOver, CommitBuffer? commit)
    {
        position = position with { Tx = position.Tx + 1 };
        if (commit is not null)
        {
            position = position with { Commit = commit.Commit.No, Root = commit.Commit.Frame.Root };
            if (!arrays.HasRest)
            {
                commit.Dispose();
                commit = null;
            }
        }

        return new Committed(true, commit, HasTakenOver: takenOver > 0);
    }

    private bool IsCommitted(long tx)
    {
        using var command = new NpgsqlCommand("SELECT tx FROM writers WHERE id = $1", connection);
        command.Parameters.AddWithValue(position.Writer);
        return (long)command.ExecuteScalar()! == tx;
    }

    private void Drop()
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

    private static List<PendingAppend> Appends(List<PendingWrite> writes) => writes.ConvertAll(write => (PendingAppend)write);
}
