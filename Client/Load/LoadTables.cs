using System.Globalization;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>A load's figures for people.</summary>
internal static class LoadTables
{
    public static void Write(Screen screen, LoadReport report)
    {
        var (lang, figures) = (screen.Lang, report.Figures);
        var counts = Columns
            .Titled(Title(report.Terms).In(lang))
            .Figures(
                lang,
                new("到达案件", "Cases arrived"),
                new("办结", "Ended"),
                new("已答复命令", "Commands answered"),
                new("每秒命令", "Commands/s"),
                new("拒绝", "Refused"),
                new("繁忙", "Busy"),
                new("暂缓", "Held back"),
                new("重发", "Sent again"),
                new("失败", "Failed")
            );
        counts.Row(
            Figure.Count(figures.Arrived),
            Figure.Count(figures.Ended),
            Figure.Count(figures.Answered),
            Figure.Count(Math.Round(figures.CommandsPerSecond)),
            Figure.Count(figures.Refused.Sum(r => r.Count)),
            Figure.Count(figures.Busy),
            Figure.Count(figures.Held),
            Figure.Count(figures.Retried),
            Figure.Count(figures.Failed)
        );
        screen.Console.Write(counts);
        var latency = Columns
            .Titled(new Words("自预定时刻至答复（毫秒）", "From the intended start to the answer, ms").In(lang))
            .Figures(lang, [.. Shown.Select(mark => new Words(Name(mark), Name(mark)))]);
        latency.Row(Shown.Select(mark => Figure.Days(figures.At(mark))));
        screen.Console.Write(latency);
        foreach (var refused in figures.Refused)
        {
            screen.Say(new Words($"拒绝 {refused.Code}：{refused.Count} 次", $"refused {refused.Code}: {refused.Count} times"));
        }

        if (!report.Steps.IsEmpty)
        {
            Steps(screen, report);
        }

        if (report.Overload is { } overload)
        {
            Overload(screen, overload);
        }

        foreach (var twice in report.DecidedTwice)
        {
            screen.Complain(new Words($"决定了两次：{twice}", $"decided twice: {twice}"));
        }
    }

    private static void Steps(Screen screen, LoadReport report)
    {
        var table = Columns
            .Titled(new Words("寻找拐点", "Search for the knee").In(screen.Lang))
            .Figures(
                screen.Lang,
                new("每秒案件", "Cases/s"),
                new("P99 毫秒", "P99 ms"),
                new("按时", "On time"),
                new("每秒命令", "Commands/s"),
                new("达标", "Met")
            );
        foreach (var step in report.Steps)
        {
            table.Row(
                step.Rate.ToString("#,0.0", CultureInfo.InvariantCulture),
                Figure.Days(step.P99Ms),
                Figure.Share(step.OnTime),
                Figure.Count(Math.Round(step.CommandsPerSecond)),
                (step.Met ? new Words("是", "yes") : new Words("否", "no")).In(screen.Lang)
            );
        }

        screen.Console.Write(table);
        screen.Say(
            report.Knee is { } knee
                ? new Words(
                    string.Create(CultureInfo.InvariantCulture, $"拐点：每秒 {knee:#,0.0} 件仍达标。"),
                    string.Create(CultureInfo.InvariantCulture, $"The knee: {knee:#,0.0} cases a second still meet the target.")
                )
                : new Words("没有达标的速率。", "No rate met the target.")
        );
    }

    private static void Overload(Screen screen, OverloadResult overload)
    {
        var table = Columns
            .Titled(new Words("过载（每秒命令）", "Overload, commands a second").In(screen.Lang))
            .Figures(
                screen.Lang,
                new("峰值", "Peak"),
                new("峰值时同时在办", "Cases at once at the peak"),
                new("施加", "Offered"),
                new("有效答复", "Goodput"),
                new("占峰值", "Share of the peak")
            );
        table.Row(
            Figure.Count(Math.Round(overload.Peak)),
            Figure.Count(overload.AtOnce),
            Figure.Count(Math.Round(overload.Offered)),
            Figure.Count(Math.Round(overload.Goodput)),
            Figure.Share(overload.Share)
        );
        screen.Console.Write(table);
    }

    private static Words Title(LoadTerms terms)
    {
        var title = Measured(terms);
        return terms.WarmUpSeconds == 0
            ? title
            : new(
                string.Create(CultureInfo.InvariantCulture, $"{title.Zh}（先预热 {terms.WarmUpSeconds:0.#} 秒）"),
                string.Create(CultureInfo.InvariantCulture, $"{title.En}, after {terms.WarmUpSeconds:0.#} s of warm-up")
            );
    }

    private static Words Measured(LoadTerms terms) =>
        terms.Rate is { } rate
            ? new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"开环，每秒 {rate:0.##} 件{(terms.RampTo is { } to ? $" 升至 {to:0.##} 件" : "")}，{terms.Seconds:0.#} 秒"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Open loop, {rate:0.##} cases a second{(terms.RampTo is { } top ? $" to {top:0.##}" : "")}, {terms.Seconds:0.#} s"
                )
            )
            : new(
                string.Create(CultureInfo.InvariantCulture, $"闭环，同时 {terms.Concurrency} 件，{terms.Seconds:0.#} 秒"),
                string.Create(CultureInfo.InvariantCulture, $"Closed loop, {terms.Concurrency} cases at once, {terms.Seconds:0.#} s")
            );

    private static readonly double[] Shown = [50, 90, 99, 99.9, 99.99, 100];

    private static string Name(double mark) => mark == 100 ? "max" : string.Create(CultureInfo.InvariantCulture, $"p{mark:0.##}");
}
