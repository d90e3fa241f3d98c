using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Memory;

/// <summary>One stream of a simulated world. Folding checks its records and lets them go; the head stays, so that a late delivery still
/// finds its place.</summary>
internal sealed class MemoryChain(string world, string stream)
{
    private List<JournalRecord> kept = [];

    public JournalHead Head { get; private set; } = JournalHead.None;

    /// <summary>Up to here the records have left memory.</summary>
    public JournalHead Folded { get; private set; } = JournalHead.None;

    /// <summary>The records that are still in memory, in order.</summary>
    public IReadOnlyList<JournalRecord> Kept => kept;

    public void Add(JournalRecord record)
    {
        kept.Add(record);
        Head = record.Head();
    }

    /// <exception cref="StreamFoldedException">Records that were asked for have left memory.</exception>
    public IReadOnlyList<JournalRecord> Read(long afterVersion, long upTo = long.MaxValue)
    {
        if (afterVersion < Folded.Version)
        {
            throw new StreamFoldedException(stream);
        }

        return kept.GetRange((int)(afterVersion - Folded.Version), (int)Math.Max(0, Math.Min(Head.Version, upTo) - afterVersion));
    }

    /// <summary>Recomputes what is kept.</summary>
    public ChainFault? Check()
    {
        var verifier = new ChainVerifier();
        verifier.Resume(world, stream, Folded);
        return kept.TrueForAll(record => verifier.Take(record)) ? null : verifier.Finish().Fault;
    }

    public ChainFault? Fold()
    {
        var fault = Check();
        kept = [];
        Folded = Head;
        return fault;
    }
}

/// <summary>The records of a closed stream have left memory, as the world was told to let them.</summary>
[GenerateSerializer, Alias("stream-folded")]
public sealed class StreamFoldedException(string stream) : Exception($"Stream {stream} is closed and folded: its records have left memory.")
{
    [Id(0)]
    public string Stream { get; } = stream;
}
