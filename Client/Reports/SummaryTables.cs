using System.Globalization;
using Spectre.Console;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Reports;

/// <summary>A run's pooled figures as tables for a terminal; they fit 100 columns.</summary>
public sealed class SummaryTables(RunSummary summary, Lang lang)
{
    private readonly RunLabels labels = new(summary.Run.Names, lang);
    private readonly RunFigures figures = summary.Pooled;

    /// <summary>Everything, in the order in which one asks.</summary>
    public void Write(IAnsiConsole to)
    {
        WriteHeading(to);
        WriteVerdicts(to);
        WriteFlows(to);
        WriteInternal(to);
        WriteRanges(to);
        WriteWorkplaces(to);
        WriteRefusals(to);
        WriteSecondments(to);
        WriteAssessments(to);
        WriteBreaches(to);
    }

    /// <summary>The answer first: whether each town carries its powers, where it is decided, and what is assumed.</summary>
    public void WriteVerdicts(IAnsiConsole to)
    {
        foreach (var verdict in summary.Verdicts)
        {
            var lines = lang == Lang.Zh ? verdict.Zh : verdict.En;
            to.WriteLine(lines[0], new Style(decoration: Decoration.Bold));
            foreach (var line in lines[1..])
            {
                to.WriteLine($"  {line}");
            }
        }

        if (!summary.Verdicts.IsEmpty)
        {
            to.WriteLine(TownVerdicts.Assumed.In(lang), new Style(decoration: Decoration.Dim));
            to.WriteLine();
        }
    }

    /// <summary>Cases by town and procedure.</summary>
    public void WriteFlows(IAnsiConsole to)
    {
        foreach (var town in figures.Towns)
        {
            var table = Columns
                .Titled(labels.Town(town.Town))
                .Text(new("程序", "Procedure"), lang)
                .Figures(
                    lang,
                    new("收件", "Opened"),
                    new("办结", "Decided"),
                    new("撤回", "Withdr."),
                    new("移送", "Transf."),
                    new("在办", "Open"),
                    new("超期", "Overdue"),
                    new("按时率", "On time"),
                    new("P50天", "P50 d"),
                    new("P90天", "P90 d"),
                    new("到厅", "Visits")
                );
            foreach (var row in figures.Procedures.Where(p => p.Town == town.Town && !p.Internal))
            {
                table.Row([labels.Procedure(row.Procedure), .. Cells(row.Flow)]);
            }

            to.Write(table.Total([new Words("合计", "All").In(lang), .. Cells(town.Flow)]));
        }

        WriteDefinitions(to, "onTimeShare", "days", "visits", "parties");
    }

    /// <summary>Secondments and changes of powers: how many, and how long they ran.</summary>
    public void WriteInternal(IAnsiConsole to)
    {
        var table = Columns
            .Titled(new Words("借调与权限调整", "Secondments and changes of powers").In(lang))
            .Text(new("镇", "Town"), lang)
            .Text(new("程序", "Procedure"), lang)
            .Figures(
                lang,
                new("收件", "Opened"),
                new("办结", "Decided"),
                new("撤回", "Withdr."),
                new("在办", "Open"),
                new("历时P50天", "Duration P50 d"),
                new("历时P90天", "P90 d")
            );
        foreach (var p in figures.Procedures.Where(p => p.Internal))
        {
            table.Row(
                labels.Town(p.Town),
                labels.Procedure(p.Procedure),
                Figure.Count(p.Flow.Opened),
                Figure.Count(p.Flow.Decided),
                Figure.Count(p.Flow.Withdrawn),
                Figure.Count(p.Flow.Open),
                Figure.Days(p.Flow.P50Days),
                Figure.Days(p.Flow.P90Days)
            );
        }

        WriteUnlessEmpty(to, table);
    }

