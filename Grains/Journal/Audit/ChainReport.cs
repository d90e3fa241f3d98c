namespace TownReform.Grains.Journal.Audit;

/// <summary>What a check of the chains found.</summary>
/// <param name="Records">Records checked, folded ones included.</param>
/// <param name="Streams">Streams checked.</param>
/// <param name="Commits">Commits checked; 0 for a world in memory, which has none.</param>
/// <param name="Fault">The first broken place, or null when all is whole.</param>
/// <param name="Checkpoint">Where the commit chain ends; kept elsewhere, it proves a later cut of the whole tail. Null without
/// commits.</param>
public sealed record ChainReport(long Records, long Streams, long Commits, ChainFault? Fault, ChainCheckpoint? Checkpoint)
{
    public bool Whole => Fault is null;

    /// <summary>What is damaged besides, and costs nothing.</summary>
    public IReadOnlyList<Words> Notices { get; init; } = [];
}

/// <summary>Where the commits ended at some time.</summary>
/// <param name="Commit">Number of the last commit; where several writers have chains of their own, how many commits they made
/// together.</param>
/// <param name="Root">Root of the last commit in lower-case hex; of several writers <c>writer.commit.root</c> each, joined by
/// <c>+</c>.</param>
public sealed record ChainCheckpoint(long Commit, string Root)
{
    /// <summary>The end of each writer's chain; a journal with one writer has number 0.</summary>
    internal SortedDictionary<long, ChainCheckpoint> Ends()
    {
        var ends = new SortedDictionary<long, ChainCheckpoint>();
        foreach (var part in Root.Split('+'))
        {
            if (
                part.Split('.') is [var writer, var commit, var root]
                && long.TryParse(writer, out var id)
                && long.TryParse(commit, out var no)
            )
            {
                ends[id] = new ChainCheckpoint(no, root);
            }
            else
            {
                ends[0] = this;
            }
        }

        return ends;
    }

    /// <summary>One line for the ends of all chains; null when there are none.</summary>
    internal static ChainCheckpoint? Of(IReadOnlyCollection<KeyValuePair<long, ChainCheckpoint>> ends) =>
        ends.Count == 0 ? null
        : ends.Count == 1 && ends.First() is { Key: 0, Value: var only } ? only
        : new ChainCheckpoint(
            ends.Sum(end => end.Value.Commit),
            string.Join('+', ends.Select(end => $"{end.Key}.{end.Value.Commit}.{end.Value.Root}"))
        );
}

/// <summary>A broken place.</summary>
/// <param name="Stream">Stream of the broken record as it now stands; null when only the commit shows it (nothing is left that could name a
/// cut tail).</param>
/// <param name="Version">Version of the broken or missing record.</param>
/// <param name="Commit">Commit that shows it, if any.</param>
/// <param name="Place">Place in the journal, counted from 1, where the record stands or should stand; null where places aren't kept or
/// can't tell.</param>
public sealed record ChainFault(ChainFaultKind Kind, string? Stream, long? Version, long? Commit, Words Why, long? Place = null);

/// <summary>What was done to a record.</summary>
public enum ChainFaultKind
{
    /// <summary>A record's content, its hash or its place isn't what was recorded; without a stream, the commit's own row isn't.</summary>
    Edited = 1,

    /// <summary>A version is missing although later ones are there.</summary>
    Missing = 2,

    /// <summary>A record that was never committed, or that stands in another's place.</summary>
    Inserted = 3,

    /// <summary>Records or commits at the end are gone; the commit chain tells.</summary>
    Cut = 4,
}
