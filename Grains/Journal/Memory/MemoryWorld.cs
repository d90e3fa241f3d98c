using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;

namespace TownReform.Grains.Journal.Memory;

/// <summary>
/// The record of a simulated world: the same fence, the same chain, nothing on disk. With folding, a closed stream is checked and its
/// records leave memory once nothing waits in the outbox, so that what its last record set off still finds it whole.
/// </summary>
public sealed class MemoryWorld : IJournal, IChainAudit, IDisposable
{
    private readonly string world;
    private readonly bool folds;
    private readonly Lock gate = new();
    private readonly Dictionary<string, MemoryChain> chains = new(StringComparer.Ordinal);
    private readonly List<MemoryChain> closing = [];
    private readonly MemoryCases cases;
    private readonly MemoryOutbox outbox;
    private ChainFault? broken;
    private long records;

    public MemoryWorld(string world, IEffectCourier courier, bool foldClosedStreams)
    {
        this.world = world;
        folds = foldClosedStreams;
        cases = new MemoryCases(gate);
        outbox = new MemoryOutbox(gate, courier, FoldClosing);
    }

    public WorldStorage Storage => new(world, this, cases, outbox, null);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(string stream, long afterVersion, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult(chains.TryGetValue(stream, out var chain) && afterVersion < chain.Head.Version ? chain.Read(afterVersion) : []);
        }
    }

    public ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        var record = ChainLink.After(append.Previous, world, append);
        lock (gate)
        {
            chains.TryGetValue(append.Stream, out var chain);
            var head = chain?.Head ?? JournalHead.None;
            if (!Follows(append.Previous, head) || (append.Case is { } opened && !cases.Admits(opened)))
            {
                return ValueTask.FromException<JournalHead>(new JournalConflictException(append.Stream, record.Version));
            }

            if (chain is null)
            {
                chains.Add(append.Stream, chain = new MemoryChain(world, append.Stream));
            }

            Accept(append, record, chain);
            return ValueTask.FromResult(record.Head());
        }
    }

    /// <summary>Recomputes every chain that is still in memory; folded ones were checked when they left.</summary>
    public ValueTask<ChainReport> VerifyAsync(CancellationToken cancellation = default)
    {
        lock (gate)
        {
            foreach (var chain in chains.Values)
            {
                cancellation.ThrowIfCancellationRequested();
                broken ??= chain.Check();
            }

            return ValueTask.FromResult(new ChainReport(records, chains.Count, 0, broken, null));
        }
    }

    public void Dispose() => outbox.Dispose();

    private static bool Follows(JournalHead previous, JournalHead head) =>
        previous.Version == head.Version && previous.Hash.Span.SequenceEqual(head.Hash.Span);

    private void Accept(JournalAppend append, JournalRecord record, MemoryChain chain)
    {
        chain.Add(record);
        records++;
        if (append.Case is { } row)
        {
            cases.Put(row);
        }

        outbox.Add(append.Effects);
        chain.Closed |= append.Closes;
        if (folds && chain.Closed)
        {
            closing.Add(chain);
            if (outbox.IsEmpty)
            {
                FoldClosing();
            }
        }
    }

    private void FoldClosing()
    {
        foreach (var chain in closing)
        {
            var fault = chain.Fold();
            broken ??= fault;
        }

        closing.Clear();
    }
}
