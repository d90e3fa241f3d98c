using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// Checks records against the chains of their streams and, where there are any, against their writers' chains of commits. Feed it in commit order:
/// each commit, then as many records as it says, then what is left over; it keeps one head per stream and the records of one commit.
/// It names the first broken place, and may have to read on to find its name.
/// </summary>
/// <param name="expected">A checkpoint taken earlier and kept elsewhere; the commit chain has to go through it.</param>
public sealed class ChainVerifier(ChainCheckpoint? expected = null)
{
    private readonly Dictionary<(string World, string Stream), JournalHead> heads = [];
    private readonly SortedDictionary<long, CommitChain> writers = [];
    private CommitChain? current;
    private long records;
    private ChainFault? broken;

    /// <summary>Starts a stream in its middle: what lies before was checked earlier.</summary>
    public void Resume(string world, string stream, JournalHead head) => heads[(world, stream)] = head;

    /// <summary>The next commit; its records follow.</summary>
    public void Take(JournalCommit commit)
    {
        var chain = Chain(commit.Writer);
        if (current != chain)
        {
            broken ??= current?.Close();
        }

        broken ??= chain.Open(commit);
        current = chain;
    }

    /// <summary>The next record. False once nothing after it says more.</summary>
    /// <param name="commit">Number of the commit that the record names; 0 in a world without commits.</param>
    /// <param name="place">Place in the journal from 1; null where places aren't kept.</param>
    /// <param name="writer">Whose commit it is.</param>
    public bool Take(JournalRecord record, long commit = 0, long? place = null, long writer = 0)
    {
        if (broken is not null)
        {
            return false;
        }

        var head = heads.TryGetValue((record.World, record.Stream), out var known) ? known : JournalHead.None;
        var row = new ChainRow(record.World, record.Stream, record.Version, record.PreviousHash, record.Hash, commit, place);
        broken = (Suspects ? null : Alone(record, row)) ?? (current is not null || commit != 0 ? Chain(writer).Take(row, head) : row.After(head));
        if (broken is not null)
        {
            return false;
        }

        heads[(record.World, record.Stream)] = record.Head();
        records++;
        return true;
    }

    /// <summary>The next thing of a scan. False once nothing after it says more.</summary>
    public bool Take(Scanned part)
    {
        switch (part)
        {
            case ScannedFold it:
                Resume(it.World, it.Stream, it.Head);
                break;
            case ScannedCommit it:
                Take(it.Commit);
                break;
            case ScannedRecord it:
                return Take(it.Record, it.Commit, it.Place, it.Writer);
            case ScannedEnd it:
                Chain(it.Writer).EndsAt(it.End);
                break;
            case ScannedUnreadable { OfRecord: true } it when !Suspects:
                broken ??= it.Fault;
                break;
            default:
                break;
        }

        return broken is null;
    }

    public ChainReport Finish()
    {
        var fault = broken;
        foreach (var chain in writers.Values)
        {
            fault ??= chain.Finish();
        }

        return new ChainReport(records, heads.Count, writers.Values.Sum(chain => chain.Checked), fault, Checkpoint());
    }

    private bool Suspects => writers.Values.Any(chain => chain.Suspects);

    // Of one writer its end; of several the ends of all, so that one line still stands for everything.
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

    // A record that contradicts itself is broken, whatever stands around it.
    private static ChainFault? Alone(JournalRecord record, ChainRow row) =>
        HashChain.Of(record, record.PreviousHash.Span).AsSpan().SequenceEqual(record.Hash.Span)
            ? null
            : row.Fault(ChainFaultKind.Edited, "内容与其散列值不符。", "The content doesn't agree with its hash.");
}
