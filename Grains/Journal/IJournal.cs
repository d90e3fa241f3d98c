using System.Collections.Immutable;

namespace TownReform.Grains.Journal;

/// <summary>
/// The append-only record of one world. A grain is answered after its commit, so that what was answered is never lost. Streams are
/// versioned from 1; the key (stream, version) is the fence against a second activation.
/// </summary>
public interface IJournal
{
    /// <summary>Records of a stream above <paramref name="afterVersion"/>, up to <paramref name="upTo"/>, which is among them; in
    /// order.</summary>
    ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    );

    /// <summary>All records of a stream above <paramref name="afterVersion"/>, in order.</summary>
    ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(string stream, long afterVersion, CancellationToken cancellation = default) =>
        ReadAsync(stream, afterVersion, long.MaxValue, cancellation);

    /// <summary>The commands of a stream's records above <paramref name="afterVersion"/>, up to <paramref name="upTo"/>, which is among
    /// them; in order. Many times less to read than the records.</summary>
    async ValueTask<IReadOnlyList<RecordedCommand>> ReadCommandsAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    ) =>
        [
            .. (await ReadAsync(stream, afterVersion, upTo, cancellation)).Select(record => new RecordedCommand(
                record.Version,
                record.CommandId
            )),
        ];

    /// <summary>
    /// Commits one or more records of a stream with their effects and read-model changes, all or nothing. Completes when they are safe.
    /// Appends to a stream that has been read take their places in the order of the calls, so that one may follow another that isn't safe
    /// yet: it fails if that one does.
    /// </summary>
    /// <returns>The stream's new head.</returns>
    /// <exception cref="JournalConflictException">Another activation wrote that version, or that command opened another case; the caller
    /// must drop its state.</exception>
    /// <exception cref="TownFaultException">It would give a certificate number that is given, or a post to somebody who holds one: nothing
    /// of it is recorded.</exception>
    ValueTask<JournalHead> AppendAsync(JournalAppend append);
}

/// <summary>What a grain wants recorded.</summary>
/// <param name="Stream">Stream name without the world, such as <c>case/YD00000012</c>.</param>
/// <param name="Previous">Head that the new records follow; <see cref="JournalHead.None"/> for the first.</param>
/// <param name="Events">What happened, in order; at least one.</param>
/// <param name="Effects">Effects that leave with them, in order.</param>
/// <param name="Case">New row of the case index, when the stream is a case's.</param>
/// <param name="IsFinal">True when nothing but late deliveries can follow on this stream: its records may leave memory.</param>
/// <param name="IsFirstSinceRead">True for the first append since the stream was read: effects of it that another silo committed and hasn't
/// delivered have to go first. Such an append may be overtaken.</param>
/// <param name="Pair">What goes on record with it on another stream, or nothing does.</param>
public sealed record JournalAppend(
    string Stream,
    JournalHead Previous,
    ImmutableArray<NewEvent> Events,
    ImmutableArray<Delivery> Effects,
    CaseRow? Case = null,
    bool IsFinal = false,
    bool IsFirstSinceRead = false,
    PairedAppend? Pair = null
);

/// <summary>Records of a second stream in one commit with those of a first: what both bear witness to has happened for both, or for
/// neither.</summary>
/// <param name="Stream">Another stream than the first.</param>
/// <param name="Previous">Head that the new records follow.</param>
/// <param name="Events">What happened, in order; at least one.</param>
public sealed record PairedAppend(string Stream, JournalHead Previous, ImmutableArray<NewEvent> Events);

/// <summary>One event to record.</summary>
/// <param name="Kind">What happened, past tense (<c>case.act-taken</c>).</param>
/// <param name="Payload">UTF-8 JSON of the event, with its schema version.</param>
/// <param name="ReceivedAt">When the silo received what led to it, by the silo's own clock; null where nobody says.</param>
/// <param name="Digest">Of what the command said; null for what no command of a client led to.</param>
public readonly record struct NewEvent(
    Stamp Stamp,
    string Kind,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset? ReceivedAt = null,
    CommandDigest? Digest = null
);

/// <summary>The command that led to a record, by the record's version.</summary>
public readonly record struct RecordedCommand(long Version, Guid Command);

/// <summary>The last record of a stream: its version and its hash (32 bytes).</summary>
public readonly record struct JournalHead(long Version, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Before the first record: version 0, 32 zero bytes.</summary>
    public static JournalHead None { get; } = new(0, new byte[32]);
}

/// <summary>One record as stored. <c>Hash = SHA-256(PreviousHash ‖ canonical header ‖ payload)</c>; see <see cref="HashChain"/>.</summary>
/// <param name="At">The moment that counts.</param>
/// <param name="ReceivedAt">When the silo received it, by its own clock; in a simulated world the same as <paramref name="At"/>. Null in
/// records of before this was kept.</param>
/// <param name="Late">The late entry (补录) that it is, as stored (<see cref="StoredLate"/>); null for all others.</param>
/// <param name="Digest">Of what the command said (<see cref="CommandDigest"/>); null where no command of a client led to it, and in older
/// records.</param>
public sealed record JournalRecord(
    string World,
    string Stream,
    long Version,
    DateTimeOffset At,
    string Kind,
    string ActorId,
    string ActorOffice,
    string? ActorFor,
    Guid CommandId,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> PreviousHash,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset? ReceivedAt = null,
    string? Late = null,
    CommandDigest? Digest = null
);

/// <summary>A case as lists and inboxes see it; written in the record's own transaction.</summary>
/// <param name="OpenedBy">Command that opened it; unique in a world, so that opening twice finds the first.</param>
/// <param name="Late">Some of its records are late entries; told by lists, from the records themselves.</param>
/// <param name="Work">The present step as work, or null when the case has ended.</param>
/// <param name="Labels">What else it can be found by, as its procedure declares it.</param>
public sealed record CaseRow(
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
    WorkItem? Work,
    bool Late = false,
    ImmutableArray<CaseLabel> Labels = default
)
{
    /// <summary>By name and value, each once.</summary>
    public ImmutableArray<CaseLabel> Labels
    {
        get;
        init => field = CaseLabels.InOrder(value);
    } = CaseLabels.InOrder(Labels);
}
