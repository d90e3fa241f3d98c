using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// Audits the end state of a world from its record alone: feed it a scan, and what clients were answered. It replays every stream by the
/// pure rules and
/// keeps what streams say, not their records. Any breach fails the audit.
/// </summary>
public sealed class EndStateCheck : IDisposable
{
    /// <summary>Name of the check on commands that clients were answered.</summary>
    internal const string OfAcknowledged = "acknowledged";

    private readonly EndStateFindings found = new();
    private readonly string world;
    private readonly ChainVerifier verifier;
    private readonly CommandsCheck commands;
    private readonly MomentsCheck times;
    private readonly ArrivalsCheck arrivals;
    private readonly CaseArea cases;
    private readonly StaffArea staff;
    private readonly SealArea seals;
    private readonly ReadModelCheck rows;
    private readonly Dictionary<string, Area> areas;
    private bool told;
    private bool arrived = true;
    private long records;

    /// <param name="seeds">The seeds that the town runs by.</param>
    /// <param name="expected">A checkpoint taken earlier and kept elsewhere; the commit chain has to go through it.</param>
    public EndStateCheck(SeedLibrary seeds, string world = Address.Live, ChainCheckpoint? expected = null)
    {
        this.world = world;
        verifier = new ChainVerifier(expected);
        commands = new CommandsCheck(found.Once, found.Acknowledged);
        times = new MomentsCheck(seeds, found.Moments);
        var published = new PublishedPowers();
        arrivals = new ArrivalsCheck(found.Waiting);
        staff = new StaffArea(seeds, found.Absences, found.Speakers, found.Readable);
        var taken = new SeedsOfDay(seeds);
        cases = new CaseArea(
            new CaseJudge(seeds, taken, new CaseFactsOnRecord(seeds, taken, staff.Hired), arrivals, published),
            found.Legal,
            found.Decided,
            found.Readable
        );
        seals = new SealArea(seeds, found.Unique, found.Numbered, found.Readable);
        rows = new ReadModelCheck(seeds, taken, cases, found.Index);
        areas = new(StringComparer.Ordinal)
        {
            ["case"] = cases,
            ["staff"] = staff,
            ["seal"] = seals,
            ["establishment"] = new PostsArea(seeds, found.Posts, found.Readable, staff.Speakers),
            ["assessment-round"] = new AssessmentArea(seeds, found.Excellent, found.Readable, staff.Speakers),
            ["town"] = new TownArea(seeds, taken, found.Plan, found.Readable, staff.Speakers),
            ["catalogue"] = new CatalogueArea(seeds, found.Powers, found.Readable, published),
            ["county-office"] = new FilingArea(found.Readable, found.Speakers),
            ["bureau"] = new BureauArea(found.Readable),
            ["intake"] = new IntakeArea(found.Readable),
            ["rating"] = new RatingArea(found.Readable),
            ["receipt-number"] = new ReceiptNumberArea(found.Readable),
            ["reads"] = new ReadsArea(seeds, found.Speakers, found.Readable),
        };
    }

    /// <summary>Audits what a scan yields.</summary>
    /// <param name="answered">Commands that clients were answered; null when nobody kept them.</param>
    public static async Task<EndStateReport> RunAsync(
        IJournalScan scan,
        SeedLibrary seeds,
        IEnumerable<AcknowledgedCommand>? answered = null,
        ChainCheckpoint? expected = null,
        string world = Address.Live,
        CancellationToken cancellation = default
    )
    {
        using var check = new EndStateCheck(seeds, world, expected);
        check.Acknowledge(answered);
        await foreach (var part in scan.ScanAsync(cancellation).WithCancellation(cancellation))
        {
            check.Take(part);
        }

        return check.Finish();
    }

    /// <summary>Commands that clients were answered; an empty list is one, null is none.</summary>
    public void Acknowledge(IEnumerable<AcknowledgedCommand>? answered)
    {
        told |= answered is not null;
        foreach (var command in answered ?? [])
        {
            commands.Acknowledge(command);
        }
    }

    /// <summary>The next thing of a scan.</summary>
    public void Take(Scanned part)
    {
        verifier.Take(part);
        switch (part)
        {
            case ScannedRecord it:
                Take(it.Record);
                times.Take(it.Record, it.Commit == 0 ? null : it.Writer);
                break;
            case ScannedCase it:
                rows.Take(it.Row);
                break;
            case ScannedWork it:
                rows.Take(it.Workplace, it.Work);
                break;
            case ScannedWaiting it:
                Wait(it.Effects);
                break;
            case ScannedFold it when AreaOf(it.Stream, out var key) is { } area:
                area.Fold(key);
                arrivals.Fold(it.Stream);
                break;
            case ScannedUnreadable { OfRecord: false } it:
                rows.Unreadable(it.Fault.Stream, it.Fault.Why);
                break;
            case ScannedUnreadable it:
                found.Readable.Breach(it.Fault.Stream, it.Fault.Version, it.Fault.Why.Zh, it.Fault.Why.En);
                break;
            default:
                break;
        }
    }

    public EndStateReport Finish()
    {
        var chain = verifier.Finish();
        found.Chains.Look(chain.Records + chain.Commits);
        if (chain.Fault is { } fault)
        {
            var at = new Words(fault.Commit is { } no ? $"第 {no} 次提交：" : "", fault.Commit is { } number ? $"Commit {number}: " : "");
            found.Chains.Breach(fault.Stream, fault.Version, at.Zh + fault.Why.Zh, at.En + fault.Why.En);
        }

        commands.Finish();
        staff.Finish(cases.Find);
        seals.Finish(cases, arrived);
        rows.Finish();
        arrivals.Finish(arrived, cases.IsLost);
        return new EndStateReport(
            records,
            chain.Streams,
            chain.Commits,
            chain.Checkpoint,
            [.. found.All(told).Select(check => check.Close())]
        )
        {
            Notices = [.. chain.Notices],
            Late = times.Late,
            LateCount = times.LateCount,
        };
    }

    public void Dispose() => commands.Dispose();

    private void Take(JournalRecord record)
    {
        records++;
        arrivals.Take(record);
        var area = AreaOf(record.Stream, out var key);
        if (area is null || record.World != world)
        {
            found.Readable.Breach(
                record.Stream,
                record.Version,
                $"世界 {record.World} 无此类记录流。",
                $"World {record.World} has no such stream."
            );
            return;
        }

        commands.Take(record, area.Take(key, record));
    }

    private Area? AreaOf(string stream, out string key)
    {
        var slash = stream.IndexOf('/');
        key = stream[(slash + 1)..];
        return slash > 0 ? areas.GetValueOrDefault(stream[..slash]) : null;
    }

    private void Wait(long effects)
    {
        found.Waiting.Look();
        arrived = effects == 0;
        if (effects > 0)
        {
            found.Waiting.Breach(null, null, $"尚有 {effects} 项后续动作待投递。", $"{effects} effects wait for delivery.");
        }
    }
}
