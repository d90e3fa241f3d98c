using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Simulation;
using TownReform.Client.Terminal;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Commands;

/// <summary><c>simulate</c>: a scenario on a silo of its own, in virtual time.</summary>
internal static class SimulateCommand
{
    public static Command Build(Shell shell)
    {
        var named = new Argument<string>("scenario")
        {
            Description = new Words(
                "情景文件（.yaml）或 seeds/scenarios 中的名称（默认 first-year）",
                "scenario file (.yaml), or a name in seeds/scenarios (default first-year)"
            ).In(shell.Lang),
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ScenarioLoader.Default,
        };
        named.CompletionSources.Add(context => Known(context.ParseResult.GetValue(shell.Seeds)));
        var seed = shell.Text(
            "--seed",
            "N",
            new("随机种子；同一种子结果逐字节相同（默认 1）", "random seed; the same seed gives the same bytes (default 1)")
        );
        var replications = shell.Text("--replications", "N", new("重复次数（默认 1）", "replications (default 1)"));
        var folder = shell.Text(
            "--out",
            "DIR",
            new(
                "结果文件夹（默认 runs/情景-种子，改动另加在后）",
                "folder of the results (default runs/SCENARIO-SEED, with what the options change behind it)"
            )
        );
        var procedure = shell.Texts(
            "--procedure",
            "KIND=PROCEDURE",
            new(
                "某类事项改用另一程序，如 permit=permit-by-county(改革前由县级办理)",
                "take a kind of item by another procedure, such as permit=permit-by-county (the route before the reform)"
            )
        );
        var demand = shell.Text("--demand", "FACTOR", new("案件量倍数（默认按情景）", "factor on all demand (default as in the scenario)"));
        var pace = shell.Text(
            "--pace",
            "FACTOR",
            new("办理速度倍数（默认按情景）", "factor on the speed of all work (default as in the scenario)")
        );
        var set = shell.Texts(
            "--set",
            "PATH=VALUE",
            new(
                "改动情景中的一个值，如 people.yandian.government-service.window=-2；可多次给出，值为空则去掉该键",
                "change a value of the scenario, such as people.yandian.government-service.window=-2; may be given again; an empty value "
                    + "takes the key away"
            )
        );
        var label = shell.Text(
            "--label",
            "TEXT",
            new("本次运行的名称，供 compare 与网页显示", "what to call this run; compare and the page show it")
        );
        var force = shell.Flag("--force", new("结果文件夹里已有一次运行时替换之", "replace the run that lies in the folder"));
        var noEvents = shell.Flag("--no-events", new("不写事件日志 events.ocel.json", "don't write the event log events.ocel.json"));
        var onCluster = shell.Flag(
            "--on-cluster",
            new(
                "由 --gateway 所指集群的各节点分担各次重复；不写 cases.csv 与事件日志；summary.json 和 report.html 与本机运行逐字节相同",
                "spread the replications over the silos of the cluster at --gateway; without cases.csv and the event log; "
                    + "summary.json and report.html are the same bytes as of a run here"
            )
        );
        var command = shell
            .Command("simulate", new("模拟运行一个情景", "run a scenario in virtual time"), "simulate --seed 7 --out run7")
            .With(seed, replications, folder, procedure, demand, pace, set, label, force, noEvents, onCluster)
            .Does(
                shell,
                async call =>
                {
                    var seeds = call.Plans.Seeds;
                    RunChecks.Scenario(seeds, call.Of(named));
                    var order = new SimulationOrder(
                        Scenario: call.Of(named),
                        Seed: call.Number(seed, 0, int.MaxValue) ?? 1,
                        Replications: call.Number(replications, 1, 1000) ?? 1,
                        Routes: [.. RunChecks.Routes(seeds, call.Fields(procedure))],
                        DemandScale: Factor(call, demand),
                        Pace: Factor(call, pace),
                        Parallel: Environment.ProcessorCount,
                        Values: [.. RunChecks.Values(set.Name, seeds, call.Fields(set))]
                    );
                    // Before anything else reads its files: what is wrong with them is told by file and line.
                    var scenario = RunChecks.Loaded(set.Name, seeds, order);
                    var to = Path.GetFullPath(call.Of(folder) ?? Path.Combine("runs", RunFolderName.Of(order)));
                    RunChecks.Folder(folder.Name, to);
                    if (!call.Of(force))
                    {
                        RunChecks.NoRun(folder.Name, to);
                    }

                    var called = call.Of(label) is { } text ? RunChecks.Label(label.Name, text) : null;
                    var run = new RunFolder(to, seeds, order, called, call.CommandLine);
                    var kinds = call.Of(noEvents) ? RunFileKinds.Cases : RunFileKinds.Cases | RunFileKinds.Events;
                    var progress = call.Screen.Json
                        ? null
                        : new RunProgress(
                            Console.Error,
                            !Console.IsErrorRedirected,
                            () => Console.WindowWidth,
                            call.Screen.Lang,
                            order.Replications
                        );
                    if (call.Of(onCluster))
                    {
                        ClusterSimulateRun.Check(order);
                        await using var live = await call.ConnectAsync();
                        if (await SeedsBeside.DifferingAsync(live, seeds, scenarios: true) is { IsEmpty: false } differing)
                        {
                            throw new CommandFailedException(ExitCode.BadInput, SeedsBeside.CantRun(differing));
                        }

                        return Show(
                            call.Screen,
                            await new ClusterSimulateRun(order, run, call.Screen).RunAsync(live, progress, call.Cancellation),
                            to
                        );
                    }

                    return Show(
                        call.Screen,
                        await new SimulateRun(seeds, order, scenario.Code, run, kinds, call.Screen).RunAsync(progress, call.Cancellation),
                        to
                    );
                }
            );
        command.Arguments.Add(named);
        return command;
    }

