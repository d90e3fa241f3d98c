using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>Writes <c>load.html</c>: the figures and curves of a load in one file, in both languages, without a network.</summary>
internal static class LoadPage
{
    public const string FileName = "load.html";

    /// <param name="zone">That of the towns that the load was put on.</param>
    public static void Write(Stream to, LoadReport report, RecordZone zone, Lang lang) =>
        PageParts.Write(
            to,
            FileName,
            new Dictionary<string, byte[]>
            {
                ["lang"] = PageParts.LanguageTag(lang),
                ["style"] = PageParts.Read("page.css"),
                ["zh"] = Encoding.UTF8.GetBytes(Body(report, zone, Lang.Zh)),
                ["en"] = Encoding.UTF8.GetBytes(Body(report, zone, Lang.En)),
                ["data"] = JsonSerializer.SerializeToUtf8Bytes(report.Figures, ConsoleJson.Own.LoadFigures),
                ["charts"] = PageParts.Read("echarts.js"),
            }
        );

    private static string Body(LoadReport report, RecordZone zone, Lang lang)
    {
        var html = new StringBuilder();
        if (report.Practice is { } clock)
        {
            var shown = zone.In(clock).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
            html.Append("<p class=\"lead\"><strong>")
                .Append(
                    Text(
                        new Words($"【培训环境，不是正式业务】时钟 {shown}", $"[PRACTICE TOWN, nothing of this is real] clock {shown}").In(
                            lang
                        )
                    )
                )
                .Append("</strong></p>\n");
        }

        html.Append("<h1>").Append(Text(new Words("压力测试", "Load test").In(lang))).Append("</h1>\n<dl class=\"facts\">");
        foreach (var (name, value) in Facts(report, zone))
        {
            html.Append("<div><dt>").Append(Text(name.In(lang))).Append("</dt><dd>").Append(Text(value)).Append("</dd></div>");
        }

        return html.Append("</dl>\n<p class=\"lead\">").Append(Text(LoadVerdict.Of(report).In(lang))).Append("</p>\n").ToString();
    }

    private static IEnumerable<(Words Name, string Value)> Facts(LoadReport report, RecordZone zone)
    {
        var (terms, figures) = (report.Terms, report.Figures);
        yield return (zone.Titled("开始", "Begun"), zone.Second(report.At));
        yield return terms.Rate is { } rate
            ? (
                new("到达速率（件/秒）", "Cases a second"),
                string.Create(CultureInfo.InvariantCulture, $"{rate:0.##}{(terms.RampTo is { } to ? $" → {to:0.##}" : "")}")
            )
            : (new("同时在办", "Cases at once"), Figure.Count(terms.Concurrency ?? 0));
        yield return (
            new("预热秒数（不计量）", "Seconds of warm-up, not measured"),
            terms.WarmUpSeconds.ToString("0.0", CultureInfo.InvariantCulture)
        );
        yield return (new("秒", "Seconds"), figures.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        yield return (new("办结案件", "Cases ended"), Figure.Count(figures.Ended));
        yield return (new("每秒命令", "Commands/s"), Figure.Count(Math.Round(figures.CommandsPerSecond)));
        yield return (new("P50 / P99 毫秒", "P50 / P99 ms"), $"{Figure.Days(figures.At(50))} / {Figure.Days(figures.At(99))}");
        yield return (
            new("繁忙、暂缓、重发、失败", "Busy, held back, sent again, failed"),
            string.Create(CultureInfo.InvariantCulture, $"{figures.Busy}, {figures.Held}, {figures.Retried}, {figures.Failed}")
        );
        if (report.Knee is { } knee)
        {
            yield return (new("拐点（件/秒）", "Knee, cases a second"), knee.ToString("#,0.0", CultureInfo.InvariantCulture));
        }

        if (report.Overload is { } overload)
        {
            yield return (
                new("过载：有效答复 / 峰值（每秒命令）", "Overload: goodput / peak, commands a second"),
                $"{Figure.Count(Math.Round(overload.Goodput))} / {Figure.Count(Math.Round(overload.Peak))} = {Figure.Share(overload.Share)}"
            );
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
