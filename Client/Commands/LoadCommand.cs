using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using TownReform.Client.Live;
using TownReform.Client.Load;
using TownReform.Client.Simulation;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>load</c>: puts cases on a live town at a rate, measures honestly, and audits what is left.</summary>
internal sealed class LoadCommand
{
    public const string JsonName = "load.json";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1),
        Longest = TimeSpan.FromHours(24);

    private readonly Option<string?> rate,
        rampTo,
        concurrency,
        duration,
        pace,
        mix,
        towns,
        hot,
        approvers,
        p99,
        onTime,
        step,
        warmUp,
        overload,
        keep,
        folder;
    private readonly Option<bool> knee,
        noAudit;

    private LoadCommand(Shell shell)
    {
        rate = shell.Text(
            "--rate",
            "N",
            new(
                "每秒到达的案件数（开环；延迟自预定时刻算起；默认 20）",
                "cases that arrive each second (open loop; latency counts from the intended start; default 20)"
            )
        );
        rampTo = shell.Text(
            "--ramp-to",
            "N",
            new("到达速率在全程中均匀变到此值", "the rate changes evenly to this one over the whole time")
        );
        concurrency = shell.Text(
            "--concurrency",
            "N",
            new("闭环：同时在办的案件数（代替 --rate）", "closed loop: cases under way at once (instead of --rate)")
        );
        duration = shell.Text("--duration", "TIME", new("持续时间，如 30s、5m（默认 30s）", "how long, such as 30s or 5m (default 30s)"));
        pace = shell.Text(
            "--pace",
            "TIME",
            new(
                "开环中同一案件前后两个命令预定时刻之差（默认 100ms）",
                "open loop: from one command of a case to when the next is meant (default 100ms)"
            )
        );
        mix = shell.Text(
            "--mix",
            "PROCEDURE=SHARE,...",
            new(
                "程序及占比，如 permit=70,confirmation=30（默认 permit）",
                "procedures with their shares, such as permit=70,confirmation=30 (default permit)"
            )
        );
        towns = shell.Text("--towns", "TOWN,...", new("镇，逗号分隔（默认全部）", "towns, behind commas (default all)"));
        hot = shell.Text(
            "--hot",
            "bureau|case",
            new(
                "热点：bureau 全部案件压在一个镇的一个机构；case 每件的决定由多人同时提交，只能有一人成功",
                "hot spot: bureau puts all cases on one bureau of one town; case has many approvers send each decision at once, "
                    + "of whom one may win"
            )
        );
        hot.CompletionSources.Add("bureau", "case");
        approvers = shell.Text(
            "--approvers",
            "N",
            new("--hot case 中同时提交决定的人数（默认 16）", "approvers at once under --hot case (default 16)")
        );
        knee = shell.Flag("--find-knee", new("自动寻找仍达标的最高速率", "find the highest rate that still meets the target"));
        p99 = shell.Text(
            "--p99",
            "TIME",
            new(
                "--find-knee 的目标：99% 的命令在此时间内得到答复（默认 50ms）",
                "target of --find-knee: 99 % of commands answered within (default 50ms)"
            )
        );
        onTime = shell.Text(
            "--on-time",
            "PERCENT",
            new(
                "--find-knee 的目标：在 --p99 时间内答复的最低比例（默认 99）",
                "target of --find-knee: least share answered within the time of --p99 (default 99)"
            )
        );
        overload = shell.Text(
            "--overload",
            "TIMES",
            new(
                "先测峰值，再以其若干倍施压（如 3），看有效答复占峰值的比例",
                "measure the peak, then offer so many times of it (such as 3) and tell what share of the peak is still answered"
            )
        );
        keep = shell.Text(
            "--keep",
            "PERCENT",
            new(
                "--overload 的目标：有效答复至少占峰值的比例（默认 80）",
                "target of --overload: least share of the peak that is still answered (default 80)"
            )
        );
        step = shell.Text(
            "--step",
            "TIME",
            new("--find-knee、--overload 每次试探的时间（默认 5s）", "time of each trial under --find-knee and --overload (default 5s)")
        );
        warmUp = shell.Text(
            "--warm-up",
            "TIME",
            new(
                "开始计量前先以同样的负载预热的时间（默认 5s；0s 不预热）",
                "how long the same load runs before it is measured (default 5s; 0s: not at all)"
            )
        );
        folder = shell.Text(
            "--out",
            "DIR",
            new(
                $"写入 {JsonName}、{LoadPage.FileName} 与已得答复的命令 {AcknowledgedFile.FileName}",
                $"write {JsonName}, {LoadPage.FileName} and the commands that were answered, {AcknowledgedFile.FileName}, there"
            )
        );
        noAudit = shell.Flag("--no-audit", new("不审计最终状态", "leave out the audit of the end state"));
    }

    public static Command Build(Shell shell)
    {
        var load = new LoadCommand(shell);
        return shell
            .Command(
                "load",
                new("对运行中的镇施加负载并审计结果", "put load on a live town and audit what is left"),
                "load --rate 50 --duration 30s --out load1"
            )
            .With(
                load.rate,
                load.rampTo,
                load.concurrency,
                load.duration,
                load.pace,
                load.mix,
                load.towns,
                load.hot,
                load.approvers,
                load.knee,
                load.p99,
                load.onTime,
                load.overload,
                load.keep,
                load.step,
                load.warmUp,
                load.folder,
                load.noAudit
            )
            .Does(shell, load.RunAsync);
    }

    private async Task<int> RunAsync(Call call)
    {
        var order = Order(call);
        var target = call.Of(knee) ? Target(call) : null;
        var beyond = Overload(call);
        var at = TimeProvider.System.GetUtcNow();
        if (call.Of(folder) is { } to)
        {
            RunChecks.Folder(folder.Name, Path.GetFullPath(to));
        }

        await using var live = await call.ConnectAsync();
        // A day outside the calendar would be refused case by case.
        call.InCalendar(live.Now, order.Mix[0].Script.Plan);
        order = await FoundedAsync(call, live, order);
        if (!call.Of(noAudit) && await SeedsBeside.DifferingAsync(live, call.Plans.Seeds) is { IsEmpty: false } differing)
        {
            // An audit by other law would call sound records breaches: told before any load, not after it.
            throw new Halt(ExitCode.BadInput, SeedsBeside.CantJudge(differing));
        }

        var progress = new LoadProgress(
            call.Screen.Json ? TextWriter.Null : Console.Error,
            !Console.IsErrorRedirected && !call.Screen.Json,
            call.Screen.Lang
        );
        var session = new LoadSession(live, progress, call.Cancellation);
        var (figures, steps, found, left) = await PutAsync(session, order, target, beyond);
        var answered = session.Acknowledged;
        if (call.Of(folder) is { } kept)
        {
            Directory.CreateDirectory(kept);
            AcknowledgedFile.Write(Path.Combine(kept, AcknowledgedFile.FileName), answered);
        }

        var (audit, unaudited) = call.Of(noAudit) ? (null, null) : await AuditAsync(call, live, answered, progress);
        var report = new LoadReport(
            at,
            Terms(session.Last),
            figures,
            steps,
            found,
            [.. session.Doubles],
            audit,
            left,
            unaudited,
            live.Time.Practice ? live.Time.Now : null
        );
        Tell(call, report);
        return report switch
        {
            // A breach that is known weighs more than one that may be.
            { Unaudited: not null, DecidedTwice.IsEmpty: true } => ExitCode.Unreachable,
            { Sound: false } => ExitCode.Refused,
            _ => call.Cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done,
        };
    }

    // A town that only the folder beside the console knows takes no load; the others do.
    private async Task<LoadOrder> FoundedAsync(Call call, LiveTown live, LoadOrder order)
    {
        var founded = await live.Directory("-").TownsAsync();
        var missing = order.Mix.Select(part => part.Script.Plan).Distinct().Where(plan => !founded.Contains(plan.Code)).ToArray();
        if (missing.Length == 0)
        {
            return order;
        }

        var codes = string.Join(", ", missing.Select(plan => plan.Code));
        var words = new Words(
            $"尚未建立：{codes}；请以这些种子数据重启节点。",
            $"not founded: {codes}; restart the silo with these seeds."
        );
        if (call.Of(towns) is not null || call.Plans.Towns.All(missing.Contains))
        {
            throw new Halt(ExitCode.BadInput, words);
        }

        call.Screen.Complain(words);
        return Order(call, [.. call.Plans.Towns.Except(missing)]);
    }

    // What was measured is told also where nobody answers the audit.
    private static async Task<(EndStateReport? Audit, string? Unaudited)> AuditAsync(
        Call call,
        LiveTown live,
        IReadOnlyCollection<AcknowledgedCommand> answered,
        LoadProgress progress
    )
    {
        try
        {
            return (
                await progress.DuringAsync(
                    new("审计最终状态……", "auditing the end state ..."),
                    LoadAudit.RunAsync(live, call.Plans.Seeds, answered, call.Cancellation)
                ),
                null
            );
        }
        catch (Exception e) when (LiveTown.IsNoAnswer(e))
        {
            return (null, e.Message);
        }
    }

    private static async Task<(LoadFigures, ImmutableArray<KneeStep>, double?, OverloadResult?)> PutAsync(
        LoadSession session,
        LoadOrder order,
        KneeTarget? target,
        OverloadTarget? beyond
    )
    {
        if (target is not null)
        {
            var (last, steps, knee) = await session.FindKneeAsync(order, target);
            return (last, steps, knee, null);
        }

        if (beyond is not null)
        {
            var (last, left) = await session.OverloadAsync(order, beyond);
            return (last, [], null, left);
        }

        return (await session.RunAsync(order), [], null, null);
    }

    private LoadOrder Order(Call call, TownPlan[]? founded = null)
    {
        var seeds = call.Plans.Seeds;
        var closed = call.Number(concurrency, 1, 10_000);
        if (closed is not null && (call.Of(rate) ?? call.Of(rampTo)) is not null || closed is not null && call.Of(knee))
        {
            throw Halt.BadInput(
                "--concurrency（闭环）不能与 --rate、--ramp-to、--find-knee（开环）同用。",
                "--concurrency (closed loop) can't be used with --rate, --ramp-to or --find-knee (open loop)."
            );
        }

        if (call.Of(overload) is not null && (closed is not null || call.Of(knee) || (call.Of(rate) ?? call.Of(rampTo)) is not null))
        {
            throw Halt.BadInput(
                "--overload 自定负载，不能与 --rate、--ramp-to、--concurrency、--find-knee 同用。",
                "--overload sets its own load; it can't be used with --rate, --ramp-to, --concurrency or --find-knee."
            );
        }

        var spot = call.Of(hot);
        if (spot is not (null or "bureau" or "case"))
        {
            throw Halt.BadInput($"--hot 只能是 bureau 或 case，不能是“{spot}”。", $"--hot is bureau or case, not '{spot}'.");
        }

        if (spot != "case" && call.Of(approvers) is not null)
        {
            throw Halt.BadInput("--approvers 须与 --hot case 同用。", "--approvers needs --hot case.");
        }

        TownPlan[] chosen = call.Of(towns) is { } named
            ? [.. named.Split(',', StringSplitOptions.TrimEntries).Select(call.Plans.Town)]
            : founded ?? [.. call.Plans.Towns];
        var parts = LoadTermsReading.Mix(seeds, call.Of(mix) ?? "permit", spot == "bureau" ? [chosen[0]] : chosen);
        var time = LoadTermsReading.Time(duration.Name, call.Of(duration) ?? "30s", Shortest, Longest);
        var first = Rate(call, rate) ?? 20;
        return new LoadOrder(
            closed is null ? new ArrivalSchedule(first, Rate(call, rampTo) ?? first, time) : null,
            closed ?? 0,
            LoadTermsReading.Time(warmUp.Name, call.Of(warmUp) ?? "5s", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            time,
            LoadTermsReading.Time(pace.Name, call.Of(pace) ?? "100ms", TimeSpan.Zero, TimeSpan.FromHours(1)),
            spot == "case" ? call.Number(approvers, 2, 1000) ?? 16 : 1,
            parts
        );
    }

    private KneeTarget Target(Call call) =>
        new(
            LoadTermsReading.Time(p99.Name, call.Of(p99) ?? "50ms", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            LoadTermsReading.Rate(onTime.Name, call.Of(onTime) ?? "99", 100) / 100,
            LoadTermsReading.Time(step.Name, call.Of(step) ?? "5s", Shortest, TimeSpan.FromMinutes(10))
        );

    private OverloadTarget? Overload(Call call) =>
        call.Of(overload) is { } times
            ? new(
                LoadTermsReading.Rate(overload.Name, times, 100),
                LoadTermsReading.Time(step.Name, call.Of(step) ?? "5s", Shortest, TimeSpan.FromMinutes(10)),
                LoadTermsReading.Rate(keep.Name, call.Of(keep) ?? "80", 100) / 100
            )
        : call.Of(keep) is not null ? throw Halt.BadInput("--keep 须与 --overload 同用。", "--keep needs --overload.")
        : null;

    private static double? Rate(Call call, Option<string?> option) =>
        call.Of(option) is { } text ? LoadTermsReading.Rate(option.Name, text, 1_000_000) : null;

    private static LoadTerms Terms(LoadOrder order) =>
        new(
            order.Schedule?.Rate,
            order.Schedule is { } schedule && schedule.RampTo != schedule.Rate ? schedule.RampTo : null,
            order.Schedule is null ? order.Concurrency : null,
            order.WarmUp.TotalSeconds,
            order.Duration.TotalSeconds,
            order.Pace.TotalMilliseconds,
            order.Approvers,
            [.. order.Mix.Select(part => new MixTerm(part.Script.Procedure.Code, part.Script.Plan.Code, part.Share, part.Script.Commands))]
        );

    // Of the towns that the load was put on; UTC where they are in several zones.
    private static RecordZone Zone(Call call, LoadReport report) =>
        RecordZone.Of(
            "",
            [.. report.Terms.Mix.Select(part => call.Plans.Town(part.Town)).Select(plan => (plan.Code, plan.Prefix, plan.TimeZone))]
        );

    private void Tell(Call call, LoadReport report)
    {
        if (call.Of(folder) is { } to)
        {
            File.WriteAllBytes(Path.Combine(to, JsonName), JsonSerializer.SerializeToUtf8Bytes(report, ConsoleJson.Own.LoadReport));
            using var page = File.Create(Path.Combine(to, LoadPage.FileName));
            LoadPage.Write(page, report, Zone(call, report), call.Screen.Lang);
        }

        call.Screen.Show(
            report,
            ConsoleJson.Own.LoadReport,
            shown =>
            {
                LoadTables.Write(call.Screen, shown);
                if (shown.Audit is { Sound: false } audit)
                {
                    AuditCheckCommand.Draw(call.Screen, call.Plans, audit);
                }
            }
        );
        if (!report.Sound || report.Audit is null)
        {
            call.Screen.Complain(LoadVerdict.Of(report));
        }
        else if (!call.Screen.Json)
        {
            call.Screen.Say(LoadVerdict.Of(report));
        }
    }
}
