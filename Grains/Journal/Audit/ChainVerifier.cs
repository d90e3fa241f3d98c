namespace TownReform.Grains.Journal.Audit;

/// <summary>
/// Checks records against the chains of their streams and, where there are any, against their writers' chains of commits. Feed it in commit
/// order: each commit, then as many records as it says, then what is left over; it keeps one head per stream and the records of one commit.
/// It names the first broken place, and may have to read on to find its name.
/// </summary>
/// <param name="expected">A checkpoint taken earlier and kept elsewhere; every chain of commits has to go through it.</param>
public sealed class ChainVerifier(ChainCheckpoint? expected = null)
{
    private readonly Dictionary<(string World, string Stream), JournalHead> heads = [];
    private readonly SortedDictionary<long, CommitChain> writers = [];
    private readonly SortedDictionary<long, ChainCheckpoint> expectedEnds = expected?.Ends() ?? [];
    private readonly Suspicion suspicion = new();
    private readonly List<Words> notices = [];
    private CommitChain? current;
    private long records;
    private ChainFault? broken;

    /// <summary>Takes a scan until nothing more can be said.</summary>
    internal async Task<ChainReport> RunAsync(IAsyncEnumerable<Scanned> scan)
    {
        await foreach (var part in scan)
        {
            if (!Take(part))
            {
                break;
            }
        }

        return Finish();
    }

    /// <summary>Starts a stream in its middle: what lies before was checked earlier.</summary>
    public void Resume(string world, string stream, JournalHead head) => heads[(world, stream)] = head;

    /// <summary>The next commit; its records follow.</summary>
    public void Take(JournalCommit commit)
    {
        broken ??= Turn(commit.Writer);
        broken ??= current!.Open(commit);
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
        var row = new ChainRow(
            World: record.World,
            Stream: record.Stream,
            Version: record.Version,
            PreviousHash: record.PreviousHash,
            Hash: record.Hash,
            Commit: commit,
            Place: place,
            Writer: writer
        );
        if (writers.Count > 0 || commit != 0)
        {
            broken = Turn(writer);
        }

        suspicion.Break?.Hear(row, head);
        broken ??= (Suspects ? null : Alone(record, row)) ?? (current is null ? row.After(head) : current.Take(row, head));
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
            case ScannedNotice it:
                notices.Add(it.Why);
                break;
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
            fault ??= chain.Close();
        }

        fault ??= suspicion.Break?.Verdict();
        foreach (var writer in expectedEnds.Keys)
        {
            // Also one of which nothing is left.
            Chain(writer);
        }

        foreach (var chain in writers.Values)
        {
            fault ??= chain.Finish();
        }

        return new ChainReport(records, heads.Count, writers.Values.Sum(chain => chain.Checked), fault, ChainCheckpoint.Of([.. Ends()]))
        {
            Notices = notices,
        };
    }

    private IEnumerable<KeyValuePair<long, ChainCheckpoint>> Ends()
    {
        foreach (var (writer, chain) in writers)
        {
            if (chain.Checkpoint is { } end)
            {
                yield return new(writer, end);
            }
        }
    }

    private bool Suspects => suspicion.Break is not null;

    // The commit of the writer before holds no more records.
    private ChainFault? Turn(long writer)
    {
        var before = current;
        var chain = current = Chain(writer);
        return before == chain ? null : before?.Close();
    }

    private CommitChain Chain(long writer)
    {
        if (!writers.TryGetValue(writer, out var chain))
        {
            writers.Add(writer, chain = new CommitChain(expectedEnds.GetValueOrDefault(writer), suspicion));
        }

        return chain;
    }

    // A record that contradicts itself is broken, whatever stands around it.
    private static ChainFault? Alone(JournalRecord record, ChainRow row) =>
        HashChain.Of(record, record.PreviousHash.Span).AsSpan().SequenceEqual(record.Hash.Span)
        // The hash can't tell nobody from an empty name, which is never kept, nor a late entry that is none; and without a receipt it
        // covers neither of what comes with one.
        && record.ActorFor is not ""
        && record.Late is not ""
        && (record.ReceivedAt is not null || (record.Late is null && record.Digest is null))
            ? null
            : row.Fault(ChainFaultKind.Edited, "内容与其散列值不符。", "The content doesn't agree with its hash.");
}
