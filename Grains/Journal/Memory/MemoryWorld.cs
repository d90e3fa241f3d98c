using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;

namespace TownReform.Grains.Journal.Memory;

/// <summary>
/// The record of a simulated world: the same fence, the same chain, nothing on disk. Whoever runs the world folds it now and then
/// (<see cref="Fold"/>), so that a long run doesn't keep the records of every case that has ended.
/// </summary>
public sealed partial class MemoryWorld : IJournal, IChainAudit, IDisposable
{
    private readonly string world;
    private readonly Lock gate = new();
    private readonly Dictionary<string, MemoryChain> chains = new(StringComparer.Ordinal);
    private readonly List<MemoryChain> closing = [];
    private readonly MemoryCases cases;
    private readonly MemoryOutbox outbox;
    private ChainFault? broken;
    private long records;

    public MemoryWorld(string world, IEffectCourier courier)
    {
        this.world = world;
        cases = new MemoryCases(gate, () => chains.Values.SelectMany(chain => chain.Kept));
        outbox = new MemoryOutbox(gate, courier);
        Storage = new WorldStorage(world, this, cases, outbox, null);
    }

    public WorldStorage Storage { get; }

    /// <summary>Takes every append in order, once it stands: for whoever copies the world into one that lasts.</summary>
    internal Action<JournalAppend>? Kept { get; set; }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult(
                chains.TryGetValue(stream, out var chain) && afterVersion < chain.Head.Version ? chain.Read(afterVersion, upTo) : []
            );
        }
    }

    public ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        var built = ChainLink.After(world, append);
        var pair = append.Pair is { } other ? ChainLink.After(world, other.Stream, other.Previous, other.Events) : [];
        lock (gate)
        {
            if (
                !IsFree(append.Stream, append.Previous)
                || (append.Pair is { } and && !IsFree(and.Stream, and.Previous))
                || (append.Case is { } opened && !cases.Admits(opened))
            )
            {
                return ValueTask.FromException<JournalHead>(new JournalConflictException(append.Stream, built[0].Version));
            }

            var chain = Accept(append.Stream, built);
            if (append.Pair is not null)
            {
                Accept(append.Pair.Stream, pair);
            }

            Follow(append, chain);
            Kept?.Invoke(append);
            return ValueTask.FromResult(chain.Head);
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

    /// <summary>Checks the streams that have closed since the last call and lets their records go; while effects wait nothing is
    /// folded.</summary>
    public void Fold()
    {
        lock (gate)
        {
            if (!outbox.IsEmpty)
            {
                return;
            }

            foreach (var chain in closing)
            {
                var fault = chain.Fold();
                broken ??= fault;
            }

            closing.Clear();
        }
    }

    public void Dispose()
    {
        Storage.Drop();
        outbox.Dispose();
    }

    private bool IsFree(string stream, JournalHead previous)
    {
        var head = chains.TryGetValue(stream, out var chain) ? chain.Head : JournalHead.None;
        return previous.Version == head.Version && previous.Hash.Span.SequenceEqual(head.Hash.Span);
    }

    private MemoryChain Accept(string stream, JournalRecord[] built)
    {
        if (!chains.TryGetValue(stream, out var chain))
        {
            chains.Add(stream, chain = new MemoryChain(world, stream));
        }

        foreach (var record in built)
        {
            chain.Add(record);
        }

        records += built.Length;
        return chain;
    }

    private void Follow(JournalAppend append, MemoryChain chain)
    {
        if (append.Case is { } row)
        {
            cases.Put(row);
        }

        outbox.Add(append.Effects);
        if (append.IsFinal)
        {
            closing.Add(chain);
        }
    }
}
