using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TownReform.Grains.Hosting;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Journal;

/// <summary>The record, read model and outbox of a world. The live world is durable; a simulated one lives in memory. Grains don't know
/// which.</summary>
public interface IWorlds
{
    /// <summary>The storage of a world. A world other than <see cref="Address.Live"/> comes into being when first asked for.</summary>
    /// <exception cref="TownFaultException">A silo that serves a live town knows no such world: there only runs begin worlds.</exception>
    WorldStorage Of(string world);

    /// <summary>How the world's commands are received on this silo.</summary>
    /// <exception cref="TownFaultException">As of <see cref="Of"/>.</exception>
    Reception ReceptionOf(string world);

    /// <summary>Has a world come into being, for a run.</summary>
    /// <param name="seeds">From which its towns are founded; null for the silo's own.</param>
    WorldStorage Begin(string world, SeedLibrary? seeds = null) => Of(world);

    /// <summary>The seeds of a simulated world; null where they are the silo's own.</summary>
    SeedLibrary? SeedsOf(string world) => null;

    /// <summary>Forgets a simulated world.</summary>
    void Drop(string world);
}

/// <param name="Snapshots">Snapshots of long-lived grains; null where replay is cheap (simulated worlds).</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; there is nothing to dispose of.")]
public sealed record WorldStorage(string World, IJournal Journal, IReadModel ReadModel, IOutbox Outbox, ISnapshots? Snapshots)
{
    private readonly CancellationTokenSource dropped = new();

    /// <summary>Effects that were refused often enough; null where none goes aside (simulated worlds).</summary>
    public IDeadLetters? DeadLetters { get; init; }

    /// <summary>Cancelled when the world is dropped; its grains then leave memory.</summary>
    public CancellationToken Dropped => dropped.Token;

    public void Drop() => dropped.Cancel();
}

/// <summary>Lists, inboxes and counts, never behind the record.</summary>
public interface IReadModel
{
    /// <summary>Cases that match, newest first.</summary>
    ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default);

    /// <summary>The case that a command opened, or null.</summary>
    ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default);

    /// <summary>Open work of a workplace (key without the world), oldest first; how a workplace wakes up.</summary>
    ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default);

    /// <summary>Counts of cases by town, procedure and disposition.</summary>
    ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default);

    /// <summary>Counts of open cases by town and procedure; in time with the open ones, however many have ended.</summary>
    ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default);

    /// <summary>Open cases by town, workplace, colour and due day, in that order; of one town, or (null) of all.</summary>
    ValueTask<IReadOnlyList<WorkCount>> CountWorkAsync(string? town, CancellationToken cancellation = default);

    /// <summary>Subjects for which most cases were opened since a moment, most first.</summary>
    ValueTask<IReadOnlyList<SubjectCount>> CountOpenedAsync(DateTimeOffset since, int take, CancellationToken cancellation = default);

    /// <summary>Records of refusals since a moment, latest first.</summary>
    ValueTask<IReadOnlyList<RefusedRecord>> ListRefusedAsync(DateTimeOffset since, int take, CancellationToken cancellation = default);

    /// <summary>Decided cases of an item, latest opened first.</summary>
    ValueTask<IReadOnlyList<CaseSpan>> ListDecidedAsync(DecidedQuery query, CancellationToken cancellation = default);

    /// <summary>Records of the read log, latest days first.</summary>
    ValueTask<IReadOnlyList<ReadsRecord>> ListReadsAsync(ReadsQuery query, CancellationToken cancellation = default);

    /// <summary>Numbers of all open cases of a town, of one procedure or (null) of any, in order; in time with the open ones.</summary>
    ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default);
}

