using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Simulation;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Client.Commands;

/// <summary><c>scenario new | check</c>: scenario files, without running them.</summary>
internal static class ScenarioCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "scenario",
            new("情景文件：新建、检查", "scenario files: make one, check one"),
            "scenario check first-year"
        );
        command.Subcommands.Add(New(shell));
        command.Subcommands.Add(Check(shell));
        return command;
    }

    private static Command Check(Shell shell)
    {
        var named = shell.Argument("SCENARIO", new("情景文件（.yaml）或名称", "scenario file (.yaml), or a name in seeds/scenarios"));
        var command = shell
            .Command(
                "check",
                new(
                    "检查情景，不运行；有错误则列出文件与行，退出码 2",
                    "check a scenario without running it; faults are listed with file and line, exit 2"
                ),
                "scenario check first-year"
            )
            .Does(
                shell,
                call =>
                {
                    RunChecks.Scenario(call.Plans.Seeds, call.Of(named));
                    Say(call.Screen, call.Plans.Seeds, ScenarioLoader.Load(call.Plans.Seeds, call.Of(named)));
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(named);
        return command;
    }

    private static Command New(Shell shell)
    {
        var name = shell.Argument("NAME", new("新情景的代码", "code of the new scenario"));
        var from = shell.Text(
            "--from",
            "SCENARIO",
            new("以哪个情景为基础（默认 first-year）", "the scenario that it extends (default first-year)")
        );
        var towns = shell.Text(
            "--towns",
            "TOWNS",
            new("只含这些镇，以逗号分隔（默认与基础情景相同）", "these towns only, parted by commas (default as in the other scenario)")
        );
        var file = shell.Text("--file", "FILE", new("写到哪个文件（默认 NAME.yaml）", "the file to write (default NAME.yaml)"));
        var command = shell
            .Command(
                "new",
                new("写出一个情景文件：几行，其余以另一情景为准", "write a scenario file: a few lines over another scenario"),
                "scenario new festival --from first-year --towns yandian"
            )
            .With(from, towns, file)
            .Does(shell, call => Make(call, call.Of(name), call.Of(from) ?? ScenarioLoader.Default, call.Of(towns), call.Of(file)));
        command.Arguments.Add(name);
        return command;
    }

    private static Task<int> Make(Call call, string name, string from, string? towns, string? file)
    {
        var (to, seeds) = (Path.GetFullPath(file ?? $"{name}.yaml"), call.Plans.Seeds);
        if (File.Exists(to))
        {
            throw CommandFailedException.BadInput($"{to} 已存在。", $"{to} is there already.");
        }

        RunChecks.Scenario(seeds, from);
        var wanted = towns?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in (wanted ?? []).Where(town => !seeds.Towns.ContainsKey(town)))
        {
            var what = new Words($"--towns：没有镇“{unknown}”", $"--towns: there is no town '{unknown}'");
            throw Nearest.Unknown(what, seeds.Towns.Keys, unknown);
        }

        Write(to, NewScenario.Text(seeds, name, from, wanted, Path.GetDirectoryName(to)!), seeds);
        call.Screen.Say(to);
        return Task.FromResult(ExitCode.Done);
    }

    // A file that doesn't load would be no help.
    private static void Write(string to, string text, SeedLibrary seeds)
    {
        File.WriteAllText(to, text);
        try
        {
            ScenarioLoader.Load(seeds, to);
        }
        catch
        {
            File.Delete(to);
            throw;
        }
    }

    private static void Say(Screen screen, SeedLibrary seeds, Scenario scenario)
    {
        var built = string.Join(" → ", scenario.Extends.Prepend(scenario.Code));
        screen.Say(
            new Words(
                $"{scenario.Name.Zh}（{built}）：{scenario.From:O} 至 {scenario.Until:O}，没有错误。",
                $"{scenario.Name.En} ({built}): {scenario.From:O} to {scenario.Until:O}, no faults."
            )
        );
        foreach (var town in scenario.Towns)
        {
            var cases = (town.Items.Sum(i => i.Yearly) * scenario.DemandScale).ToString("#,0", CultureInfo.InvariantCulture);
            screen.Say(
                new Words(
                    $"  {seeds.Towns[town.Town].Name.Zh}：{town.Items.Length} 个事项，每年约 {cases} 件",
                    $"  {seeds.Towns[town.Town].Name.En}: {town.Items.Length} items, about {cases} cases a year"
                )
            );
        }

        foreach (var change in SimulationOrders.SeedsOf(seeds, scenario).People)
        {
            var (taken, added) = (string.Join(", ", change.Taken), string.Join(", ", change.Added));
            var ids = taken.Length > 0 ? new Words($"减 {taken}", $"without {taken}") : new Words($"加 {added}", $"with {added}");
            screen.Say(
                new Words(
                    $"  {change.Town} {change.Office} {change.Role}：{change.Was} → {change.Now} 人，{ids.Zh}",
                    $"  {change.Town} {change.Office} {change.Role}: {change.Was} → {change.Now} people, {ids.En}"
                )
            );
        }
    }
}
