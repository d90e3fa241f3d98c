namespace TownReform.Grains.Journal.Audit;

/// <summary>What a check of the chains found.</summary>
/// <param name="Records">Records checked, folded ones included.</param>
/// <param name="Streams">Streams checked.</param>
/// <param name="Commits">Commits checked; 0 for a world in memory, which has none.</param>
/// <param name="Fault">The first broken place, or null when all is whole.</param>
/// <param name="Checkpoint">Where the commit chain ends; kept elsewhere, it proves a later cut of the whole tail. Null without commits.</param>
public sealed record ChainReport(long Records, long Streams, long Commits, ChainFault? Fault, ChainCheckpoint? Checkpoint)
{
    public bool Whole => Fault is null;
}

/// <summary>The end of the commit chain at some time: number of the last commit and its root in lower-case hex.</summary>
public sealed record ChainCheckpoint(long Commit, string Root);

/// <summary>A broken place.</summary>
/// <param name="Stream">Stream of the broken record as it now stands; null when only the commit shows it (nothing is left that could name a cut tail).</param>
/// <param name="Version">Version of the broken or missing record.</param>
/// <param name="Commit">Commit that shows it, if any.</param>
/// <param name="Place">Place in the journal, counted from 1, where the record stands or should stand; null where places aren't kept or can't tell.</param>
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
