namespace TownReform.Grains.Simulation.Results;

/// <summary>What is compared, as people read it: names, values with their units, changes.</summary>
public static class MeasureWords
{
    public static Words Name(Measure measure) =>
        measure switch
        {
            Measure.Opened => new("收件", "Opened"),
            Measure.Decided => new("办结", "Decided"),
            Measure.OnTimeShare => new("按时率", "On-time share"),
            Measure.P50Days => new("P50 天数", "P50 days"),
            Measure.P90Days => new("P90 天数", "P90 days"),
            Measure.P95Days => new("P95 天数", "P95 days"),
            Measure.VisitsPerCase => new("件均到厅次数", "Visits per case"),
            Measure.Backlog => new("期末在办", "Backlog at end"),
            Measure.StaffUse => new("最忙科室使用率", "Busiest workplace"),
            Measure.CountyStaffUse => new("最忙县级处室", "Busiest at county"),
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "No such measure."),
        };

    public static string Value(Measure measure, double? value) =>
        value is not { } known ? Figure.Unknown
        : IsShare(measure) ? Figure.Share(known)
        : IsCount(measure) ? Figure.Count(known)
        : Figure.Days(known);

    /// <summary>The difference of a row, with its sign.</summary>
    public static Words Change(ComparisonRow row)
    {
        if (row.Difference is not { } difference)
        {
            return new(Figure.Unknown, Figure.Unknown);
        }

        var text =
            IsShare(row.Measure) ? Figure.Signed(difference * 100, "0.0")
            : IsCount(row.Measure) ? Figure.Signed(difference, "#,0.##")
            : Figure.Signed(difference, "#,0.00");
        return IsShare(row.Measure) ? new($"{text} 个百分点", $"{text} pp") : new(text, text);
    }

    public static string Times(ComparisonRow row) => row.Ratio is { } ratio ? "×" + Figure.Days(ratio) : Figure.Unknown;

    private static bool IsShare(Measure measure) => measure is Measure.OnTimeShare or Measure.StaffUse or Measure.CountyStaffUse;

    private static bool IsCount(Measure measure) => measure is Measure.Opened or Measure.Decided or Measure.Backlog;
}
