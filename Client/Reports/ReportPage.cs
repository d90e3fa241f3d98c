using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Reports;

/// <summary>Writes <c>report.html</c>: one file with charts, tables and both languages, which a browser shows without a network.</summary>
public static class ReportPage
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "report.html";

    /// <param name="lang">The language it opens in; a button switches.</param>
    public static void Write(Stream to, RunSummary summary, Lang lang) =>
        PageParts.Write(
            to,
            "report.html",
            new Dictionary<string, byte[]>
            {
                ["lang"] = PageParts.LanguageTag(lang),
                ["style"] = PageParts.Read("page.css"),
                ["data"] = SummaryJson.WriteForPage(Shown(summary)),
                ["charts"] = PageParts.Read("echarts.js"),
                ["script"] = [.. PageParts.Read("words.js"), .. PageParts.Read("report.js")],
            }
        );

    // The page draws replications only for towns, and one replication alone is the pooled figures again.
    private static RunSummary Shown(RunSummary summary) =>
        summary with
        {
            Replications =
                summary.Replications.Length == 1 ? [] : [.. summary.Replications.Select(r => r with { Figures = Shown(r.Figures) })],
        };

    private static RunFigures Shown(RunFigures figures) => figures with { Refusals = [], Weekly = figures.Weekly with { Workplaces = [] } };
}