    /// <summary>Lowest and highest of the main figures among the replications; nothing for a run of one.</summary>
    public void WriteRanges(IAnsiConsole to)
    {
        var table = Columns
            .Titled(new Words("各次重复的范围", "Range of the replications").In(lang))
            .Text(new("镇", "Town"), lang)
            .Figures(lang, new("期末在办", "Backlog at end"), new("按时率", "On time"), new("P50天", "P50 d"), new("P90天", "P90 d"));
        foreach (var town in figures.Towns)
        {
            if (town.Flow.Range is { } range)
            {
                table.Row(
                    labels.Town(town.Town),
                    Extent(range.Backlog, v => Figure.Count(v)),
                    Extent(range.OnTimeShare, v => Figure.Share(v)),
                    Extent(range.P50Days, v => Figure.Days(v)),
                    Extent(range.P90Days, v => Figure.Days(v))
                );
            }
        }

        WriteUnlessEmpty(to, table);
    }

    /// <summary>Staff and queues by workplace.</summary>
    public void WriteWorkplaces(IAnsiConsole to)
    {
        foreach (var town in figures.Workplaces.GroupBy(w => w.Town))
        {
            var table = Columns
                .Titled($"{labels.Town(town.Key)} · {new Words("科室", "Workplaces").In(lang)}")
                .Text(new("科室", "Workplace"), lang)
                .Figures(
                    lang,
                    new("人数", "People"),
                    new("缺勤", "Absent"),
                    new("使用率", "Staff use"),
                    new("日均排队", "Mean queue"),
                    new("最长排队", "Longest"),
                    new("工作项", "Tasks")
                );
            // Offices that had no work would hide those that had; they are in summary.json.
            foreach (var w in town.Where(w => w.BusyMinutes > 0))
            {
                table.Row(
                    labels.Workplace(w.Workplace),
                    Figure.Count(w.People),
                    Figure.Share(w.AbsentShare),
                    Figure.Share(w.StaffUse),
                    Figure.Days(w.MeanQueue),
                    Figure.Count(w.MaxQueue),
                    Figure.Count(w.Tasks)
                );
            }

            to.Write(table);
        }

        WriteDefinitions(to, "staffUse", "queue");
    }

    /// <summary>Refusals by clause, each with an example.</summary>
    public void WriteRefusals(IAnsiConsole to)
    {
        var table = Columns
            .Titled(new Words("拒绝", "Refusals").In(lang))
            .Text(new("条款", "Clause"), lang)
            .Figures(lang, new("代码", "Code"), new("次数", "Count"))
            .Text(new("案件编号", "Case"), lang, gap: 2)
            .Text(new("示例", "Example"), lang);
        foreach (var r in figures.Refusals)
        {
            table.Row(
                r.Clause,
                r.Code.ToString(CultureInfo.InvariantCulture),
                Figure.Count(r.Count),
                r.Example.Case ?? Figure.Unknown,
                lang == Lang.Zh ? r.Example.Zh : r.Example.En
            );
        }

        WriteUnlessEmpty(to, table);
    }

    /// <summary>Secondments by town and what they were refused for.</summary>
    public void WriteSecondments(IAnsiConsole to)
    {
        var table = Columns
            .Titled(new Words("借调", "Secondments").In(lang))
            .Text(new("镇", "Town"), lang)
            .Figures(lang, new("申请", "Requested"), new("批准", "Approved"), new("未同意", "Declined"), new("依规拒绝", "Refused"))
            .Text(new("拒绝依据", "Refused by clause"), lang, gap: 2);
        foreach (var s in figures.Secondments)
        {
            var reasons = s.ByClause.Select(c => $"{c.Clause} × {Figure.Count(c.Count)} {(lang == Lang.Zh ? c.Zh : c.En)}");
            table.Row(
                labels.Town(s.Town),
                Figure.Count(s.Requested),
                Figure.Count(s.Approved),
                Figure.Count(s.Declined),
                Figure.Count(s.Refused),
                string.Join('\n', reasons)
            );
        }

        WriteUnlessEmpty(to, table);
    }

