using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>Where a store makes commits durable, and who may have which place. Used by the writer's thread alone.</summary>
internal interface ICommitLog
{
    /// <summary>The last commit.</summary>
    long LastCommit { get; }

    /// <summary>No effect that has been committed or taken over so far has a higher id; each that comes has one.</summary>
    long LastEffect { get; }

    /// <summary>Makes writes durable, all or nothing. A write that can't have its place is marked as refused, and the others are
    /// committed.</summary>
    /// <param name="writes">Appends; or one write that goes alone.</param>
    /// <param name="applied">The last commit that the tables have.</param>
    /// <exception cref="Exception">None of them is committed.</exception>
    Committed Commit(List<PendingWrite> writes, long applied);

    /// <summary>Finds out whether a commit could be made.</summary>
    /// <exception cref="Exception">It could not.</exception>
    void Probe();

    /// <summary>Whether a commit failed for what one of its writes contains: then each is tried by itself.</summary>
    bool IsOfOneWrite(Exception fault);

    /// <summary>Whether nothing can be committed any more after a fault, and what callers are told then; else null.</summary>
    Exception? FinalFault(Exception fault);

    /// <summary>Nothing more will be committed.</summary>
    /// <param name="applied">The last commit that the tables have.</param>
    void Close(long applied);
}

/// <summary>What came of a commit.</summary>
/// <param name="IsMade">False when every write was refused: then nothing was written, and whether anything could be isn't known.</param>
/// <param name="Rest">What the tables have yet to get of it, handed over to the caller; null for nothing.</param>
/// <param name="HasTakenOver">True when effects of silos that are gone were taken over, which only the store knows.</param>
internal readonly record struct Committed(bool IsMade, CommitBuffer? Rest, bool HasTakenOver = false);
