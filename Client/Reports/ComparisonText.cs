using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Reports;

/// <summary>A comparison's figures and names as text.</summary>
internal sealed class ComparisonText(RunComparison comparison, Lang lang)
{
    private readonly RunLabels inA = new(comparison.A.Names, lang);
    private readonly RunLabels inB = new(comparison.B.Names, lang);

    public static Words Title { get; } = new("两次运行对比", "Two runs compared");

    public static Words Difference { get; } = new("差 B−A", "B − A");

    public static Words Ratio { get; } = new("比 B÷A", "B ÷ A");

    public string Heading(ComparisonGroup group)
    {
        var town = Known(inA.Town(group.Town), group.Town, inB.Town(group.Town));
        return group.Procedure is { } code
            ? $"{town} · {Known(inA.Procedure(code), code, inB.Procedure(code))}"
            : $"{town} · {new Words("全部事项", "all items").In(lang)}";
    }

    public static Words Warning { get; } =
        new(
            "注意：两次运行不成对（种子、时段、镇或重复次数不同），下列差值含偶然因素，不能当作改动的效果。",
            "Warning: the runs are not paired (seed, period, towns or replications differ). The differences below are partly "
                + "chance and no effect of a change."
        );

    public static Words Made { get; } = new("A 与 B 的不同之处", "What A and B were made of, where they differ");

    public static Words Alike { get; } =
        new("A 与 B 的情景、选项、种子数据和程序均相同。", "A and B were made alike: the same scenario, options, files and program.");

    /// <summary>Differences told at most; the rest are counted.</summary>
    public const int MostDifferences = 40;

    /// <summary>How many differences aren't told; null when all are.</summary>
    public string? More =>
        comparison.Differences.Length > MostDifferences
            ? new Words(
                $"另有 {comparison.Differences.Length - MostDifferences} 处不同。",
                $"{comparison.Differences.Length - MostDifferences} more differ."
            ).In(lang)
            : null;

    public IEnumerable<RunDifference> Differences => comparison.Differences.Take(MostDifferences);

    /// <summary>What a run is called: its label, else what sets it apart, before the name of its scenario.</summary>
    public string Run(RunHeading run)
    {
        var isA = ReferenceEquals(run, comparison.A);
        var apart = comparison.Differences.Where(d => d.Path != "program").Take(3).Select(d => $"{d.Path} {Cut(isA ? d.A : d.B)}");
        var called = run.Label ?? string.Join(lang == Lang.Zh ? "，" : ", ", apart);
        return called.Length == 0 ? Scenario(run) : $"{called} · {Scenario(run)}";
    }

    private static string Cut(string value) => value.Length <= 40 ? value : value[..39] + "…";

    private string Scenario(RunHeading run) =>
        new Words(
            $"{run.ScenarioZh}（{run.Scenario}），种子 {run.Seed}，重复 {run.Replications} 次",
            $"{run.ScenarioEn} ({run.Scenario}), seed {run.Seed}, replications {run.Replications}"
        ).In(lang);

    public string Measure(Measure measure) => MeasureWords.Name(measure).In(lang);

    public string Change(ComparisonRow row) => MeasureWords.Change(row).In(lang);

    // A procedure may exist in one of the two runs only; the other run's names don't have it.
    private static string Known(string first, string code, string second) => first == code ? second : first;
}
