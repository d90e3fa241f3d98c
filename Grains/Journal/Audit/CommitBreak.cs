namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// The first broken commit, and what is found out about it: its own records, and what later records and commits say of them. A root covers
/// hashes only, so which record is the broken one has to be concluded.
/// </summary>
/// <param name="soFar">Its records as far as they were read.</param>
/// <param name="place">Place of the last record before it.</param>
internal sealed class CommitBreak(JournalCommit commit, IEnumerable<ChainRow> soFar, long place)
{
    /// <summary>Records kept of one commit; a commit whose count was edited may claim all that follow.</summary>
    private const int Most = 16384;

    private readonly List<ChainRow> rows = [.. soFar];
    private readonly List<(ChainRow Row, ChainRow Next)> contradicted = [];
    private readonly HashSet<(string World, string Stream)> vouched = [];
    private readonly List<ChainRow> strays = [];
    private bool gathering = true;
    private bool filling = true;
    private bool strayed;
    private (ChainRow Later, long Version)? gap;
    private ChainRow? moved;
    private ReadOnlyMemory<byte>? following;

    /// <summary>The commit that stands after it.</summary>
    public void Next(JournalCommit next)
    {
        filling = false;
        if (next.Writer == commit.Writer && next.No == commit.No + 1)
        {
            following ??= next.PreviousRoot;
        }
    }

    /// <summary>A record read after the suspicion arose: the commit's own, or a later one.</summary>
    /// <param name="head">Where its stream stood before.</param>
    public void Hear(ChainRow row, JournalHead head)
    {
        var own = IsOwn(row);
        gathering &= rows.Count < Most && (own || (filling && rows.Count < commit.Records));
        if (gathering)
        {
            rows.Add(row);
        }
        else if (own)
        {
            moved ??= row;
        }

        if (row.Version > head.Version + 1)
        {
            gap ??= (row, head.Version + 1);
        }
        else if (
            row.Version == head.Version + 1
            && !row.Follows(head)
            && rows.Find(r => r.IsOf(row) && r.Version == head.Version) is { } before
        )
        {
            contradicted.Add((before, row));
        }
    }

    /// <summary>A later commit. When it is sound, so is what its streams say of their earlier records; when it isn't, it may hold a record
    /// of this one.</summary>
    public void Pass(JournalCommit later, IReadOnlyList<ChainRow> held)
    {
        if (later.No == commit.No && later.Writer == commit.Writer)
        {
            return;
        }

        if (held.Count == later.Records && CommitRoot.Is(later, held))
        {
            vouched.UnionWith(held.Select(row => (row.World, row.Stream)));
        }
        else if (!strayed)
        {
            strayed = true;
            strays.AddRange(held);
        }
    }

    /// <summary>A later record that no commit has room for.</summary>
    public void Stray(ChainRow row)
    {
        if (strays.Count < Most)
        {
            strays.Add(row);
        }
    }

    public ChainFault Verdict()
    {
        var own = rows.Where(IsOwn).ToList();
        var stood = rows.Take(commit.Records).ToList();
        return stood.Count == commit.Records && CommitRoot.Is(commit, stood)
                ? own.Except(stood).FirstOrDefault()?.Foreign() ?? Disordered(stood)
            : CommitRoot.Is(commit, own)
                ? own.Count != commit.Records ? OwnRow()
                    : Disordered(rows)
            : own.Count < commit.Records ? TooFew(own)
            : own.Count > commit.Records ? TooMany(own)
            : stood.Find(row => !IsOwn(row))?.Misplaced() ?? Changed(own);
    }

    // All hashes are as they were committed, so what is wrong is what they don't cover.
    private ChainFault Disordered(List<ChainRow> among) =>
        among.Find(row => !IsOwn(row)) is { } other ? Elsewhere(other)
        : gap is { } found ? Before(found.Later, found.Version)
        : contradicted.Count > 0 ? contradicted[0].Next.Unfollowing()
        : OwnRow();

