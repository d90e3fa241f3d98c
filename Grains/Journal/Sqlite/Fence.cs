using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>
/// Says whether an append may take its place: the record before is there with the very hash that it follows, nobody holds the place, and
/// its command has opened no other case; nor does it give a number or a post that is held (<see cref="HeldName"/>). A snapshot newer than a
/// restored journal, or a second activation, stops here.
/// </summary>
/// <remarks>The file has this one writer, so what it remembers is so; what it doesn't, the tables know. It forgets nothing that they don't
/// have yet.</remarks>
internal sealed class Fence : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement end;
    private readonly Statement holds;
    private readonly Statement ends;
    private readonly Statement opened;
    private readonly Statement taken;
    private readonly UnappliedEntries<string, JournalHead> heads = new(StringComparer.Ordinal);
    private readonly UnappliedEntries<Guid, string> openings = new(EqualityComparer<Guid>.Default);
    private readonly UnappliedEntries<(string Stream, string Name), bool> held = new(EqualityComparer<(string, string)>.Default);

    /// <summary>What the append that is being asked about takes or gives back, read from its payloads once.</summary>
    private readonly List<HeldName> naming = [];

    // As 0008-held-names.sql has it, so that its index answers. The last record that names it takes it.
    internal const string Taken = """
        SELECT 1 FROM (
            SELECT kind FROM journal
            WHERE world = ?1 AND stream = ?2
              AND CASE WHEN json_valid(CAST(payload AS TEXT)) THEN coalesce(json_extract(CAST(payload AS TEXT), '$.certificate'),
                  json_extract(CAST(payload AS TEXT), '$.staff')) END = ?3
              AND kind IN ('establishment.post-filled', 'establishment.post-released', 'seal.certificate-issued')
            ORDER BY version DESC LIMIT 1)
        WHERE kind <> 'establishment.post-released'
        """;

    public Fence(string path)
    {
        connection = JournalFile.OpenReader(path);
        begin = new Statement(connection, "BEGIN");
        end = new Statement(connection, "COMMIT");
        holds = new Statement(connection, "SELECT 1 FROM journal WHERE world = ?1 AND stream = ?2 AND version = ?3");
        ends = new Statement(connection, "SELECT 1 FROM journal WHERE world = ?1 AND stream = ?2 AND version = ?3 AND hash = ?4");
        opened = new Statement(connection, "SELECT 1 FROM cases WHERE world = ?1 AND opened_by = ?2 AND number <> ?3");
        taken = new Statement(connection, Taken);
    }

    /// <summary>
    /// Begins a commit. Its questions see the tables at one moment, and the file is locked once for all of them instead of for each: the
    /// tables have at that moment what was forgotten here before.
    /// </summary>
    public void Begin() => begin.Run();

    /// <summary>All questions of the commit have been asked. A file that somebody reads on and on could not be tidied up.</summary>
    public void End() => end.RunOrNothing();

    /// <summary>Takes the append's place and that of what goes beside it, if it may have both, for a commit under way.</summary>
    /// <param name="commit">That commit's number.</param>
    /// <returns>Why it may not have them; null when it may.</returns>
    public Exception? Takes(PendingAppend append, long commit)
    {
        foreach (var part in append.Parts)
        {
            if (!IsFree(part.Records[0]))
            {
                return append.Conflict;
            }
        }

        naming.Clear();
        foreach (var part in append.Parts)
        {
            if (!Holds(part.Records))
            {
                return HeldName.Refusal(part.Records[0].Stream);
            }
        }

        if (append is { IsFirst: true, Case: { } row } && !Opens(append.Records[0].World, row, commit))
        {
            return append.Conflict;
        }

        foreach (var part in append.Parts)
        {
            var last = part.Records[^1];
            heads.Put(last.Stream, last.Head(), commit);
        }

        foreach (var it in naming)
        {
            held.Put((it.Stream, it.Name), it.Takes, commit);
        }

        return null;
    }

    /// <summary>The commit under way is safe.</summary>
    /// <param name="applied">The last commit that is in the tables.</param>
    public void Keep(long applied)
    {
        heads.Keep(applied);
        openings.Keep(applied);
        held.Keep(applied);
    }

    /// <summary>The commit under way has failed: its places are free again.</summary>
    public void Undo()
    {
        heads.Undo();
        openings.Undo();
        held.Undo();
    }

    public void Dispose()
    {
        foreach (var question in new[] { begin, end, holds, ends, opened, taken })
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
            && (
                first.Version == 1
                || ends.Text(1, first.World).Text(2, first.Stream).Number(3, first.Version - 1).Blob(4, first.PreviousHash.Span).Finds()
            );
    }

    // Few records name anything.
    private bool Holds(JournalRecord[] records)
    {
        Dictionary<string, bool>? own = null;
        foreach (var record in records)
        {
            if (HeldName.Of(record) is not { } it)
            {
                continue;
            }

            own ??= new(StringComparer.Ordinal);
            if (
                it.Takes
                && (
                    own.TryGetValue(it.Name, out var isHeld) || held.TryGet((it.Stream, it.Name), out isHeld)
                        ? isHeld
                        : taken.Text(1, record.World).Text(2, it.Stream).Text(3, it.Name).Finds()
                )
            )
            {
                return false;
            }

            own[it.Name] = it.Takes;
            naming.Add(it);
        }

        return true;
    }

    private bool Opens(string world, CaseRow row, long commit)
    {
        if (
            openings.TryGet(row.OpenedBy, out var number)
                ? number != row.Number
                : opened.Text(1, world).Id(2, row.OpenedBy).Text(3, row.Number).Finds()
        )
        {
            return false;
        }

        openings.Put(row.OpenedBy, row.Number, commit);
        return true;
    }
}
