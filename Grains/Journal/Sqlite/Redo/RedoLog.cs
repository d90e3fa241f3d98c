using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>
/// The redo log (重做日志) beside the file of a world: each commit is written and synced here before anybody is answered. What it says goes into the file's
/// tables afterwards, many commits together; until then, and after a crash, it stands here.
/// </summary>
/// <remarks>
/// Two segments, written in turn: one is begun again once the tables have all of it. Not a table of SQLite: a commit there writes whole pages, twice
/// (its log, its checkpoint), and waits for its own checkpoints.
/// </remarks>
internal sealed class RedoLog : IDisposable
{
    /// <summary>From this length on the other segment is taken, once it is free.</summary>
    private const long Enough = 16 << 20;

    private RedoSegment current, other;
    private bool failed;

    /// <param name="path">The world's file.</param>
    public RedoLog(string path) => (current, other) = (new RedoSegment(Segments(path)[0]), new RedoSegment(Segments(path)[1]));

    /// <summary>The segments of a world's redo log.</summary>
    public static string[] Segments(string path) => [Path.ChangeExtension(path, ".redo1"), Path.ChangeExtension(path, ".redo2")];

    /// <summary>Reads the commits after one, in order, as they stand beside a file; none where there is no log.</summary>
    public static (IReadOnlyList<RedoCommit> Commits, RedoDamage? Damage) Read(string path, long after)
    {
        var (commits, damage) = (new List<RedoCommit>(), (RedoDamage?)null);
        foreach (var segment in Segments(path))
        {
            damage = RedoSegment.Read(segment, after, commits) ?? damage;
        }

        return ([.. commits.OrderBy(commit => commit.No)], damage);
    }

    /// <summary>Writes a commit. Returns once it is safe.</summary>
    /// <param name="applied">The last commit that the tables have for good.</param>
    /// <exception cref="IOException">It isn't; the next commit takes its place.</exception>
    public void Write(CommitBuffer next, long applied)
    {
        // What a failed write has left stands where the next commit comes, and nowhere else: two of one number would be one too many.
        if (current.End >= Enough && other.Last <= applied && !failed)
        {
            (current, other) = (other, current);
            current.Restart();
        }

        failed = true;
        current.Add(next.Whole.Span, next.Commit.No);
        failed = false;
    }

    /// <summary>Finds out whether the next commit could be written, by writing nothing in its place.</summary>
    /// <exception cref="IOException">It could not.</exception>
    public void Probe() => current.Probe();

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
