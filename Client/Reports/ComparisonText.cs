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

    /// <summary>Name of a run: scenario, seed, replications.</summary>
    public string Run(RunHeading run) => new Words(
        $"{run.ScenarioZh}（{run.Scenario}），种子 {run.Seed}，重复 {run.Replications} 次",
        $"{run.ScenarioEn} ({run.Scenario}), seed {run.Seed}, replications {run.Replications}").In(lang);

    public string Measure(Measure measure) => Name(measure).In(lang);

    public static string Value(Measure measure, double? value) => value is not { } known ? Figure.Unknown : measure switch
    {
        Reports.Measure.OnTimeShare or Reports.Measure.StaffUse or Reports.Measure.CountyStaffUse => Figure.Share(known),
        Reports.Measure.Opened or Reports.Measure.Decided or Reports.Measure.Backlog => Figure.Count(known),
        _ => Figure.Days(known),
    };

    public string Change(ComparisonRow row) => row.Difference is not { } difference ? Figure.Unknown : row.Measure switch
    {
        Reports.Measure.OnTimeShare or Reports.Measure.StaffUse or Reports.Measure.CountyStaffUse => Figure.Signed(difference * 100, "0.0") + new Words(" 个百分点", " pp").In(lang),
        Reports.Measure.Opened or Reports.Measure.Decided or Reports.Measure.Backlog => Figure.Signed(difference, "#,0.##"),
        _ => Figure.Signed(difference, "#,0.00"),
    };

    public static string Times(ComparisonRow row) => row.Ratio is { } ratio ? "×" + Figure.Days(ratio) : Figure.Unknown;

    private static Words Name(Measure measure) => measure switch
    {
        Reports.Measure.Opened => new("收件", "Opened"),
        Reports.Measure.Decided => new("办结", "Decided"),
        Reports.Measure.OnTimeShare => new("按时率", "On-time share"),
        Reports.Measure.P50Days => new("P50 天数", "P50 days"),
        Reports.Measure.P90Days => new("P90 天数", "P90 days"),
        Reports.Measure.P95Days => new("P95 天数", "P95 days"),
        Reports.Measure.VisitsPerCase => new("件均到厅次数", "Visits per case"),
        Reports.Measure.Backlog => new("期末在办", "Backlog at end"),
        Reports.Measure.StaffUse => new("最忙科室使用率", "Busiest workplace"),
        Reports.Measure.CountyStaffUse => new("最忙县级处室", "Busiest at county"),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "No such measure."),
    };

    // A procedure may exist in one of the two runs only; the other run's names don't have it.
    private static string Known(string first, string code, string second) => first == code ? second : first;
}
