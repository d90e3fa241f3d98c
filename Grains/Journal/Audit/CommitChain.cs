using System.Buffers;
using System.Security.Cryptography;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Recomputes the chain of commits while their records pass by. It shows what a stream's own chain can't: a tail that was cut, a stream that is gone.</summary>
internal sealed class CommitChain(ChainCheckpoint? expected)
{
    private readonly byte[] zero = new byte[HashChain.Length];
    private readonly ArrayBufferWriter<byte> hashed = new();
    private JournalCommit? open;
    private int found;
    private JournalCommit? last;
    private ChainFault? fault;
    private bool met;

    public long Checked { get; private set; }

    public ChainCheckpoint? Checkpoint => last is null ? null : new ChainCheckpoint(last.No, Convert.ToHexStringLower(last.Root.Span));

    /// <summary>The writer says that it ended there.</summary>
    public void EndAt(ChainCheckpoint end)
    {
        CloseOpen();
        if ((last?.No ?? 0) < end.Commit)
        {
            Blame(ChainFaultKind.Cut, (last?.No ?? 0) + 1, $"写入方记录了 {end.Commit} 次提交，仅余 {last?.No ?? 0} 次。", $"The writer made {end.Commit} commits; {last?.No ?? 0} are left.");
        }
        else if (last is not null && Convert.ToHexStringLower(last.Root.Span) != end.Root)
        {
            Blame(ChainFaultKind.Edited, last.No, "末次提交的根散列与写入方所记不符。", "The root of the last commit isn't the one that its writer recorded.");
        }
    }

    public void Open(JournalCommit commit)
    {
        CloseOpen();
        var previous = last is null ? zero.AsMemory() : last.Root;
        var no = (last?.No ?? 0) + 1;
        if (commit.No != no)
        {
            Blame(ChainFaultKind.Cut, no, $"缺第 {no} 次提交。", $"Commit {no} is missing.");
        }
        else if (!commit.PreviousRoot.Span.SequenceEqual(previous.Span))
        {
            Blame(ChainFaultKind.Edited, commit.No, "提交未接在前一次提交之后。", "The commit doesn't follow the one before it.");
        }

        open = commit;
        found = 0;
        hashed.ResetWrittenCount();
        hashed.Write(commit.PreviousRoot.Span);
    }

    /// <summary>A record that names a commit which isn't the present one was put there by somebody else than the writer.</summary>
    public ChainFault? Take(JournalRecord record, long commit)
    {
        if (open?.No != commit || found == open.Records)
        {
            return new ChainFault(ChainFaultKind.Inserted, record.Stream, record.Version, commit, new Words($"第 {commit} 次提交并无此记录。", $"Commit {commit} holds no such record."));
        }

        found++;
        hashed.Write(record.Hash.Span);
        return null;
    }

    public ChainFault? Close()
    {
        CloseOpen();
        if (expected is not null && !met && Checkpoint != expected)
        {
            Blame(ChainFaultKind.Cut, expected.Commit, $"提交链未经过所存的第 {expected.Commit} 次提交。", $"The commit chain doesn't pass the kept checkpoint of commit {expected.Commit}.");
        }

        return fault;
    }

    private void CloseOpen()
    {
        if (open is null)
        {
            return;
        }

        var computed = SHA256.HashData(hashed.WrittenSpan);
        if (found < open.Records)
        {
            Blame(ChainFaultKind.Cut, open.No, $"第 {open.No} 次提交应有 {open.Records} 条记录,仅余 {found} 条。", $"Commit {open.No} held {open.Records} records; {found} are left.");
        }
        else if (!open.Root.Span.SequenceEqual(computed))
        {
            Blame(ChainFaultKind.Edited, open.No, $"第 {open.No} 次提交的根散列与其记录不符。", $"The root of commit {open.No} doesn't agree with its records.");
        }

        Checked++;
        met |= expected is not null && open.No == expected.Commit && Convert.ToHexStringLower(open.Root.Span) == expected.Root;
        (last, open) = (open, null);
    }

    private void Blame(ChainFaultKind kind, long commit, string zh, string en) => fault ??= new ChainFault(kind, null, null, commit, new Words(zh, en));
}
