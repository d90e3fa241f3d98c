namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// Recomputes the chain of commits while their records pass by. It shows what a stream's own chain can't: a tail that was cut, a stream
/// that is gone, hashes that were computed anew. A commit is as many records as its row says, whatever commit they name.
/// </summary>
internal sealed class CommitChain(ChainCheckpoint? expected, Suspicion suspicion)
{
    private readonly List<ChainRow> held = [];
    private JournalCommit? open;
    private JournalCommit? last;
    private long place;
    private bool met;
    private ChainCheckpoint? end;

    public long Checked { get; private set; }

    public ChainCheckpoint? Checkpoint => last is null ? null : new ChainCheckpoint(last.No, Convert.ToHexStringLower(last.Root.Span));

    public ChainFault? Open(JournalCommit commit)
    {
        if (Close() is { } fault)
        {
            return fault;
        }

        suspicion.Break?.Next(commit);
        fault = suspicion.Break is null ? Continues(commit) : null;
        open = commit;
        held.Clear();
        return fault;
    }

    /// <param name="head">Where the record's stream stood before.</param>
    public ChainFault? Take(ChainRow row, JournalHead head)
    {
        var extra = open is null || held.Count == open.Records;
        if (!extra)
        {
            held.Add(row);
        }
        else if (suspicion.Break is { } suspected)
        {
            suspected.Stray(row);
        }

        return suspicion.Break is not null ? null
            : extra ? Extra(row)
            : Neighbours(row, head);
    }

    /// <summary>Whether the chain ends where it should, when all its commits are sound.</summary>
    public ChainFault? Finish() => Ends() ?? Passes();

    // The commit before is sound, so what a record says of a record before it is believed against the later one. Within one commit its root
    // decides.
    private ChainFault? Neighbours(ChainRow row, JournalHead head)
    {
        if (row.After(head) is not { } fault)
        {
            return null;
        }

        if (
            fault.Kind == ChainFaultKind.Inserted
            || (fault.Kind == ChainFaultKind.Edited && !held.Exists(r => r.IsOf(row) && r.Version == head.Version))
        )
        {
            return fault;
        }

        Suspect(open!, held.SkipLast(1), place).Hear(row, head);
        return null;
    }

    private ChainFault? Extra(ChainRow row)
    {
        if (Close() is { } fault)
        {
            return fault;
        }

        var end = last?.No ?? 0;
        if (row.Commit > end)
        {
            return Of(
                ChainFaultKind.Cut,
                end + 1,
                $"缺第 {end + 1} 次提交，其记录仍在。",
                $"Commit {end + 1} is missing; its records are there."
            );
        }

        if (row.Commit < end)
        {
            return row.Foreign();
        }

        // Closed a moment ago, and one too many.
        (suspicion.Break ?? Suspect(last!, held, place - held.Count)).Hear(row, JournalHead.None);
        return null;
    }

    /// <summary>The writer says that it ended there.</summary>
    public void EndsAt(ChainCheckpoint told) => end = told;

    /// <summary>The commit under way holds no more records.</summary>
    public ChainFault? Close()
    {
        if (open is not { } commit)
        {
            return null;
        }

        (open, last) = (null, commit);
        Checked++;
        if (suspicion.Break is { } suspected)
        {
            suspected.Pass(commit, held);
            return null;
        }

        met |= expected is not null && commit.No == expected.Commit && Convert.ToHexStringLower(commit.Root.Span) == expected.Root;
        if (held.Count < commit.Records || !CommitRoot.Is(commit, held))
        {
            Suspect(commit, held, place);
            return null;
        }

        return Positions(commit);
    }

    // What the root doesn't cover: which commit a record names, and its place.
    private ChainFault? Positions(JournalCommit commit)
    {
        foreach (var row in held)
        {
            if (row.Commit != commit.No)
            {
                return row.Fault(
                    ChainFaultKind.Edited,
                    $"记录属第 {commit.No} 次提交，却注明第 {row.Commit} 次。",
                    $"The record is of commit {commit.No} and names {row.Commit}."
                );
            }

            if (row.Place is { } stands && stands != ++place)
            {
                return row.Misplaced();
            }
        }

        return null;
    }

    private ChainFault? Continues(JournalCommit commit)
    {
        var no = (last?.No ?? 0) + 1;
        return commit.No > no ? Of(ChainFaultKind.Cut, no, $"缺第 {no} 次提交。", $"Commit {no} is missing.")
            : commit.No < no ? Of(ChainFaultKind.Inserted, commit.No, $"此处应为第 {no} 次提交。", $"Commit {no} should stand here.")
            : commit.PreviousRoot.Span.SequenceEqual(last is null ? new byte[HashChain.Length] : last.Root.Span) ? null
            : Of(ChainFaultKind.Edited, commit.No, "提交未接在前一次提交之后。", "The commit doesn't follow the one before it.");
    }

    private ChainFault? Ends()
    {
        var no = last?.No ?? 0;
        return end is null || Checkpoint == end ? null
            : no < end.Commit
                ? Of(
                    ChainFaultKind.Cut,
                    no + 1,
                    $"写入方作了 {end.Commit} 次提交，仅余 {no} 次。",
                    $"The writer made {end.Commit} commits; {no} are left."
                )
            : Of(ChainFaultKind.Edited, no, "末次提交不是写入方所记的那一次。", "The last commit isn't the one that its writer recorded.");
    }

    private ChainFault? Passes()
    {
        var no = last?.No ?? 0;
        return expected is null || met ? null
            : expected.Commit > no
                ? Of(
                    ChainFaultKind.Cut,
                    no + 1,
                    $"第 {no + 1} 次及其后的提交已不在；另存的校验点是第 {expected.Commit} 次。",
                    $"Commits from {no + 1} on are gone; the kept checkpoint is of commit {expected.Commit}."
                )
            : Of(
                ChainFaultKind.Edited,
                expected.Commit,
                $"提交链未经过另存的第 {expected.Commit} 次提交。",
                $"The commit chain doesn't pass the kept checkpoint of commit {expected.Commit}."
            );
    }

    private CommitBreak Suspect(JournalCommit commit, IEnumerable<ChainRow> soFar, long before) =>
        suspicion.Break = new CommitBreak(commit, soFar, before);

    private static ChainFault Of(ChainFaultKind kind, long commit, string zh, string en) =>
        new(kind, null, null, commit, new Words(zh, en));
}

/// <summary>The first commit of any writer that is broken. What follows, whoever wrote it, may tell which of its records is.</summary>
internal sealed class Suspicion
{
    public CommitBreak? Break { get; set; }
}