/// <summary>What to list; null means any. <paramref name="Take"/> is at most 1,000.</summary>
public sealed record CaseQuery(
    string? Town = null,
    string? Procedure = null,
    string? Subject = null,
    Disposition? Disposition = null,
    string? Workplace = null,
    string? Party = null,
    int Take = 50,
    string? BeforeNumber = null,
    ImmutableArray<CaseLabel> Labels = default,
    ImmutableArray<string> Numbers = default,
    string? Certificate = null
)
{
    /// <summary>Only cases of these numbers; none means any case.</summary>
    public ImmutableArray<string> Numbers { get; init; } = Numbers.IsDefault ? [] : Numbers;

    /// <summary>Labels that a case must bear, all of them.</summary>
    public ImmutableArray<CaseLabel> Labels
    {
        get;
        init => field = CaseLabels.InOrder(value);
    } = CaseLabels.InOrder(Labels);
}

/// <summary>How many open cases of a town a workplace has of a colour, due on a day.</summary>
public sealed record WorkCount(string Town, string Workplace, ClockColour Colour, DateOnly? Due, long Cases);

/// <summary>How many cases of a town were opened for a subject.</summary>
public sealed record SubjectCount(string Town, string Subject, long Cases);

/// <summary>A record that tells of a refusal.</summary>
/// <param name="Payload">Its JSON; by whoever wrote it.</param>
public sealed record RefusedRecord(string Stream, string Payload)
{
    /// <summary>Kinds of records that tell of one: the index of both stores names the same.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "case.act-refused",
        "intake.refused",
        "county.filing-refused",
        "county.interference-recorded",
        "staff.refused",
        "catalogue.refused",
        "establishment.refused",
        "assessment.refused",
        "town.refused",
    ];
}

/// <summary>A record of the read log, with its JSON; by whoever wrote it.</summary>
public sealed record ReadsRecord(string Stream, string Payload);

/// <summary>Which records of the read log to list.</summary>
/// <param name="FromStream">First name of a stream that counts.</param>
/// <param name="BeforeStream">The first that doesn't.</param>
/// <param name="InStream">What the name of the stream has in it; no sign of a pattern.</param>
/// <param name="Case">A case that the record names; null for any. No sign of a pattern.</param>
public sealed record ReadsQuery(string FromStream, string BeforeStream, string InStream, string? Case, int Take);

/// <summary>When a case was opened, and when it changed last.</summary>
public readonly record struct CaseSpan(DateTimeOffset OpenedAt, DateTimeOffset EndedAt);

/// <param name="OpenedSince">Opened at that moment or later.</param>
/// <param name="EndedSince">Changed last at that moment or later.</param>
/// <param name="EndedBefore">And before that one.</param>
public sealed record DecidedQuery(
    string Town,
    string Item,
    DateTimeOffset OpenedSince,
    DateTimeOffset EndedSince,
    DateTimeOffset EndedBefore,
    int Take
);

public sealed record CaseCount(string Town, string Procedure, Disposition Disposition, long Cases);

/// <summary>Effects that have committed and wait for delivery.</summary>
public interface IOutbox
{
    /// <summary>Delivers everything that waits, in commit order per target, until nothing is left. The simulator calls it after each
    /// command; the live silo's pump calls it whenever something commits.</summary>
    /// <returns>What was delivered, in order.</returns>
    ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default);

    /// <summary>How many effects wait.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellation = default);
}

/// <summary>Snapshots of long-lived grains. A cache: deleting them loses nothing.</summary>
public interface ISnapshots
{
    ValueTask<Snapshot?> ReadAsync(string stream);

    /// <summary>Best effort; a failure is logged and forgotten.</summary>
    ValueTask WriteAsync(string stream, Snapshot snapshot);
}

/// <summary>State of a stream at a head. <paramref name="Schema"/> is the state's schema version; another version is ignored and replayed.
/// <paramref name="State"/> is compressed JSON, <paramref name="Seal"/> the code that the store knows its own by.</summary>
public sealed record Snapshot(int Schema, long Version, byte[] Hash, byte[] State, byte[]? Seal = null);
