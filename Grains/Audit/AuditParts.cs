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
                Number: it.Number,
                Town: it.Town,
                Procedure: it.Procedure,
                Kind: it.Kind,
                Subject: it.Subject,
                Step: it.Step,
                Disposition: it.Disposition,
                Workplace: it.Workplace,
                Colour: it.Colour,
                PartyId: it.PartyId,
                PartyName: it.PartyName,
                Certificate: it.Certificate,
                OpenedAt: it.OpenedAt,
                ChangedAt: it.ChangedAt,
                OpenedBy: it.OpenedBy,
                Labels: it.Labels
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
                    Number: it.Number,
                    Town: it.Town,
                    Procedure: it.Procedure,
                    Kind: it.Kind,
                    Subject: it.Subject,
                    Step: it.Step,
                    Disposition: it.Disposition,
                    Workplace: it.Workplace,
                    Colour: it.Colour,
                    PartyId: it.PartyId,
                    PartyName: it.PartyName,
                    Certificate: it.Certificate,
                    OpenedAt: it.OpenedAt,
                    ChangedAt: it.ChangedAt,
                    OpenedBy: it.OpenedBy,
                    Work: null,
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
            World: it.World,
            Stream: it.Stream,
            Version: it.Version,
            At: it.At,
            Kind: it.Kind,
            Actor: new Actor(it.ActorId, it.ActorOffice, it.ActorFor),
            CommandId: it.CommandId,
            Payload: it.Payload.ToArray(),
            PreviousHash: it.PreviousHash.ToArray(),
            Hash: it.Hash.ToArray(),
            Commit: scanned.Commit,
            Writer: scanned.Writer,
            Place: scanned.Place,
            ReceivedAt: it.ReceivedAt,
            Late: it.Late,
            Digest: it.Digest?.ToArray()
        );
    }

    private static ScannedRecord ToRecord(AuditEntry it) =>
        new(
            new JournalRecord(
                World: it.World,
                Stream: it.Stream,
                Version: it.Version,
                At: it.At,
                Kind: it.Kind,
                ActorId: it.Actor.Id,
                ActorOffice: it.Actor.Office,
                ActorFor: it.Actor.For,
                CommandId: it.CommandId,
                Payload: it.Payload,
                PreviousHash: it.PreviousHash,
                Hash: it.Hash,
                ReceivedAt: it.ReceivedAt,
                Late: it.Late,
                Digest: it.Digest is { } digest ? new CommandDigest(digest) : null
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
