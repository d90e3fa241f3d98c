using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// Checks records against the chains of their streams and, where there are any, against their writers' chains of commits. Feed it in
/// commit order: each commit, then its records; commits of several writers may take turns. It keeps one head per stream and nothing else. The first broken record wins over a broken commit,
/// because it names the place.
/// </summary>
/// <param name="expected">A checkpoint taken earlier and kept elsewhere; the commit chain has to go through it.</param>
public sealed class ChainVerifier(ChainCheckpoint? expected = null)
{
    private readonly Dictionary<(string World, string Stream), JournalHead> heads = [];
    private readonly SortedDictionary<long, CommitChain> writers = [];
    private long records;
    private ChainFault? broken;

    /// <summary>Starts a stream in its middle: what lies before was checked earlier.</summary>
    public void Resume(string world, string stream, JournalHead head) => heads[(world, stream)] = head;

    /// <summary>The next commit; its records follow.</summary>
    public void Take(JournalCommit commit) => Chain(commit.Writer).Open(commit);

    /// <summary>Where a writer's chain has to end.</summary>
    public void EndAt(long writer, ChainCheckpoint end) => Chain(writer).EndAt(end);

    /// <summary>The next record, and the number of the commit it names (0 in a world without commits). False once a record is broken: nothing after it says more.</summary>
    public bool Take(JournalRecord record, long commit = 0, long writer = 0)
    {
        if (broken is not null)
        {
            return false;
        }

        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads, (record.World, record.Stream), out var known);
        if (!known)
        {
            head = JournalHead.None;
        }

        broken = Check(record, head, commit);
        if (broken is not null)
        {
            return false;
        }

        head = record.Head();
        records++;
        if (commit > 0)
        {
            broken = Chain(writer).Take(record, commit);
        }

        return broken is null;
    }

    /// <summary>A record that can't be read any more. Always false.</summary>
    internal bool Unreadable(string stream, long version, long commit, string why)
    {
        broken ??= new ChainFault(ChainFaultKind.Edited, stream, version, commit, new Words($"记录无法读出:{why}", $"The record can't be read: {why}"));
        return false;
    }

    public ChainReport Finish()
    {
        var fault = broken;
        foreach (var chain in writers.Values)
        {
            var found = chain.Close();
            fault ??= found;
        }

        return new ChainReport(records, heads.Count, writers.Values.Sum(chain => chain.Checked), fault, Checkpoint());
    }

    // Of one writer its end; of several the end of all, so that one line still stands for everything.
    private ChainCheckpoint? Checkpoint()
    {
        var ends = writers.Values.Select(chain => chain.Checkpoint).OfType<ChainCheckpoint>().ToList();
        return ends.Count < 2
            ? ends.FirstOrDefault()
            : new ChainCheckpoint(ends.Sum(end => end.Commit), Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', ends.Select(end => end.Root))))));
    }

    private CommitChain Chain(long writer)
    {
        if (!writers.TryGetValue(writer, out var chain))
        {
            writers.Add(writer, chain = new CommitChain(expected));
        }

        return chain;
    }

    private static ChainFault? Check(JournalRecord record, JournalHead head, long commit)
    {
        var next = head.Version + 1;
        var named = commit > 0 ? commit : (long?)null;
        ChainFault Fault(ChainFaultKind kind, long version, string zh, string en) => new(kind, record.Stream, version, named, new Words(zh, en));
        if (record.Version > next)
        {
            return Fault(ChainFaultKind.Missing, next, $"缺第 {next} 条记录,其后的记录仍在。", $"Record {next} is missing; later ones are there.");
        }

        if (record.Version < next)
        {
            return Fault(ChainFaultKind.Inserted, record.Version, $"第 {record.Version} 条记录不在其应在的次序。", $"Record {record.Version} stands out of its order.");
        }

        if (!HashChain.Of(record, record.PreviousHash.Span).AsSpan().SequenceEqual(record.Hash.Span))
        {
            return Fault(ChainFaultKind.Edited, record.Version, "内容与其散列值不符。", "The content doesn't agree with its hash.");
        }

        return record.PreviousHash.Span.SequenceEqual(head.Hash.Span)
            ? null
            : Fault(ChainFaultKind.Edited, record.Version, "未接在前一条记录之后。", "It doesn't follow the record before it.");
    }
}
