using System.Globalization;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Telling;

namespace TownReform.Benchmarks.Web;

/// <summary>The figures of the web, a line each.</summary>
internal static class WebTable
{
    private const double Megabyte = 1048576;

    public static void Write(IReadOnlyList<(ActRun Client, ActRun Http)> pairs)
    {
        Line(
            new("经 Orleans 客户端，命令/秒", "by the Orleans client, commands/s"),
            pairs.Select(pair => pair.Client.CommandsPerSecond),
            "F0"
        );
        Line(new("经 HTTP，命令/秒", "by HTTP, commands/s"), pairs.Select(pair => pair.Http.CommandsPerSecond), "F0");
        Line(new("速率之比", "ratio of the rates"), pairs.Select(pair => pair.Http.CommandsPerSecond / pair.Client.CommandsPerSecond));
        Line(new("P99 毫秒，Orleans 客户端", "p99 ms, Orleans client"), pairs.Select(pair => pair.Client.P99), "F1");
        Line(new("P99 毫秒，HTTP", "p99 ms, HTTP"), pairs.Select(pair => pair.Http.P99), "F1");
        Line(new("P99 之比", "ratio of p99"), pairs.Select(pair => pair.Http.P99 / pair.Client.P99));
        Line(
            new("每条命令节点处理器用时之比", "ratio of the silo's processor time a command"),
            pairs.Select(pair => pair.Http.Microseconds / pair.Client.Microseconds)
        );
    }

    public static void Write(Viewed viewed, WebOptions options) =>
        Say(
            new(
                $"{options.Users} 人已登录，每秒 {options.Views} 个页面，同时每秒 {options.Rate} 件",
                $"{options.Users} people signed in, {options.Views} pages/s, beside {options.Rate} cases/s"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{viewed.Pages} pages, p50 {viewed.P50:F1} ms, p99 {viewed.P99:F1} ms")
        );

    public static void WriteCost(Words what, double microseconds) =>
        Say(
            new($"{what.Zh}：节点处理器用时", $"{what.En}: the silo's processor time"),
            string.Create(CultureInfo.InvariantCulture, $"{microseconds:F0} µs")
        );

    public static void Write(long bytes, int streams) =>
        Say(
            new($"{streams} 个空闲事件流", $"{streams} idle streams"),
            string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:F1} MB")
        );

    public static void Write(Freshness fresh)
    {
        Line(new("案件页，毫秒后得知", "page of the case is told after, ms"), fresh.Case, "F0");
        Line(new("待办列表，毫秒后得知", "list of the office is told after, ms"), fresh.Inbox, "F0");
        Line(new("看板，毫秒后得知", "board is told after, ms"), fresh.Board, "F0");
    }

    public static void WriteStop(TimeSpan took) =>
        Say(
            new($"{IdleStreams.OpenAtStop} 个事件流打开时停止节点", $"stop with {IdleStreams.OpenAtStop} open streams"),
            string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:F1} s")
        );

    private static void Line(Words what, IEnumerable<double> figures, string format = "F2")
    {
        var spread = Spread.Of(figures);
        string Text(double figure) => figure.ToString(format, CultureInfo.InvariantCulture);
        Say(what, $"{Text(spread.Median)} ({Text(spread.Min)}–{Text(spread.Max)})");
    }

    private static void Say(Words what, string figure) => Console.WriteLine($"{Reader.In(what)}: {figure}");
}
