using System.Globalization;
using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Silo.Web.Simulate;

/// <summary>A chart of a run by week: a line for each town.</summary>
/// <param name="Code">Part of its address.</param>
/// <param name="Value">Of a town in a week; null without any.</param>
internal sealed record RunChart(string Code, Words Name, Func<TownWeeks, int, double?> Value);

/// <summary>Draws the charts of a run as SVG, on the server.</summary>
internal static class RunCharts
{
    public const int Width = 720,
        Height = 300;

    private const double Percent = 100,
        Thickness = 2;

    // Told apart by their marks too, and dark enough on white.
    private static readonly (OxyColor Colour, MarkerType Mark)[] Lines =
    [
        (OxyColor.FromRgb(0x0b, 0x4a, 0x8f), MarkerType.Circle),
        (OxyColor.FromRgb(0x7a, 0x4a, 0x00), MarkerType.Square),
        (OxyColor.FromRgb(0x0a, 0x5a, 0x2c), MarkerType.Triangle),
        (OxyColor.FromRgb(0xa3, 0x12, 0x0f), MarkerType.Diamond),
    ];

    public static IReadOnlyList<RunChart> All { get; } =
    [
        new("opened", new("收件", "Opened"), (town, week) => town.Opened[week]),
        new("ended", new("办结", "Ended"), (town, week) => town.Ended[week]),
        new("backlog", new("周末在办", "Backlog at the end of the week"), (town, week) => town.Backlog[week]),
        new("overdue", new("周末超期在办", "Overdue at the end of the week"), (town, week) => town.OpenOverdue[week]),
        new("on-time", new("按时率（%）", "On time (%)"), (town, week) => town.OnTimeShare[week] * Percent),
        new("days", new("办结用时中位数（天）", "Median days to decision"), (town, week) => town.P50Days[week]),
    ];

    /// <summary>The chart as an SVG document.</summary>
    public static string Draw(RunChart chart, RunSummary summary, bool inChinese)
    {
        var plot = Empty(inChinese ? chart.Name.Zh : chart.Name.En);
        for (var n = 0; n < summary.Pooled.Weekly.Towns.Length; n++)
        {
            plot.Series.Add(Line(chart, summary, n, inChinese));
        }

        using var svg = new MemoryStream();
        new SvgExporter
        {
            Width = Width,
            Height = Height,
            TextMeasurer = new TextWidths(),
            UseVerticalTextAlignmentWorkaround = true,
        }.Export(plot, svg);
        return Encoding.UTF8.GetString(svg.ToArray()).TrimStart('\uFEFF');
    }

    private static PlotModel Empty(string title)
    {
        var plot = new PlotModel
        {
            Title = title,
            DefaultFont = "sans-serif",
            TitleFontSize = 15,
            Background = OxyColors.White,
            Culture = CultureInfo.InvariantCulture,
        };
        plot.Axes.Add(
            new LinearAxis
            {
                Position = AxisPosition.Left,
                Minimum = 0,
                MajorGridlineStyle = LineStyle.Dot,
            }
        );
        plot.Axes.Add(
            new DateTimeAxis
            {
                Position = AxisPosition.Bottom,
                StringFormat = "yyyy-MM-dd",
                IntervalLength = 90,
            }
        );
        plot.Legends.Add(
            new Legend
            {
                LegendPlacement = LegendPlacement.Outside,
                LegendPosition = LegendPosition.BottomCenter,
                LegendOrientation = LegendOrientation.Horizontal,
            }
        );
        return plot;
    }

    private static LineSeries Line(RunChart chart, RunSummary summary, int place, bool inChinese)
    {
        var (weekly, (colour, mark)) = (summary.Pooled.Weekly, Lines[place % Lines.Length]);
        var town = weekly.Towns[place];
        var name = summary.Run.Names.Towns.FirstOrDefault(known => known.Code == town.Town);
        var line = new LineSeries
        {
            Title =
                name is null ? town.Town
                : inChinese ? name.Zh
                : name.En,
            Color = colour,
            StrokeThickness = Thickness,
            MarkerType = mark,
        };
        for (var week = 0; week < weekly.Weeks.Length; week++)
        {
            var day = weekly.Weeks[week].ToDateTime(TimeOnly.MinValue);
            line.Points.Add(new DataPoint(DateTimeAxis.ToDouble(day), chart.Value(town, week) ?? double.NaN));
        }

        return line;
    }
}
