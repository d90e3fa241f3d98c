namespace TownReform.Grains.Journal.Audit;

/// <summary>Where records stand in their writers' chains of commits. Both durable stores know.</summary>
public interface ICommitPlaces
{
    /// <summary>One record of a stream with its place; null where there is none.</summary>
    /// <param name="version">Null for the last.</param>
    ValueTask<PlacedRecord?> FindPlacedAsync(string stream, long? version, CancellationToken cancellation = default);

    /// <summary>The root of a commit and how many of its writer's followed; null where there is no such commit.</summary>
    ValueTask<PlacedCommit?> FindCommitAsync(long writer, long commit, CancellationToken cancellation = default);

    /// <summary>The last commit of this silo's own writer; null before the first.</summary>
    ValueTask<PlacedEnd?> FindEndAsync(CancellationToken cancellation = default);
}

/// <param name="Writer">0 where a journal has one writer.</param>
public sealed record PlacedEnd(long Writer, ChainCheckpoint End);

/// <param name="Writer">Whose chain of commits it is in; 0 where a journal has one writer.</param>
/// <param name="End">That writer's last commit when it was read: not before the record's own.</param>
public sealed record PlacedRecord(JournalRecord Record, long Writer, ChainCheckpoint End);

/// <param name="Root">32 bytes.</param>
/// <param name="Since">How many commits of the same writer followed.</param>
public sealed record PlacedCommit(ReadOnlyMemory<byte> Root, long Since);
