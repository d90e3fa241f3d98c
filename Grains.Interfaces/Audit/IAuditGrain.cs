using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>Shows and proves a world's record (I2). Keyed by world; holds nothing.</summary>
[Alias("audit")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Recomputes every chain from what is stored, and counts the effects that wait for delivery.</summary>
    [ReadOnly, ResponseTimeout("01:00:00"), Alias("verify")]
    Task<AuditReport> VerifyAsync();

    /// <summary>Records of a stream above a version, in order; at most 500 at a time, empty at the end.</summary>
    /// <param name="stream">Stream without the world, such as <c>case/YD00000012</c>.</param>
    [ReadOnly, Alias("read")]
    Task<ImmutableArray<AuditRecord>> ReadStreamAsync(string stream, long afterVersion);

    /// <summary>
    /// The whole of one consistent snapshot: effects that wait, folded streams, each commit with its records after it, records that are
    /// left
    /// over, the rows of cases, the rows of work. Whoever asks recomputes; nothing here is a verdict.
    /// </summary>
    [ReadOnly, Alias("scan")]
    IAsyncEnumerable<AuditPart> ScanAsync(CancellationToken cancellation);
}

/// <summary>What a check of all chains found.</summary>
/// <param name="Records">Records checked.</param>
/// <param name="Streams">Streams checked.</param>
/// <param name="Commits">Commits checked; 0 for a world in memory.</param>
/// <param name="EffectsWaiting">Committed effects that are not delivered yet.</param>
/// <param name="LastCommit">Number of the last commit; with its root it proves later that no tail was cut. Null without commits.</param>
/// <param name="DeadLetters">Effects that were refused often enough and put aside (<see cref="IEffectsGrain"/>); 0 where it is read from a
/// file.</param>
/// <param name="LastRoot">Root of the last commit, lower-case hex.</param>
/// <param name="Notices">What is damaged besides, and costs nothing; null when nothing is.</param>
[GenerateSerializer, Immutable, Alias("audit-report")]
public sealed record AuditReport(
    long Records,
    long Streams,
    long Commits,
    long EffectsWaiting,
    long? LastCommit,
    string? LastRoot,
    AuditBreak? Broken,
    ImmutableArray<Words>? Notices = null,
    long DeadLetters = 0
);

/// <summary>The first broken place.</summary>
/// <param name="What"><c>edited</c>, <c>missing</c>, <c>inserted</c> or <c>cut</c>.</param>
/// <param name="Stream">Null when only the commit shows it.</param>
/// <param name="Place">Place in the journal from 1; null where places aren't kept or can't tell.</param>
[GenerateSerializer, Immutable, Alias("audit-break")]
public sealed record AuditBreak(string What, string? Stream, long? Version, long? Commit, Words Why, long? Place = null);

/// <summary>One record as stored; hashes in lower-case hex, the payload as JSON.</summary>
/// <param name="At">The moment that counts.</param>
/// <param name="ReceivedAt">When the silo received it, by its own clock; null in older records.</param>
/// <param name="Late">Why it was entered late, and by which paper (补录); null for all others.</param>
/// <param name="Digest">Of what the command said, in hex; null where no command of a client led to it.</param>
[GenerateSerializer, Immutable, Alias("audit-record")]
public sealed record AuditRecord(
    string Stream,
    long Version,
    DateTimeOffset At,
    string Kind,
    Actor Actor,
    Guid CommandId,
    string Payload,
    string PreviousHash,
    string Hash,
    DateTimeOffset? ReceivedAt = null,
    LateEntry? Late = null,
    string? Digest = null
);
