using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Client.Clauses;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Commands;

/// <summary><c>clauses</c>: what the software claims of each clause of the plans, and what carries it; needs no live town.</summary>
internal static class ClausesCommand
{
    public static Command Build(Shell shell)
    {
        var only = shell.Argument(
            "CLAUSE",
            new("条款或其字母，如 E 或 E2（默认全部）", "a clause or its letter, such as E or E2 (default all)")
        );
        only.Arity = ArgumentArity.ZeroOrOne;
        var run = shell.Text(
            "--run",
            "DIR",
            new("按哪次模拟运行计数（默认 runs 下最新的一次）", "which run's use is counted (default the newest below runs)")
        );
        var readme = shell.Flag("--markdown", new("输出 README 的状态表", "write the table of the README's status"));
        var command = shell
            .Command(
                "clauses",
                new(
                    "两份方案的 69 条：落实状态，由哪些规则、程序和测试落实，最近一次模拟用了几次、不予办理几次；所称无据的退出码 3",
                    "the 69 clauses of the plans: state, rules, procedures and tests that carry each, use and refusals in the last run; "
                        + "exit 3 where a claim has no proof"
                ),
                "clauses E"
            )
            .With(run, readme)
            .Does(shell, call => Task.FromResult(Show(call, call.Of(only), call.Of(run) ?? LastRun.In("runs"), call.Of(readme))));
        command.Arguments.Add(only);
        return command;
    }

    private static int Show(Call call, string? only, string? run, bool isForReadme)
    {
        var seeds = call.Plans.Seeds;
        var tests = ClauseTests.Beside(seeds.Folder);
        var all = ClauseLine.All(seeds, tests, run is null ? null : SummaryJson.Read(run));
        if (isForReadme)
        {
            call.Screen.To.Write(ClauseTable.Markdown(all));
        }
        else
        {
            call.Screen.Show(
                Wanted(all, only),
                ConsoleJson.Own.ImmutableArrayClauseLine,
                lines => ClauseTable.Draw(call.Screen, lines, run)
            );
        }

        return ExitOf(call.Screen, all, tests);
    }

    private static ImmutableArray<ClauseLine> Wanted(ImmutableArray<ClauseLine> all, string? only)
    {
        if (string.IsNullOrEmpty(only))
        {
            return all;
        }

        ImmutableArray<ClauseLine> wanted =
        [
            .. all.Where(line =>
                only.Length == 1
                    ? line.Clause.StartsWith(only, StringComparison.OrdinalIgnoreCase)
                    : line.Clause.Equals(only, StringComparison.OrdinalIgnoreCase)
            ),
        ];
        return wanted.IsEmpty
            ? throw CommandFailedException.BadInput(
                $"没有条款“{only}”；条款为 A1 至 I4，或只给字母。",
                $"There is no clause '{only}'; clauses are A1 to I4, or give a letter."
            )
            : wanted;
    }

    private static int ExitOf(Screen screen, ImmutableArray<ClauseLine> all, ClauseTests tests)
    {
        if (tests.Found is null)
        {
            screen.Complain(
                new(
                    "种子数据旁没有测试源码，未核对测试；请在源码文件夹中运行。",
                    "There are no sources of tests beside the seeds, so tests were not looked for; run it in the source folder."
                )
            );
        }

        var unproved = all.Where(line => line.Unproved).Select(line => line.Clause).ToArray();
        if (unproved.Length == 0)
        {
            return ExitCode.Done;
        }

        screen.Complain(
            new(
                $"所称落实而没有规则（或程序）或没有测试的条款：{string.Join("、", unproved)}。",
                $"Claimed, without a rule (or procedure) or without a test: {string.Join(", ", unproved)}."
            )
        );
        return ExitCode.Refused;
    }
}
