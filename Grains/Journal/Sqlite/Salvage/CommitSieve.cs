using System.Data.Common;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Which commits are whole, from the rows of commits that were found and the records that are kept.</summary>
internal sealed class CommitSieve
{
    private readonly SortedDictionary<long, JournalCommit> chosen = [];
    private readonly Dictionary<long, List<byte[]>> hashes = [];
    private readonly HashSet<long> whole = [];

    public CommitSieve(Scratch found)
    {
        foreach (
            var (no, hash) in found.List(
                "SELECT commit_no, hash FROM found WHERE kept = 1 ORDER BY commit_no, seq",
                reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            )
        )
        {
            (hashes.TryGetValue(no, out var of) ? of : hashes[no] = []).Add(hash);
        }

        var rows = found
            .List("SELECT DISTINCT no, records, prev_root, root FROM found_commits WHERE no > 0 ORDER BY no", Commit)
            .ToLookup(commit => commit.No);
        foreach (var same in rows)
        {
            if (same.FirstOrDefault(IsWhole) is { } commit)
            {
                chosen[same.Key] = commit;
                whole.Add(same.Key);
            }
        }

        var others = rows.Where(same => !whole.Contains(same.Key)).ToList();
        Link(others);
        Link(others.AsEnumerable().Reverse());
        Derive();
    }

    /// <summary>Rows of commits, as the new record has them. One that isn't whole stands there where its neighbours vouch for it: the
    /// auditor finds what it lacks.</summary>
    public IReadOnlyCollection<JournalCommit> Commits => chosen.Values;

    public long Whole => whole.Count;

    /// <summary>The last commit that is known of.</summary>
    public long Last => chosen.Count > 0 ? chosen.Keys.Max() : 0;

    /// <summary>Commits up to one that aren't whole, as ranges.</summary>
    public IReadOnlyList<LostCommits> Lost(long last)
    {
        var lost = new List<LostCommits>();
        var next = 1L;
        foreach (var no in whole.Order().Append(last + 1).Where(no => no <= last + 1))
        {
            if (no > next)
            {
                lost.Add(new LostCommits(next, no - 1));
            }

            next = no + 1;
        }

        return lost;
    }

    private static JournalCommit Commit(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3));

    private bool IsWhole(JournalCommit commit) =>
        hashes.TryGetValue(commit.No, out var of)
        && of.Count == commit.Records
        && CommitRoot.Of(commit.PreviousRoot.Span, of).AsSpan().SequenceEqual(commit.Root.Span);

    private void Link(IEnumerable<IGrouping<long, JournalCommit>> rows)
    {
        foreach (var same in rows.Where(same => !chosen.ContainsKey(same.Key)))
        {
            var before = chosen.GetValueOrDefault(same.Key - 1);
            var after = chosen.GetValueOrDefault(same.Key + 1);
            if (
                same.FirstOrDefault(commit =>
                    before?.Root.Span.SequenceEqual(commit.PreviousRoot.Span) == true
                    || after?.PreviousRoot.Span.SequenceEqual(commit.Root.Span) == true
                ) is
                { } vouched
            )
            {
                chosen[same.Key] = vouched;
            }
        }
    }

    // Commits whose own rows are gone, and which the next one proves to have held the records that name them.
    private void Derive()
    {
        var before = new JournalCommit(0, 0, default, new byte[HashChain.Length]);
        foreach (var next in chosen.Values.ToList())
        {
            var derived = new List<JournalCommit>();
            for (var no = before.No + 1; no < next.No && hashes.TryGetValue(no, out var of); no++)
            {
                var previous = derived.Count > 0 ? derived[^1].Root : before.Root;
                derived.Add(new JournalCommit(no, of.Count, previous, CommitRoot.Of(previous.Span, of)));
            }

            if (derived.Count > 0 && derived[^1].No == next.No - 1 && derived[^1].Root.Span.SequenceEqual(next.PreviousRoot.Span))
            {
                derived.ForEach(commit => chosen[commit.No] = commit);
                whole.UnionWith(derived.Select(commit => commit.No));
            }

            before = next;
        }
    }
}
