using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A sealed journal and what it held, so that a test can say which record it has broken.</summary>
internal sealed class TamperedHistory(
    ITamperedJournal journal,
    IReadOnlyList<TamperedRow> rows,
    IReadOnlyList<JournalCommit> commits,
    ChainCheckpoint checkpoint
) : IAsyncDisposable
{
    public ITamperedJournal Journal => journal;

    /// <summary>In order of commit.</summary>
    public IReadOnlyList<TamperedRow> Rows => rows;

    /// <summary>In the order in which they were made, whoever made them.</summary>
    public IReadOnlyList<JournalCommit> Commits => commits;

    /// <summary>Where it ended, as an auditor has written it down.</summary>
    public ChainCheckpoint Checkpoint => checkpoint;

    public static async Task<TamperedHistory> OfAsync(ITamperedJournal journal) =>
        new(journal, await journal.RowsAsync(), await journal.CommitsAsync(), (await journal.VerifyAsync()).Checkpoint.ShouldNotBeNull());

    /// <summary>
    /// Commits of one to four appends of one to three records, on a few streams: some streams meet in a commit, some records of a stream
    /// do, and some commits hold one record.
    /// </summary>
    public static async Task<TamperedHistory> RecordedAsync(ITamperedJournal journal, int commits = 45, int streams = 7)
    {
        var heads = Enumerable.Range(0, streams).Select(_ => JournalHead.None).ToArray();
        for (var (commit, command) = (0, 0); commit < commits; commit++)
        {
            var together = new List<JournalAppend>();
            for (var n = 0; n <= (commit * 7 % 5 % 4); n++)
            {
                var at = ((commit * 3) + (n * 5)) % streams;
                var events = Enumerable.Range(0, 1 + ((commit + n) % 3)).Select(_ => Event(++command)).ToArray();
                var append = new JournalAppend($"case/{at}", heads[at], [.. events], []);
                together.Add(append);
                heads[at] = ChainLink.After(Address.Live, append)[^1].Head();
            }

            await journal.CommitAsync(together);
        }

        await journal.SealAsync();
        return await OfAsync(journal);
    }

    /// <summary>The record that follows the last of a stream, as somebody would forge it who knows how hashes are made: a copy of the
    /// first, under another name.</summary>
    public JournalRecord Forged(string stream)
    {
        var last = rows.LastOrDefault(r => r.Stream == stream)?.Record.Head() ?? JournalHead.None;
        var forged = rows[0].Record with { Stream = stream, Version = last.Version + 1, PreviousHash = last.Hash };
        return forged with { Hash = HashChain.Of(forged, last.Hash.Span) };
    }

    /// <summary>Inserts a forged record at a place, as one of a commit.</summary>
    public string Insert(JournalRecord forged, long seq, long commit) =>
        $"""
            INSERT INTO journal (seq, commit_no, {journal.OwnColumns}world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash, received_at, late, digest)
            SELECT {seq}, {commit}, {journal.OwnColumns}world, '{forged.Stream}', {forged.Version}, at, kind, actor_id, actor_office, actor_for, command_id, payload, {journal.Literal(
                forged.PreviousHash.Span
            )}, {journal.Literal(forged.Hash.Span)}, received_at, late, digest
            FROM journal WHERE {rows[0].Where};
            """;

    /// <summary>Rewrites a record and, when asked, all that follow on its stream, with hashes that agree with one another.</summary>
    public string Rehashed(TamperedRow broken, bool followers)
    {
        var sql = new StringBuilder();
        foreach (var (row, written) in Forgery(broken).Take(followers ? int.MaxValue : 1))
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $"UPDATE journal SET actor_id = '{written.ActorId}', prev_hash = {journal.Literal(written.PreviousHash.Span)}, "
                    + $"hash = {journal.Literal(written.Hash.Span)} WHERE {row.Where};"
            );
        }

        return sql.ToString();
    }

    /// <summary>Rewrites a record, all that follow on its stream, and every root from its commit on: nothing inside a journal of one writer
    /// can tell.</summary>
    public string Rewritten(TamperedRow broken)
    {
        var sql = new StringBuilder(Rehashed(broken, followers: true));
        var hashes = rows.ToDictionary(row => row, row => row.Record.Hash);
        foreach (var (row, written) in Forgery(broken))
        {
            hashes[row] = written.Hash;
        }

        var root = commits[0].PreviousRoot;
        foreach (var commit in commits)
        {
            byte[] hashed = [.. root.Span, .. rows.Where(r => r.Commit == commit.No).SelectMany(r => hashes[r].ToArray())];
            var next = SHA256.HashData(hashed);
            sql.Append(
                CultureInfo.InvariantCulture,
                $"UPDATE commits SET prev_root = {journal.Literal(root.Span)}, root = {journal.Literal(next)} WHERE no = {commit.No};"
            );
            root = next;
        }

        return sql.ToString();
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private IEnumerable<(TamperedRow Row, JournalRecord Written)> Forgery(TamperedRow broken)
    {
        var previous = broken.Record.PreviousHash;
        foreach (var row in rows.Where(r => r.Stream == broken.Stream && r.Version >= broken.Version))
        {
            var written = row.Record with { ActorId = row == broken ? "S666" : row.Record.ActorId, PreviousHash = previous };
            written = written with { Hash = HashChain.Of(written, previous.Span) };
            previous = written.Hash;
            yield return (row, written);
        }
    }

    // With and without somebody acted for, so that both can be changed into the other.
    private static NewEvent Event(int command) =>
        Sample.Event(command) is var plain && command % 3 > 0
            ? plain
            : plain with
            {
                Stamp = plain.Stamp with { Actor = plain.Stamp.Actor with { For = "张三" } },
            };
}
