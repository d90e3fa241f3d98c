using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Concurrency;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
[GrainType("audit"), Reentrant]
public sealed class AuditGrain(IWorlds worlds) : Grain, IAuditGrain, IForgettable
{
    public bool HasNothing => this.GetPrimaryKeyString() != Address.Live;

    private const int Page = 500;

    // Reentrant, since it holds nothing; and one of a kind, because a scan under way lives in the activation that began it.
    private WorldStorage Storage => worlds.Of(this.GetPrimaryKeyString());

    public async Task<AuditReport> VerifyAsync()
    {
        var storage = Storage;
        var audit =
            storage.Journal as IChainAudit ?? throw new InvalidOperationException($"The journal of {storage.World} can't be audited.");
        return AuditProjections.ToReport(await audit.VerifyAsync(), await storage.Outbox.CountAsync()) with
        {
            DeadLetters = storage.DeadLetters is { } letters ? await letters.CountAsync() : 0,
        };
    }

    public async Task<ImmutableArray<AuditRecord>> ReadStreamAsync(string stream, long afterVersion)
    {
        if (!TextRules.IsStreamAsked(stream))
        {
            return [];
        }

        var records = await Storage.Journal.ReadAsync(stream, afterVersion);
        return [.. records.Take(Page).Select(AuditProjections.ToView)];
    }

    public async IAsyncEnumerable<AuditPart> ScanAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var storage = Storage;
        var scan =
            storage.Journal as IJournalScan ?? throw new InvalidOperationException($"The journal of {storage.World} can't be scanned.");
        await foreach (var part in scan.ScanAsync(cancellation))
        {
            yield return AuditParts.ToPart(part);
        }
    }
}

/// <summary>The record as others see it.</summary>
public static class AuditProjections
{
    public static AuditReport ToReport(ChainReport report, long effectsWaiting) =>
        new(
            Records: report.Records,
            Streams: report.Streams,
            Commits: report.Commits,
            EffectsWaiting: effectsWaiting,
            LastCommit: report.Checkpoint?.Commit,
            LastRoot: report.Checkpoint?.Root,
            Broken: report.Fault is { } fault ? ToBreak(fault) : null,
            Notices: report.Notices is [] ? null : [.. report.Notices]
        );

    public static AuditBreak ToBreak(ChainFault fault) =>
        new(Name(fault.Kind), fault.Stream, fault.Version, fault.Commit, fault.Why, fault.Place);

    public static AuditRecord ToView(JournalRecord record) =>
        new(
            Stream: record.Stream,
            Version: record.Version,
            At: record.At,
            Kind: record.Kind,
            Actor: new Actor(record.ActorId, record.ActorOffice, record.ActorFor),
            CommandId: record.CommandId,
            Payload: Encoding.UTF8.GetString(record.Payload.Span),
            PreviousHash: Convert.ToHexStringLower(record.PreviousHash.Span),
            Hash: Convert.ToHexStringLower(record.Hash.Span),
            ReceivedAt: record.ReceivedAt,
            Late: StoredLate.Read(record.Late),
            Digest: record.Digest?.ToString()
        );

    private static string Name(ChainFaultKind kind) =>
        kind switch
        {
            ChainFaultKind.Edited => "edited",
            ChainFaultKind.Missing => "missing",
            ChainFaultKind.Inserted => "inserted",
            _ => "cut",
        };
}
