using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Commits of a world's file: each append that may have its position goes into the redo log.</summary>
internal sealed class SqliteLog : ICommitLog, IDisposable
{
    private readonly TownTables tables;
    private readonly RedoLog redo;
    private readonly Fence fence;
    private LogPosition position;

    /// <summary>Opens a file's log, and first brings into the tables what it has beyond them.</summary>
    /// <exception cref="RecordDamagedException">Something that was made is gone from the redo log, or it isn't this file's.</exception>
    public SqliteLog(string path, TownTables tables, ILogger logger)
    {
        this.tables = tables;
        position = Recovery.Run(path, tables, logger);
        redo = new RedoLog(path, position.Commit, () => TownTables.BeginLog(path, position.Commit));
        try
        {
            redo.TryBegin();
            fence = new Fence(path);
        }
        catch
        {
            redo.Dispose();
            throw;
        }
    }

    public long LastCommit => position.Commit;

    public long LastEffect => position.Effect;

    /// <summary>The last commit of each stream, for readers.</summary>
    public UnappliedStreams Streams { get; } = new();

    public Committed Commit(List<PendingWrite> writes, long applied)
    {
        try
        {
            var taken = Taken(writes);
            if (taken.Count == 0)
            {
                return default;
            }

            var next = new CommitBuffer(position, taken);
            redo.Write(next, applied);
            position = next.Commit.Frame.After;
            fence.Keep(applied);
            taken.ForEach(append => Streams.Put(append.Records[0].Stream, next.Commit.No));
            return new Committed(true, next);
        }
        catch
        {
            fence.Undo();
            throw;
        }
    }

    public void Probe() => redo.Probe();

    public bool IsOfOneWrite(Exception fault) => false;

    public Exception? FinalFault(Exception fault) => null;

    public void Close(long applied)
    {
        redo.Close(applied == position.Commit && IsLogEnded());
        Dispose();
    }

    public void Dispose()
    {
        redo.Dispose();
        fence.Dispose();
    }

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

    // Those that may have their places.
    private List<PendingAppend> Taken(List<PendingWrite> writes)
    {
        var taken = new List<PendingAppend>(writes.Count);
        fence.Begin();
        try
        {
            foreach (PendingAppend append in writes)
            {
                append.Refused = fence.Takes(append, position.Commit + 1);
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
}
