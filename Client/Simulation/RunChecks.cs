using System.Globalization;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Client.Simulation;

/// <summary>What a run is ordered with, looked at before anything starts: each fault is told in the user's language.</summary>
internal static class RunChecks
{
    /// <summary>The scenario is one of the seeds, or a file.</summary>
    public static void Scenario(SeedLibrary seeds, string scenario)
    {
        if (ScenarioLoader.IsFile(scenario))
        {
            if (Directory.Exists(scenario))
            {
                throw CommandFailedException.BadInput(
                    $"{Path.GetFullPath(scenario)} 是文件夹，不是情景文件。",
                    $"{Path.GetFullPath(scenario)} is a folder, no scenario file."
                );
            }

            if (!File.Exists(scenario))
            {
                throw CommandFailedException.BadInput(
                    $"没有情景文件 {Path.GetFullPath(scenario)}。",
                    $"There is no scenario file {Path.GetFullPath(scenario)}."
                );
            }
        }
        else if (ScenarioLoader.List(seeds) is var known && !known.Contains(scenario))
        {
            var list = string.Join(", ", known);
            throw CommandFailedException.BadInput(
                $"没有情景“{scenario}”；现有：{list}。也可给出以 .yaml 结尾的文件路径。",
                $"There is no scenario '{scenario}'; there are: {list}. Or give the path of a file that ends in .yaml."
            );
        }
    }

    /// <summary>Each route is a kind of item and a procedure that takes it.</summary>
    public static IEnumerable<Field> Routes(SeedLibrary seeds, IEnumerable<Field> routes)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, procedure) in routes)
        {
            if (!Subject.Item.Kinds.Contains(kind))
            {
                var known = string.Join(", ", Subject.Item.Kinds);
                throw CommandFailedException.BadInput(
                    $"--procedure：没有事项类别“{kind}”；现有：{known}。",
                    $"--procedure: there is no kind of item '{kind}'; there are: {known}."
                );
            }

            if (!kinds.Add(kind))
            {
                throw CommandFailedException.BadInput(
                    $"--procedure：类别“{kind}”只能给一次。",
                    $"--procedure: kind '{kind}' can be given once only."
                );
            }

            var able = seeds
                .Procedures.Values.Where(p => p.Kinds.Contains(kind))
                .Select(p => p.Code)
                .Order(StringComparer.Ordinal)
                .ToArray();
            if (!able.Contains(procedure))
            {
                var list = string.Join(", ", able);
                throw CommandFailedException.BadInput(
                    $"--procedure：程序“{procedure}”不办理类别“{kind}”；可用：{list}。",
                    $"--procedure: procedure '{procedure}' does not take kind '{kind}'; there are: {list}."
                );
            }

            yield return new Field(kind, procedure);
        }
    }

    /// <summary>Each value stands at a path that a scenario can have, once.</summary>
    public static IEnumerable<Field> Values(string option, SeedLibrary seeds, IEnumerable<Field> values)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, value) in values)
        {
            if (ScenarioPaths.Unknown(seeds, path) is var (key, known))
            {
                throw Nearest.Unknown(
                    new($"{option}：情景中没有“{path}”（“{key}”）", $"{option}: a scenario has no '{path}' ('{key}')"),
                    known,
                    key
                );
            }

            if (!paths.Add(path))
            {
                throw CommandFailedException.BadInput($"{option}：“{path}”只能给一次。", $"{option}: '{path}' can be given once only.");
            }

            yield return new Field(path, value);
        }
    }

    /// <summary>The ordered scenario; what is wrong with a value of the order is told by its path, since it stands in no file.</summary>
    public static Scenario Loaded(string option, SeedLibrary seeds, SimulationOrder order)
    {
        try
        {
            return SimulationOrders.Load(seeds, order);
        }
        catch (SeedException e) when (e.Faults.Where(fault => IsOf(order, fault)).ToArray() is { Length: > 0 } own)
        {
            var told = own.Select(fault => (fault.Field, Because: FaultWords.Within(fault))).ToArray();
            throw CommandFailedException.BadInput(
                string.Join('\n', told.Select(one => $"{option} {one.Field}：{one.Because.Zh}")),
                string.Join('\n', told.Select(one => $"{option} {one.Field}: {one.Because.En}"))
            );
        }
    }

    private static bool IsOf(SimulationOrder order, SeedFault fault) =>
        order.Changes.Any(c =>
            fault.Field == c.Name
            || (fault.Field.StartsWith(c.Name, StringComparison.Ordinal) && fault.Field[c.Name.Length] is '.' or '[')
            || c.Name.StartsWith($"{fault.Field}.", StringComparison.Ordinal)
        );

    /// <summary>A label is one line that fits a heading.</summary>
    public static string Label(string option, string text)
    {
        var label = text.Trim();
        return
            label.Length is > 0 and <= 80
            && !label.Any(c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
            ? label
            : throw CommandFailedException.BadInput(
                $"{option} 须为一行文字，1 至 80 个字，不含控制字符。",
                $"{option} is one line of 1 to 80 characters without control characters."
            );
    }

    /// <summary>No run lies there that would be written over.</summary>
    public static void NoRun(string option, string folder)
    {
        if (RunFiles.HoldsRun(folder))
        {
            throw CommandFailedException.BadInput(
                $"{folder} 中已有一次运行的结果；请用 {option} 另指文件夹，或加 --force 替换。",
                $"{folder} holds the results of a run already; name another folder with {option}, or replace it with --force."
            );
        }
    }

    /// <summary>Results can be put there.</summary>
    public static void Folder(string option, string folder)
    {
        if (File.Exists(folder))
        {
            throw CommandFailedException.BadInput(
                $"{option} 须为文件夹，{folder} 是文件。",
                $"{option} is a folder, but {folder} is a file."
            );
        }
    }
}
