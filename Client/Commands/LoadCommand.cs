using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Load;
using TownReform.Client.Simulation;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Commands;

/// <summary><c>load</c>: puts cases on a live town at a rate, measures honestly, and audits what is left.</summary>
internal sealed class LoadCommand
{
    private readonly LoadOptions options;

    private LoadCommand(LoadOptions options) => this.options = options;

    public static Command Build(Shell shell)
    {
        var options = new LoadOptions(shell);
        return shell
            .Command(
                "load",
                new("对运行中的镇施加负载并审计结果", "put load on a live town and audit what is left"),
                "load --rate 50 --duration 30s --out load1"
            )
            .With(options.All)
            .Does(shell, new LoadCommand(options).RunAsync);
    }

    private async Task<int> RunAsync(Call call)
    {
        var reading = new LoadOrderReading(options, call);
        var (order, target, beyond) = (reading.Order(), call.Of(options.Knee) ? reading.Target() : null, reading.Overload());
        var at = TimeProvider.System.GetUtcNow();
        if (call.Of(options.Folder) is { } to)
        {
            RunChecks.Folder(options.Folder.Name, Path.GetFullPath(to));
        }

        await using var live = await call.ConnectAsync();
        order = await FitAsync(call, live, reading, order);
        var progress = new LoadProgress(
            call.Screen.Json ? TextWriter.Null : Console.Error,
            !Console.IsErrorRedirected && !call.Screen.Json,
            call.Screen.Lang
        );
        await using var sink = await LoadTargets.OfAsync(options, call, live, order);
        var session = new LoadSession(live, sink, progress, call.Cancellation);
        var (figures, steps, found, left) = await PutAsync(session, order, target, beyond);
        var answered = session.Acknowledged;
        if (call.Of(options.Folder) is { } kept)
        {
            LoadFiles.WriteAnswered(kept, answered);
        }

        var (audit, unaudited) = call.Of(options.NoAudit) ? (null, null) : await AuditAsync(call, live, answered, progress);
        var report = new LoadReport(
            At: at,
            Terms: LoadTerms.Of(session.Last),
            Figures: figures,
            Steps: steps,
            Knee: found,
            DecidedTwice: [.. session.Doubles],
            Audit: audit,
            Overload: left,
            Unaudited: unaudited,
            Practice: live.Time.Practice ? live.Time.Now : null
        );
        Tell(call, report);
        return CodeOf(call, report);
    }

    private static int CodeOf(Call call, LoadReport report) =>
        report switch
        {
            // A breach that is known weighs more than one that may be.
            { Unaudited: not null, DecidedTwice.IsEmpty: true } => ExitCode.Unreachable,
            { Sound: false } => ExitCode.Refused,
            _ => call.Cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done,
        };

    // What can't be loaded or judged is told before any load, not after it.
    private async Task<LoadOrder> FitAsync(Call call, LiveTown live, LoadOrderReading reading, LoadOrder order)
    {
        // A day outside the calendar would be refused case by case.
        call.InCalendar(live.Now, order.Mix[0].Script.Plan);
        var fit = await FoundedAsync(call, live, reading, order);
        if (!call.Of(options.NoAudit) && await SeedsBeside.DifferingAsync(live, call.Plans.Seeds) is { IsEmpty: false } differing)
        {
            // An audit by other law would call sound records breaches.
            throw new CommandFailedException(ExitCode.BadInput, SeedsBeside.CantJudge(differing));
        }

        return fit;
    }

    // A town that only the folder beside the console knows takes no load; the others do.
    private async Task<LoadOrder> FoundedAsync(Call call, LiveTown live, LoadOrderReading reading, LoadOrder order)
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
        if (call.Of(options.Towns) is not null || call.Plans.Towns.All(missing.Contains))
        {
            throw new CommandFailedException(ExitCode.BadInput, words);
        }

        call.Screen.Complain(words);
        return reading.Order([.. call.Plans.Towns.Except(missing)]);
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

    // Of the towns that the load was put on; UTC where they are in several zones.
    private static RecordZone Zone(Call call, LoadReport report) =>
        RecordZone.Of(
            "",
            [.. report.Terms.Mix.Select(part => call.Plans.Town(part.Town)).Select(plan => (plan.Code, plan.Prefix, plan.TimeZone))]
        );

    private void Tell(Call call, LoadReport report)
    {
        if (call.Of(options.Folder) is { } to)
        {
            LoadFiles.WriteReport(to, report, Zone(call, report), call.Screen.Lang);
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
