namespace TownReform.Grains.Journal.Audit;

/// <summary>A journal that can be read whole: the record, the read model and the outbox as they stand at one moment.</summary>
public interface IJournalScan
{
    /// <summary>
    /// Everything of one consistent snapshot, as a stream: effects that wait, folded streams, then each commit followed by as many records
    /// as it says, records that are left over, rows of cases, rows of work. Nothing is held in memory but what is under way.
    /// </summary>
    IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default);
}

/// <summary>One thing of a scan.</summary>
public abstract record Scanned;

/// <summary>How many committed effects wait for delivery.</summary>
public sealed record ScannedWaiting(long Effects) : Scanned;

/// <summary>Records up to a head were checked and have left memory (simulated worlds).</summary>
public sealed record ScannedFold(string World, string Stream, JournalHead Head) : Scanned;

public sealed record ScannedCommit(JournalCommit Commit) : Scanned;

/// <param name="Commit">Number of the commit that the record names; 0 in a world without commits.</param>
/// <param name="Writer">Whose chain of commits it is; 0 where a journal has one writer.</param>
/// <param name="Place">Place in the journal, from 1 without gaps; null where places aren't kept.</param>
public sealed record ScannedRecord(JournalRecord Record, long Commit = 0, long Writer = 0, long? Place = null) : Scanned;

/// <summary>Where a writer says that its chain of commits ends.</summary>
public sealed record ScannedEnd(long Writer, ChainCheckpoint End) : Scanned;

/// <summary>A row of the case index, without its work.</summary>
public sealed record ScannedCase(CaseRow Row) : Scanned;

/// <param name="Workplace">Key of the workplace that has it, without the world.</param>
public sealed record ScannedWork(string Workplace, WorkItem Work) : Scanned;

/// <summary>Something that is damaged and costs nothing.</summary>
public sealed record ScannedNotice(Words Why) : Scanned;

/// <summary>A row that can't be read any more: somebody has written into it.</summary>
/// <param name="Fault">What is known of it.</param>
/// <param name="OfRecord">True for a record or commit, false for a row of the read model.</param>
public sealed record ScannedUnreadable(ChainFault Fault, bool OfRecord) : Scanned;
