using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>
/// The redo log (重做日志) beside the file of a world: each commit is written and synced here before anybody is answered. What it says goes
/// into the file's tables afterwards, many commits together; until then, and after a crash, it stands here.
/// </summary>
/// <remarks>
/// Two segments, written in turn: one is begun again once the tables have all of it. What is damaged in it is told
/// (<see cref="RedoVerdict"/>). Not a table of SQLite: a commit there writes whole pages, twice (its log, its checkpoint), and waits for
/// its own checkpoints.
/// </remarks>
internal sealed class RedoLog : IDisposable
{
    /// <summary>From this length on the other segment is taken, once it is free.</summary>
    private const long Enough = 16 << 20;

    private readonly long began,
        enough;
    private readonly Action isBegun;
    private RedoSegment current,
        other;
    private bool hasBegun,
        failed;

    /// <param name="path">The world's file.</param>
    /// <param name="began">The last commit that the tables have; they have all that the log held.</param>
    /// <param name="isBegun">Told when the log has begun anew, before its first commit is written: from then on the tables' file can't do
    /// without it.</param>
    /// <param name="enough">From this length on the other segment is taken.</param>
    public RedoLog(string path, long began, Action isBegun, long enough = Enough)
    {
        (this.began, this.isBegun, this.enough) = (began, isBegun, enough);
        current = new RedoSegment(Segments(path)[0]);
        try
        {
            other = new RedoSegment(Segments(path)[1]);
        }
        catch
        {
            current.Dispose();
            throw;
        }
    }

    /// <summary>The segments of a world's redo log.</summary>
    public static string[] Segments(string path) => [Path.ChangeExtension(path, ".redo1"), Path.ChangeExtension(path, ".redo2")];

    /// <summary>Writes a commit. Returns once it is safe.</summary>
    /// <param name="applied">The last commit that the tables have for good.</param>
    /// <exception cref="IOException">It isn't; the next commit takes its place.</exception>
    public void Write(CommitBuffer next, long applied)
    {
        Begin();

        // What a failed write has left stands where the next commit comes, and nowhere else: two of one number would be one too many.
        if (current.End >= enough && other.Last <= applied && !failed)
        {
            (current, other) = (other, current);
            current.Restart();
        }

        failed = true;
        current.Add(next.Whole.Span, next.Commit.No);
        failed = false;
        other.MarkSafe(next.Commit.No);
    }

    /// <summary>Begins the log anew. Where that can't be done now, as on a full disk, the first commit does it: a town can be opened and
    /// read where nothing can be written.</summary>
    public void TryBegin()
    {
        try
        {
            Begin();
        }
        catch (Exception e) when (e is IOException or SqliteException) { }
    }

    private void Begin()
    {
        if (!hasBegun)
        {
            current.Begin(began);
            other.Begin(began);
            isBegun();
            hasBegun = true;
        }
    }

    /// <summary>Finds out whether the next commit could be written, by writing nothing in its place.</summary>
    /// <exception cref="IOException">It could not.</exception>
    /// <exception cref="SqliteException">The log could not be begun.</exception>
    public void Probe()
    {
        // Before it has begun, frames of the log before may stand there.
        Begin();
        current.Probe();
    }

    /// <summary>Closes the log.</summary>
    /// <param name="isApplied">True when the tables have all of it: then there is nothing to keep.</param>
    public void Close(bool isApplied)
    {
        if (isApplied)
        {
            current.Delete();
            other.Delete();
        }

        Dispose();
    }

    public void Dispose()
    {
        current.Dispose();
        other.Dispose();
    }
}
