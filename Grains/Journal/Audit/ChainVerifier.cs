namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// Checks records against the chains of their streams and, where there is one, against the chain of commits. Feed it in commit order:
/// each commit, then as many records as it says, then what is left over; it keeps one head per stream and the records of one commit.
/// It names the first broken place, and may have to read on to find its name.
/// </summary>
/// <param name="expected">A checkpoint taken earlier and kept elsewhere; the commit chain has to go through it.</param>
public sealed class ChainVerifier(ChainCheckpoint? expected = null)
{
    private readonly Dictionary<(string World, string Stream), JournalHead> heads = [];
    private readonly CommitChain commits = new(expected);
    private long records;
    private ChainFault? broken;

    /// <summary>Starts a stream in its middle: what lies before was checked earlier.</summary>
    public void Resume(string world, string stream, JournalHead head) => heads[(world, stream)] = head;

    /// <summary>The next commit; its records follow.</summary>
    public void Take(JournalCommit commit) => broken ??= commits.Open(commit);

    /// <summary>The next record. False once nothing after it says more.</summary>
    /// <param name="commit">Number of the commit that the record names; 0 in a world without commits.</param>
    /// <param name="place">Place in the journal from 1; null where places aren't kept.</param>
    public bool Take(JournalRecord record, long commit = 0, long? place = null)
    {
        if (broken is not null)
        {
            return false;
        }

        var head = heads.TryGetValue((record.World, record.Stream), out var known) ? known : JournalHead.None;
        var row = new ChainRow(record.World, record.Stream, record.Version, record.PreviousHash, record.Hash, commit, place);
        broken = (commits.Suspects ? null : Alone(record, row)) ?? (commits.Any || commit != 0 ? commits.Take(row, head) : row.After(head));
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
                return Take(it.Record, it.Commit, it.Place);
            case ScannedUnreadable { OfRecord: true } it when !commits.Suspects:
                broken ??= it.Fault;
                break;
            default:
                break;
        }

        return broken is null;
    }

    public ChainReport Finish()
    {
        var fault = broken ?? commits.Finish();
        return new ChainReport(records, heads.Count, commits.Checked, fault, commits.Checkpoint);
    }

    // A record that contradicts itself is broken, whatever stands around it.
    private static ChainFault? Alone(JournalRecord record, ChainRow row) =>
        HashChain.Of(record, record.PreviousHash.Span).AsSpan().SequenceEqual(record.Hash.Span)
            ? null
            : row.Fault(ChainFaultKind.Edited, "内容与其散列值不符。", "The content doesn't agree with its hash.");
}
