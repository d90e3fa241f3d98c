using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>
/// Says whether an append may take its place: the record before is there with the very hash that it follows, nobody holds the place, and its command has
/// opened no other case. A snapshot newer than a restored journal, or a second activation, stops here.
/// </summary>
/// <remarks>The file has this one writer, so what it remembers is so; what it doesn't, the tables know. It forgets nothing that they don't have yet.</remarks>
internal sealed class Fence : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement end;
    private readonly Statement holds;
    private readonly Statement ends;
    private readonly Statement opened;
    private readonly UntilApplied<string, JournalHead> heads = new(StringComparer.Ordinal);
    private readonly UntilApplied<Guid, string> openings = new(EqualityComparer<Guid>.Default);

    public Fence(string path)
    {
        connection = JournalFile.OpenReader(path);
        begin = new Statement(connection, "BEGIN");
        end = new Statement(connection, "COMMIT");
        holds = new Statement(connection, "SELECT 1 FROM journal WHERE world = ?1 AND stream = ?2 AND version = ?3");
        ends = new Statement(connection, "SELECT 1 FROM journal WHERE world = ?1 AND stream = ?2 AND version = ?3 AND hash = ?4");
        opened = new Statement(connection, "SELECT 1 FROM cases WHERE world = ?1 AND opened_by = ?2 AND number <> ?3");
    }

    /// <summary>
    /// Begins a commit. Its questions see the tables at one moment, and the file is locked once for all of them instead of for each: the tables have at that
    /// moment what was forgotten here before.
    /// </summary>
    public void Begin() => begin.Run();

    /// <summary>All questions of the commit have been asked. A file that somebody reads on and on could not be tidied up.</summary>
    public void End() => end.RunOrNothing();

    /// <summary>Takes the append's place and that of what goes beside it, if it may have both, for a commit under way.</summary>
    /// <param name="commit">That commit's number.</param>
    public bool Takes(PendingAppend append, long commit)
    {
        if (!append.Parts.All(part => IsFree(part.Records[0])) || (append is { Opens: true, Case: { } row } && !Opens(append.Records[0].World, row, commit)))
        {
            return false;
        }

        foreach (var part in append.Parts)
        {
            var last = part.Records[^1];
            heads.Put(last.Stream, last.Head(), commit);
        }

        return true;
    }

    /// <summary>The commit under way is safe.</summary>
    /// <param name="applied">The last commit that is in the tables.</param>
    public void Keep(long applied)
    {
        heads.Keep(applied);
        openings.Keep(applied);
    }

    /// <summary>The commit under way has failed: its places are free again.</summary>
    public void Undo()
    {
        heads.Undo();
        openings.Undo();
    }

    public void Dispose()
    {
        foreach (var question in new[] { begin, end, holds, ends, opened })
        {
            question.Dispose();
        }

        connection.Dispose();
    }

    private bool IsFree(JournalRecord first)
    {
        if (heads.TryGet(first.Stream, out var head))
        {
            return head.IsBefore(first);
        }

        return !holds.Text(1, first.World).Text(2, first.Stream).Number(3, first.Version).Finds()
            && (first.Version == 1 || ends.Text(1, first.World).Text(2, first.Stream).Number(3, first.Version - 1).Blob(4, first.PreviousHash.Span).Finds());
    }

    private bool Opens(string world, CaseRow row, long commit)
    {
        if (openings.TryGet(row.OpenedBy, out var number) ? number != row.Number : opened.Text(1, world).Id(2, row.OpenedBy).Text(3, row.Number).Finds())
        {
            return false;
        }

        openings.Put(row.OpenedBy, row.Number, commit);
        return true;
    }
}