    // Completion never complains: without seeds there is nothing to suggest.
    private static IEnumerable<string> Known(string? seeds) =>
        SeedsFolder.Find(seeds).Folder is { } found ? ScenarioLoader.List(found) : [];

    private static int Show(Screen screen, (RunSummary Summary, ImmutableArray<string> Files) made, string folder)
    {
        var (summary, files) = made;
        if (screen.Json)
        {
            using var answer = new MemoryStream();
            SummaryJson.Write(answer, summary);
            screen.Say(System.Text.Encoding.UTF8.GetString(answer.ToArray()));
        }
        else
        {
            new SummaryTables(summary, screen.Lang).Write(screen.Console);
            screen.Say(new Words($"结果在 {folder}：{string.Join('、', files)}", $"Results in {folder}: {string.Join(", ", files)}"));
        }

        if (!summary.Breaches.IsEmpty)
        {
            screen.Complain(
                new Words(
                    $"守恒检查未通过：{summary.Breaches.Length} 处，详见上表“检查”和 summary.json。",
                    $"The conservation check failed: {summary.Breaches.Length} breaches, told under 'Checks' and in summary.json."
                )
            );
        }

        if (!summary.Warnings.IsEmpty)
        {
            screen.Complain(
                new Words(
                    $"本次运行有 {summary.Warnings.Length} 处须先看的情况，列于结果之首。",
                    $"{summary.Warnings.Length} warnings stand above the results: read them first."
                )
            );
        }

        return summary.Breaches.IsEmpty && summary.Warnings.IsEmpty ? ExitCode.Done : ExitCode.Refused;
    }

    private static double? Factor(Call call, Option<string?> option) =>
        call.Of(option) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1000
            ? factor
        : throw CommandFailedException.BadInput(
            $"选项 {option.Name} 须为大于 0、不超过 1000 的数，不能是“{text}”。",
            $"Option {option.Name} is a number above 0, at most 1000, not '{text}'."
        );
}