    // The record that is missing there may turn up among those that no commit has room for: then it is the commit's row that is gone.
    private ChainFault Before(ChainRow later, long version) =>
        strays.Find(row => row.IsOf(later) && row.Version == version) is { } there
            ? new ChainFault(
                ChainFaultKind.Cut,
                null,
                null,
                there.Commit,
                new Words($"缺第 {there.Commit} 次提交，其记录仍在。", $"Commit {there.Commit} is missing; its records are there.")
            )
            : later.Missing(version);

    private ChainFault TooFew(List<ChainRow> own)
    {
        var missing = Gap();
        return moved is not null ? moved.Misplaced()
            : own.Count == commit.Records - 1
            && CommitRoot.Lacking(commit, own, [.. strays, .. rows.Where(row => !IsOwn(row))]) is { } elsewhere
                ? Elsewhere(elsewhere)
            : gap is { } found ? found.Later.Missing(found.Version) with { Commit = commit.No, Place = missing }
            : Fault(
                ChainFaultKind.Cut,
                $"第 {commit.No} 次提交应有 {commit.Records} 条记录，仅余 {own.Count} 条。",
                $"Commit {commit.No} held {commit.Records} records; {own.Count} are left."
            ) with
            {
                Place = missing,
            };
    }

    private ChainFault TooMany(List<ChainRow> own) =>
        ((own.Count == commit.Records + 1 ? CommitRoot.OneTooMany(commit, own) : null) ?? own[commit.Records]).Foreign();

    private ChainFault Changed(List<ChainRow> own)
    {
        foreach (var (row, next) in contradicted)
        {
            if (CommitRoot.Is(commit, [.. own.Select(r => r == row ? r with { Hash = next.PreviousHash } : r)]))
            {
                return row.Replaced();
            }
        }

        if (own.Find(row => row.Place <= place || row.Place > place + own.Count) is { } outside)
        {
            return outside.Misplaced();
        }

        if (CommitRoot.Exchanged(commit, own) is { } exchanged)
        {
            return exchanged.Misplaced();
        }

        if (CommitRoot.TakenFor(commit, own, strays) is { } taken)
        {
            return taken.Misplaced();
        }

        if (following is { } root && root.Span.SequenceEqual(CommitRoot.Of(commit, own)))
        {
            return OwnRow();
        }

        // Which stream it is shows when every other one is vouched for; it may take a later record of each.
        var open = own.Where(row => !vouched.Contains((row.World, row.Stream))).ToList();
        return open.Count == 0 ? OwnRow()
            : open.Count == 1 ? open[0].Replaced()
            : Among(open) with { Stream = open.TrueForAll(row => row.IsOf(open[0])) ? open[0].Stream : null };
    }

    private ChainFault Among(List<ChainRow> open) =>
        Fault(
            ChainFaultKind.Edited,
            $"第 {commit.No} 次提交的根散列与其记录不符；被改的是其中之一：{Named(open)}。",
            $"The root of commit {commit.No} doesn't agree with its records; the changed one is among {Named(open)}."
        );

    private bool IsOwn(ChainRow row) => row.Commit == commit.No && row.Writer == commit.Writer;

    private ChainFault Elsewhere(ChainRow row) =>
        row.Fault(
            ChainFaultKind.Edited,
            $"记录属第 {commit.No} 次提交，却注明第 {row.Commit} 次。",
            $"The record is of commit {commit.No} and names {row.Commit}."
        );

    private ChainFault OwnRow() =>
        Fault(
            ChainFaultKind.Edited,
            $"第 {commit.No} 次提交本身的条数或根散列被改。",
            $"The own row of commit {commit.No}, its count or a root, was changed."
        );

    private ChainFault Fault(ChainFaultKind kind, string zh, string en) => new(kind, null, null, commit.No, new Words(zh, en));

    // The first place that nobody stands in, where places are kept.
    private long? Gap()
    {
        if (rows.Exists(row => row.Place is null))
        {
            return null;
        }

        var next = place + 1;
        while (rows.Exists(row => row.Place == next && IsOwn(row)))
        {
            next++;
        }

        return next;
    }

    private static string Named(List<ChainRow> among)
    {
        const int Few = 12;
        var names = string.Join(", ", among.Take(Few).Select(row => $"{row.Stream} #{row.Version}"));
        return among.Count > Few ? $"{names} …" : names;
    }
}
