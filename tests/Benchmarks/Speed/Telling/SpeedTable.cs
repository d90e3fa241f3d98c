using Spectre.Console;

namespace TownReform.Benchmarks.Speed.Telling;

/// <summary>A comparison as one table: medians over rounds, lowest and highest beside them.</summary>
internal static class SpeedTable
{
    /// <summary>Wide enough for every column where output is no terminal.</summary>
    private const int Width = 190;

    public static void Write(Comparison comparison)
    {
        var rounds = comparison.Standings[0].Runs.Length;
        var table = new Table
        {
            Border = TableBorder.Simple,
            Title = new TableTitle(
                Reader.In(
                    new(
                        $"{comparison.Cases} 件同时进行，{rounds} 轮中位数（最低–最高）",
                        $"{comparison.Cases} cases at once, medians of {rounds} rounds (lowest–highest)"
                    )
                )
            ),
        };
        table.AddColumn(new TableColumn(Reader.In(new("技术栈", "Contender"))) { NoWrap = true });
        Words[] figures =
        [
            new("步/秒", "steps/s"),
            new("", ""),
            new("案/秒", "cases/s"),
            new("P50 毫秒", "p50 ms"),
            new("P99 毫秒", "p99 ms"),
            new("半速 P99", "p99 at half"),
            new(".NET 核", "CPU .NET"),
            new("PG 核", "CPU PG"),
        ];
        foreach (var title in figures.Concat(comparison.Towns.Select(Ratio)))
        {
            table.AddColumn(new TableColumn(Reader.In(title)) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (var standing in comparison.Standings)
        {
            table.AddRow([
                .. Cells(standing).Concat(comparison.Towns.Select(town => Ratio(town, standing))).Select(cell => new Text(cell)),
            ]);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = Console.IsOutputRedirected ? Width : console.Profile.Width;
        console.Write(table);
    }

    private static IEnumerable<string> Cells(Standing standing)
    {
        var steps = standing.Of(r => r.StepsPerSecond);
        yield return Reader.In(standing.Entrant.Title);
        yield return $"{steps.Median:N0}";
        yield return $"{steps.Min:N0}–{steps.Max:N0}";
        yield return $"{steps.Median / Steps:N0}";
        yield return $"{standing.Of(r => r.P50).Median:F1}";
        yield return $"{standing.Of(r => r.P99).Median:F1}";
        yield return standing.OfOpen(o => o.P99) is { } open ? $"{open.Median:F1}" : "";
        yield return $"{standing.Of(r => r.Cpu).Median:F2}";
        yield return standing.Entrant.On == GroundKind.Postgres ? $"{standing.Of(r => r.ServerCpu).Median:F2}" : "";
    }

    private static int Steps => Enum.GetValues<Step>().Length;

    private static Words Ratio(Standing town) => new($"{town.Entrant.Title.Zh} ÷", $"{town.Entrant.Title.En} ÷");

    private static string Ratio(Standing town, Standing other) =>
        town == other ? ""
        : town.Over(other) is var ratio && other.Runs.Length > 1 ? $"×{ratio.Median:F1} ({ratio.Min:F1}–{ratio.Max:F1})"
        : $"×{ratio.Median:F1}";
}
