using System.Text;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A sealed journal and what it held, so that a test can say which record it has broken.</summary>
internal sealed class TamperedHistory(ITamperedJournal journal, IReadOnlyList<ScannedRecord> records, IReadOnlyList<JournalCommit> commits) : IAsyncDisposable
{
    public ITamperedJournal Journal => journal;

    public IReadOnlyList<ScannedRecord> Records => records;

    public IReadOnlyList<JournalCommit> Commits => commits;

    public ChainCheckpoint Checkpoint => new(commits[^1].No, Convert.ToHexStringLower(commits[^1].Root.Span));

    public static async Task<TamperedHistory> OfAsync(ITamperedJournal journal) => new(journal, await journal.RecordsAsync(), await journal.CommitsAsync());

    /// <summary>
    /// Commits of one to four appends of one to three records, on a few streams: some streams meet in a commit, some records of a stream do, and some commits hold one record.
    /// </summary>
    public static async Task<TamperedHistory> RecordedAsync(ITamperedJournal journal, int commits = 45, int streams = 7)
    {
        var heads = Enumerable.Range(0, streams).Select(_ => JournalHead.None).ToArray();
        for (var (commit, command) = (0, 0); commit < commits; commit++)
        {
            var together = new List<JournalAppend>();
            for (var n = 0; n <= (commit * 7 % 5 % 4); n++)
            {
                var at = (commit * 3 + n * 5) % streams;
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

    /// <summary>The record that follows the last of a stream, as somebody would forge it who knows how hashes are made: a copy of the first, under another name.</summary>
    public JournalRecord Forged(string stream)
    {
        var last = records.LastOrDefault(r => r.Record.Stream == stream)?.Record.Head() ?? JournalHead.None;
        var forged = records[0].Record with { Stream = stream, Version = last.Version + 1, PreviousHash = last.Hash };
        return forged with { Hash = HashChain.Of(forged, last.Hash.Span) };
    }

    /// <summary>Inserts a record as a copy of another row with its own words, place and commit.</summary>
    public string Insert(JournalRecord forged, long place, long commit) => $"""
        INSERT INTO journal (seq, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash)
        SELECT {place}, {commit}, world, '{forged.Stream}', {forged.Version}, at, kind, actor_id, actor_office, actor_for, command_id, payload, {journal.Literal(forged.PreviousHash.Span)}, {journal.Literal(forged.Hash.Span)}
        FROM journal WHERE stream = '{records[0].Record.Stream}' AND version = {records[0].Record.Version};
        """;

    /// <summary>Rewrites a record and, when asked, all that follow on its stream, with hashes that agree with one another.</summary>
    public string Rehashed(ScannedRecord broken, bool followers)
    {
        var sql = new StringBuilder();
        var previous = broken.Record.PreviousHash;
        foreach (var part in records.Where(r => r.Record.Stream == broken.Record.Stream && r.Record.Version >= broken.Record.Version).Take(followers ? int.MaxValue : 1))
        {
            var written = part == broken ? part.Record with { ActorId = "S666" } : part.Record;
            var hash = HashChain.Of(written, previous.Span);
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE journal SET actor_id = '{written.ActorId}', prev_hash = {journal.Literal(previous.Span)}, hash = {journal.Literal(hash)} WHERE seq = {part.Place};");
            previous = hash;
        }

        return sql.ToString();
    }

    /// <summary>Rewrites a record, all that follow on its stream, and every root from its commit on: nothing inside the journal can tell.</summary>
    public string Rewritten(ScannedRecord broken)
    {
        var sql = new StringBuilder(Rehashed(broken, followers: true));
        var hashes = records.ToDictionary(part => part, part => part.Record.Hash);
        var previous = broken.Record.PreviousHash;
        foreach (var part in records.Where(r => r.Record.Stream == broken.Record.Stream && r.Record.Version >= broken.Record.Version))
        {
            hashes[part] = previous = HashChain.Of(part == broken ? part.Record with { ActorId = "S666" } : part.Record, previous.Span);
        }

        ReadOnlyMemory<byte> root = commits[0].PreviousRoot;
        foreach (var commit in commits)
        {
            byte[] hashed = [.. root.Span, .. records.Where(r => r.Commit == commit.No).SelectMany(r => hashes[r].ToArray())];
            var next = System.Security.Cryptography.SHA256.HashData(hashed);
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE commits SET prev_root = {journal.Literal(root.Span)}, root = {journal.Literal(next)} WHERE no = {commit.No};");
            root = next;
        }

        return sql.ToString();
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    // With and without somebody acted for, so that both can be changed into the other.
    private static NewEvent Event(int command) => Sample.Event(command) is var plain && command % 3 > 0
        ? plain
        : plain with { Stamp = plain.Stamp with { Actor = plain.Stamp.Actor with { For = "张三" } } };
}
