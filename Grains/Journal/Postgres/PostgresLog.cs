using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Commits of a silo on PostgreSQL, each in one round trip. The server refuses the writes that can't have their place. A closed
/// writer stays closed: its silo was declared dead.</summary>
internal sealed class PostgresLog : ICommitLog, IDisposable
{
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly WriterSession session;

    /// <param name="start">A writer that was just registered.</param>
    public PostgresLog(string world, string connectionString, WriterPosition start, StorageHealth health, ILogger logger)
    {
        this.logger = logger;
        session = new WriterSession(world, connectionString, start, health, stopping.Token);
    }

    public long LastCommit => session.LastCommit;

    public long LastEffect => session.LastEffect;

    /// <summary>From that time on a lost connection is not made again.</summary>
    public void StopWithin(TimeSpan time) => stopping.CancelAfter(time);

    public Committed Commit(List<PendingWrite> writes, long applied)
    {
        var left = writes;
        while (left.Count > 0)
        {
            try
            {
                return session.Commit(left);
            }
            catch (PostgresException e) when (IsOfOneWrite(e))
            {
                var losers = session.Losers(e, left);
                if (losers.Count == 0)
                {
                    throw;
                }

                losers.ForEach(n => left[n].Refused = Refusal(e, (PendingAppend)left[n]));
                left = [.. left.Where((_, n) => !losers.Contains(n))];
            }
        }

        return new Committed(true, null);
    }

    public void Probe() => session.Probe();

    // Class 22: data; 23: constraints; 21: one case twice in a commit; 54: too long. A place lost without saying whose is of one write,
    // too.
    public bool IsOfOneWrite(Exception fault) =>
        fault is PostgresException { SqlState: var state }
        && (state is ConflictFinder.FollowsNothing or ConflictFinder.HeldAlready || state[..2] is "22" or "23" or "21" or "54");

    public Exception? FinalFault(Exception fault)
    {
        if (!WriterSession.IsClosed(fault))
        {
            return null;
        }

        logger.LogCritical("This silo was declared dead by the others: its writer is closed, and it records nothing any more.");
        return new WriterClosedException(fault);
    }

    public void Close(long applied) => session.Dispose();

    /// <summary>After the writer, which may have ended before anybody stopped it.</summary>
    public void Dispose() => stopping.Dispose();

    private static Exception Refusal(PostgresException why, PendingAppend append) =>
        // What names something goes beside a case, or alone.
        why.SqlState == ConflictFinder.HeldAlready
            ? HeldName.Refusal(append.Parts[^1].Records[0].Stream)
            : append.Conflict;
}