    /// <summary>Result of the yearly assessment by town and group.</summary>
    public void WriteAssessments(IAnsiConsole to)
    {
        var table = Columns
            .Titled(new Words("年度考核", "Yearly assessment").In(lang))
            .Text(new("镇", "Town"), lang)
            .Text(new("类别", "Group"), lang)
            .Figures(
                lang,
                new("年度", "Year"),
                new("参加", "Graded"),
                new("不定", "Not gr."),
                new("上限", "Cap"),
                new("优秀", "Excellent"),
                new("称职", "Competent"),
                new("基本称职", "Basic"),
                new("不称职", "Not comp.")
            );
        foreach (var a in figures.Assessments)
        {
            var group = a.Group == PostClass.Administrative ? new Words("行政", "Administrative") : new Words("事业", "Institution");
            table.Row(
                labels.Town(a.Town),
                group.In(lang),
                a.Year.ToString(CultureInfo.InvariantCulture),
                Figure.Count(a.Graded),
                Figure.Count(a.NotGraded),
                Figure.Count(a.ExcellentCap),
                Figure.Count(a.Excellent),
                Figure.Count(a.Competent),
                Figure.Count(a.BasicallyCompetent),
                Figure.Count(a.NotCompetent)
            );
        }

        WriteUnlessEmpty(to, table);
    }

    private void WriteHeading(IAnsiConsole to)
    {
        var run = summary.Run;
        var words = new Words(
            $"{run.ScenarioZh}（{run.Scenario}），种子 {run.Seed}，重复 {run.Replications} 次，{run.From:yyyy-MM-dd} 至 {run.Until:yyyy-MM-dd}",
            $"{run.ScenarioEn} ({run.Scenario}), seed {run.Seed}, replications {run.Replications}, {run.From:yyyy-MM-dd} to "
                + $"{run.Until:yyyy-MM-dd}"
        );
        to.WriteLine(words.In(lang));
        if (run.Replications > 1)
        {
            to.WriteLine(
                new Words(
                    "件数为每次重复的平均值；百分位数与比例按全部案件计算。",
                    "Counts are means per replication; percentiles and shares are over all cases."
                ).In(lang)
            );
        }

        foreach (var warning in summary.Warnings)
        {
            var of = run.Replications > 1 ? $"#{warning.Replication} " : "";
            to.WriteLine(
                $"{new Words("注意：", "Warning: ").In(lang)}{of}{(lang == Lang.Zh ? warning.Zh : warning.En)}",
                new Style(Color.Red)
            );
        }

        to.WriteLine();
    }

    private void WriteBreaches(IAnsiConsole to)
    {
        to.WriteLine(
            summary.Breaches.IsEmpty
                ? new Words("守恒与合规检验：全部通过。", "Checks: all hold.").In(lang)
                : new Words($"守恒与合规检验：发现 {summary.Breaches.Length} 处问题。", $"Checks: {summary.Breaches.Length} breaches.").In(
                    lang
                )
        );
        foreach (var b in summary.Breaches)
        {
            to.WriteLine($"  {b.Clause} #{b.Replication} {labels.Town(b.Town)}: {(lang == Lang.Zh ? b.Zh : b.En)}", new Style(Color.Red));
        }
    }

    private static IEnumerable<string> Cells(FlowFigures f) =>
        [
            Figure.Count(f.Opened),
            Figure.Count(f.Decided),
            Figure.Count(f.Withdrawn),
            Figure.Count(f.Transferred),
            Figure.Count(f.Open),
            Figure.Count(f.OpenOverdue),
            Figure.Share(f.OnTimeShare),
            Figure.Days(f.P50Days),
            Figure.Days(f.P90Days),
            Figure.Days(f.VisitsPerCase),
        ];

    private static string Extent(Bounds? bounds, Func<double, string> text) =>
        bounds is null ? Figure.Unknown : $"{text(bounds.Min)} – {text(bounds.Max)}";

    // What a figure is taken over stands under the table that shows it.
    private void WriteDefinitions(IAnsiConsole to, params string[] codes)
    {
        foreach (var definition in summary.Definitions.Where(d => codes.Contains(d.Code)))
        {
            to.WriteLine(lang == Lang.Zh ? definition.Zh : definition.En, new Style(decoration: Decoration.Dim));
        }

        to.WriteLine();
    }

    private static void WriteUnlessEmpty(IAnsiConsole to, Table table)
    {
        if (table.Rows.Count > 0)
        {
            to.Write(table);
        }
    }
}
