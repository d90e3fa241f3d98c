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

    private readonly Findings plan = new("plan", "I1", new("镇由所用方案建立", "towns were founded from the plans at hand"));
    private readonly Findings chains = new("chains", "I2", new("散列链与提交链完整", "chains of streams and commits are whole"));
    private readonly Findings readable = new("records", "I2", new("记录皆可读、皆可接续", "every record can be read and follows"));
    private readonly Findings once = new("commands", "I2", new("同一命令在一条流上只记一次", "no command is recorded twice on a stream"));
    private readonly Findings acknowledged = new(
        OfAcknowledged,
        "I2",
        new("已答复的命令均在记录中且仅一次", "every command that was answered is on record, once")
    );
    private readonly Findings moments = new(
        "moments",
        "I2",
        new("记录不倒序，收到时刻可信", "no stream goes back in time, and receipts are what they can be")
    );
    private readonly Findings speakers = new(
        "speakers",
        "I2",
        new("各机构的事由任职者办理", "offices were spoken to by those who hold the office")
    );
    private readonly Findings legal = new(
        "transitions",
        "A3",
        new("案件每一步皆合程序", "each event of a case is one that its procedure allows")
    );
    private readonly Findings decided = new(
        "decisions",
        "A3",
        new("一案一决定，办结后不再变动", "a case is decided and ends once, and stays ended")
    );
    private readonly Findings unique = new(
        "certificates",
        "B1",
        new("证号依次编制、不重复", "certificate numbers follow on and none is given twice")
    );
    private readonly Findings numbered = new(
        "seals",
        "B1",
        new("案件证号与用印记录一致", "a case bears the number that the seal has recorded")
    );
    private readonly Findings posts = new("posts", "D2", new("任何时候编制不超、一人一编", "posts are never over, and nobody holds two"));
    private readonly Findings secondments = new(
        "secondments",
        "E1",
        new("借调、休假合规、不重叠", "secondments and leave keep their rules and don't overlap")
    );
    private readonly Findings excellent = new("excellent", "E7", new("优秀比例任何时候不超", "the share of excellent is never over"));
    private readonly Findings powers = new("powers", "A4", new("权限变动皆合规", "each change of a power was possible"));
    private readonly Findings waiting = new("outbox", "I2", new("无待投递的后续动作", "no effect waits for delivery"));
    private readonly Findings index = new("read-model", "I2", new("索引与待办同记录一致", "lists and work are what the streams say"));

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
        commands = new CommandsCheck(once, acknowledged);
        times = new MomentsCheck(seeds, moments);
        var published = new PublishedPowers();
        arrivals = new ArrivalsCheck(waiting);
        staff = new StaffArea(seeds, secondments, speakers, readable);
        var taken = new SeedsOfDay(seeds);
        cases = new CaseArea(new CaseJudge(seeds, taken, staff.Hired, arrivals, published), legal, decided, readable);
        seals = new SealArea(seeds, unique, numbered, readable);
        rows = new ReadModelCheck(seeds, taken, cases, index);
        areas = new(StringComparer.Ordinal)
        {
            ["case"] = cases,
            ["staff"] = staff,
            ["seal"] = seals,
            ["establishment"] = new PostsArea(seeds, posts, readable, staff.Speakers),
            ["assessment-round"] = new AssessmentArea(seeds, excellent, readable, staff.Speakers),
            ["town"] = new TownArea(seeds, taken, plan, readable, staff.Speakers),
            ["catalogue"] = new CatalogueArea(seeds, powers, readable, published),
            ["county-office"] = new FilingArea(readable, speakers),
            ["bureau"] = new BureauArea(readable),
            ["intake"] = new IntakeArea(readable),
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
                readable.Breach(it.Fault.Stream, it.Fault.Version, it.Fault.Why.Zh, it.Fault.Why.En);
                break;
            default:
                break;
        }
    }

    public EndStateReport Finish()
    {
        var chain = verifier.Finish();
        chains.Look(chain.Records + chain.Commits);
        if (chain.Fault is { } fault)
        {
            var at = new Words(fault.Commit is { } no ? $"第 {no} 次提交：" : "", fault.Commit is { } number ? $"Commit {number}: " : "");
            chains.Breach(fault.Stream, fault.Version, at.Zh + fault.Why.Zh, at.En + fault.Why.En);
        }

        commands.Finish();
        staff.Finish(cases.Find);
        seals.Finish(cases, arrived);
        rows.Finish();
        arrivals.Finish(arrived, cases.IsLost);
        return new EndStateReport(records, chain.Streams, chain.Commits, chain.Checkpoint, [.. Checks().Select(check => check.Close())])
        {
            Notices = [.. chain.Notices],
            Late = times.Late,
            LateCount = times.LateCount,
        };
    }

    public void Dispose() => commands.Dispose();

    private IEnumerable<Findings> Checks() =>
        [
            plan,
            chains,
            readable,
            .. told ? [acknowledged] : Array.Empty<Findings>(),
            once,
            moments,
            speakers,
            legal,
            decided,
            unique,
            numbered,
            posts,
            secondments,
            excellent,
            powers,
            waiting,
            index,
        ];

    private void Take(JournalRecord record)
    {
        records++;
        arrivals.Take(record);
        var area = AreaOf(record.Stream, out var key);
        if (area is null || record.World != world)
        {
            readable.Breach(
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
        waiting.Look();
        arrived = effects == 0;
        if (effects > 0)
        {
            waiting.Breach(null, null, $"尚有 {effects} 项后续动作待投递。", $"{effects} effects wait for delivery.");
        }
    }
}
