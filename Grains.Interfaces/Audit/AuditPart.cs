using System.Collections.Immutable;

namespace TownReform;

/// <summary>One thing of a world's storage as it stands at one moment, for a third party who recomputes everything on its own side
/// (I2).</summary>
[GenerateSerializer, Immutable, Alias("audit-part")]
public abstract record AuditPart;

/// <summary>How many committed effects wait for delivery.</summary>
[GenerateSerializer, Immutable, Alias("audit-waiting")]
public sealed record AuditWaiting(long Effects) : AuditPart;

/// <summary>Records of a stream up to a version have left memory (simulated worlds); the hash is that of the last of them.</summary>
[GenerateSerializer, Immutable, Alias("audit-fold")]
public sealed record AuditFold(string World, string Stream, long Version, byte[] Hash) : AuditPart;

/// <summary>One commit of a writer; as many entries as it says follow. <c>Root = SHA-256(PreviousRoot ‖ hashes of its records in
/// order)</c>.</summary>
[GenerateSerializer, Immutable, Alias("audit-commit")]
public sealed record AuditCommit(long No, int Records, byte[] PreviousRoot, byte[] Root, long Writer) : AuditPart;

/// <summary>Where a writer says that its chain of commits ends: number of the last commit and its root in lower-case hex.</summary>
[GenerateSerializer, Immutable, Alias("audit-end")]
public sealed record AuditEnd(long Writer, long Commit, string Root) : AuditPart;

/// <summary>One record with all that its hash covers.</summary>
/// <param name="Commit">Number of the commit that the record names; 0 in a world without commits.</param>
/// <param name="Writer">Whose chain of commits it is; 0 where a journal has one writer.</param>
/// <param name="Place">Place in the journal, from 1 without gaps; null where places aren't kept.</param>
/// <param name="ReceivedAt">When the silo received it; null in older records.</param>
/// <param name="Late">The late entry that it is, in JSON; null for all others.</param>
/// <param name="Digest">Of what the command said, 16 bytes; null where no command of a client led to it.</param>
[GenerateSerializer, Immutable, Alias("audit-entry")]
public sealed record AuditEntry(
    string World,
    string Stream,
    long Version,
    DateTimeOffset At,
    string Kind,
    Actor Actor,
    Guid CommandId,
    byte[] Payload,
    byte[] PreviousHash,
    byte[] Hash,
    long Commit,
    long Writer,
    long? Place,
    DateTimeOffset? ReceivedAt = null,
    string? Late = null,
    byte[]? Digest = null
) : AuditPart;

/// <summary>A row of the case index.</summary>
[GenerateSerializer, Immutable, Alias("audit-case")]
public sealed record AuditCase(
    string Number,
    string Town,
    string Procedure,
    string Kind,
    string Subject,
    string Step,
    Disposition Disposition,
    string? Workplace,
    ClockColour Colour,
    string PartyId,
    string PartyName,
    string? Certificate,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    Guid OpenedBy,
    ImmutableArray<CaseLabel> Labels = default
) : AuditPart;

/// <summary>A row of work, with the key of the workplace that has it.</summary>
[GenerateSerializer, Immutable, Alias("audit-work")]
public sealed record AuditWork(string Workplace, WorkItem Work) : AuditPart;

/// <summary>Something that is damaged and costs nothing.</summary>
[GenerateSerializer, Immutable, Alias("audit-notice")]
public sealed record AuditNotice(Words Why) : AuditPart;

/// <summary>A row that can't be read any more.</summary>
/// <param name="OfRecord">True for a record or commit, false for a row of the read model.</param>
[GenerateSerializer, Immutable, Alias("audit-unreadable")]
public sealed record AuditUnreadable(AuditBreak Broken, bool OfRecord) : AuditPart;
