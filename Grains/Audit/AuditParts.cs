using System.Diagnostics;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Audit;

/// <summary>A scan as it crosses the wire, and back.</summary>
public static class AuditParts
{
    public static AuditPart ToPart(Scanned scanned) =>
        scanned switch
        {
            ScannedRecord it => ToEntry(it),
            ScannedCommit { Commit: var it } => new AuditCommit(it.No, it.Records, it.PreviousRoot.ToArray(), it.Root.ToArray(), it.Writer),
            ScannedEnd it => new AuditEnd(it.Writer, it.End.Commit, it.End.Root),
            ScannedCase { Row: var it } => new AuditCase(
                it.Number,
                it.Town,
                it.Procedure,
                it.Kind,
                it.Subject,
                it.Step,
                it.Disposition,
                it.Workplace,
                it.Colour,
                it.PartyId,
                it.PartyName,
                it.Certificate,
                it.OpenedAt,
                it.ChangedAt,
                it.OpenedBy,
                it.Labels
            ),
            ScannedWork it => new AuditWork(it.Workplace, it.Work),
            ScannedWaiting it => new AuditWaiting(it.Effects),
            ScannedFold it => new AuditFold(it.World, it.Stream, it.Head.Version, it.Head.Hash.ToArray()),
            ScannedNotice it => new AuditNotice(it.Why),
            ScannedUnreadable it => new AuditUnreadable(AuditProjections.ToBreak(it.Fault), it.OfRecord),
            _ => throw new UnreachableException($"{scanned.GetType().Name} doesn't cross the wire."),
        };

    public static Scanned ToScanned(AuditPart part) =>
        part switch
        {
            AuditEntry it => ToRecord(it),
            AuditCommit it => new ScannedCommit(new JournalCommit(it.No, it.Records, it.PreviousRoot, it.Root, it.Writer)),
            AuditEnd it => new ScannedEnd(it.Writer, new ChainCheckpoint(it.Commit, it.Root)),
            AuditCase it => new ScannedCase(
                new CaseRow(
                    it.Number,
                    it.Town,
                    it.Procedure,
                    it.Kind,
                    it.Subject,
                    it.Step,
                    it.Disposition,
                    it.Workplace,
                    it.Colour,
                    it.PartyId,
                    it.PartyName,
                    it.Certificate,
                    it.OpenedAt,
                    it.ChangedAt,
                    it.OpenedBy,
                    null,
                    Labels: it.Labels
                )
            ),
            AuditWork it => new ScannedWork(it.Workplace, it.Work),
            AuditWaiting it => new ScannedWaiting(it.Effects),
            AuditFold it => new ScannedFold(it.World, it.Stream, new JournalHead(it.Version, it.Hash)),
            AuditNotice it => new ScannedNotice(it.Why),
            AuditUnreadable { Broken: var it } unreadable => new ScannedUnreadable(
                new ChainFault(ChainFaultKind.Edited, it.Stream, it.Version, it.Commit, it.Why, it.Place),
                unreadable.OfRecord
            ),
            _ => throw new UnreachableException($"{part.GetType().Name} is not part of a scan."),
        };

    private static AuditEntry ToEntry(ScannedRecord scanned)
    {
        var it = scanned.Record;
        return new AuditEntry(
            it.World,
            it.Stream,
            it.Version,
            it.At,
            it.Kind,
            new Actor(it.ActorId, it.ActorOffice, it.ActorFor),
            it.CommandId,
            it.Payload.ToArray(),
            it.PreviousHash.ToArray(),
            it.Hash.ToArray(),
            scanned.Commit,
            scanned.Writer,
            scanned.Place,
            it.ReceivedAt,
            it.Late,
            it.Digest?.ToArray()
        );
    }

    private static ScannedRecord ToRecord(AuditEntry it) =>
        new(
            new JournalRecord(
                it.World,
                it.Stream,
                it.Version,
                it.At,
                it.Kind,
                it.Actor.Id,
                it.Actor.Office,
                it.Actor.For,
                it.CommandId,
                it.Payload,
                it.PreviousHash,
                it.Hash,
                it.ReceivedAt,
                it.Late,
                it.Digest is { } digest ? new CommandDigest(digest) : null
            ),
            it.Commit,
            it.Writer,
            it.Place
        );
}

/// <summary>The live town's storage, read through its silo.</summary>
public sealed class LiveScan(IAuditGrain audit) : IJournalScan
{
    /// <summary>Parts that travel in one message.</summary>
    private const int Together = 1000;

    public async IAsyncEnumerable<Scanned> ScanAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (var part in audit.ScanAsync(cancellation).WithBatchSize(Together).WithCancellation(cancellation))
        {
            yield return AuditParts.ToScanned(part);
        }
    }
}
