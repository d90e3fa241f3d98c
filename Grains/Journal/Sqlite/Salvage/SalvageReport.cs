using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>What a salvage has saved, and what is lost.</summary>
/// <param name="Folder">The new folder; a silo starts on it.</param>
/// <param name="Records">Records that are in the new record.</param>
/// <param name="Commits">Commits that are whole.</param>
/// <param name="LastCommit">The last commit that anything told of.</param>
/// <param name="Cases">Cases in the new lists; these were made anew from the record.</param>
/// <param name="Effects">Effects on their way that were saved.</param>
/// <param name="DeadLetters">Effects put aside that were saved.</param>
/// <param name="LostCommits">Commits that aren't whole any more.</param>
/// <param name="LostRecords">Streams that lack records.</param>
/// <param name="Aside">Records and effects that were found and can't follow, since something before them is lost: they lie readable in
/// <see cref="AsideFile"/>.</param>
/// <param name="Notices">What else is to be known.</param>
/// <param name="Fault">What an auditor finds first in the new record; null when its chains are whole.</param>
/// <param name="Checkpoint">Where its chain of commits ends.</param>
public sealed record SalvageReport(
    string Folder,
    long Records,
    long Streams,
    long Commits,
    long LastCommit,
    long Cases,
    long Effects,
    long DeadLetters,
    IReadOnlyList<LostCommits> LostCommits,
    IReadOnlyList<LostRecords> LostRecords,
    long Aside,
    string? AsideFile,
    IReadOnlyList<Words> Notices,
    ChainFault? Fault,
    ChainCheckpoint? Checkpoint
)
{
    /// <summary>Nothing that was known of is lost.</summary>
    public bool IsComplete => LostCommits.Count == 0 && LostRecords.Count == 0 && Aside == 0 && Notices.Count == 0 && Fault is null;
}

/// <summary>Commits side by side that aren't whole.</summary>
public sealed record LostCommits(long First, long Last);

/// <summary>A stream that lacks records.</summary>
/// <param name="First">The first version that is missing.</param>
/// <param name="Last">The last one side by side with it.</param>
/// <param name="Aside">Later records of it that were found and put aside.</param>
public sealed record LostRecords(string World, string Stream, long First, long Last, long Aside);
