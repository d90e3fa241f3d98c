using System.Globalization;

namespace TownReform.Benchmarks.Web;

/// <summary>What of the web is measured, and how long.</summary>
/// <param name="Only">Parts that are measured, by the names below.</param>
/// <param name="Rounds">Pairs of the Orleans client and HTTP, in turn.</param>
/// <param name="Cases">Cases at once in these.</param>
/// <param name="Window">How long each is measured.</param>
/// <param name="WarmUp">How long each runs before.</param>
/// <param name="Users">People who are signed in.</param>
/// <param name="Views">Pages that they open a second.</param>
/// <param name="Rate">Cases that begin a second meanwhile; each is five commands.</param>
/// <param name="Streams">Streams that are open and idle.</param>
internal sealed record WebOptions(
    string[] Only,
    int Rounds,
    int Cases,
    TimeSpan Window,
    TimeSpan WarmUp,
    int Users,
    int Views,
    int Rate,
    int Streams
)
{
    public const string Acts = "acts",
        Pages = "pages",
        Costs = "costs",
        Fresh = "fresh",
        IdleOnes = "streams",
        Stop = "stop";

    private static readonly string[] All = [Acts, Pages, Costs, Fresh, IdleOnes, Stop];

    public static WebOptions Default { get; } =
        new(
            Only: All,
            Rounds: 4,
            Cases: 64,
            Window: TimeSpan.FromSeconds(15),
            WarmUp: TimeSpan.FromSeconds(10),
            Users: 200,
            Views: 100,
            Rate: 20,
            Streams: 1000
        );

    public static Words Usage { get; } =
        new(
            """
            在本机上测量网页与接口（自行启动并停止一个节点）：
              dotnet run -c Release --project tests/Benchmarks -- web [选项]
                --only acts,pages,costs,fresh,streams,stop   只测其中几项
                --rounds 4      经 Orleans 客户端与经 HTTP 交替测量的对数
                --cases 64      同时进行的案件数
                --seconds 15    每次测量的秒数
                --warm-up 10    每次测量前预热的秒数
                --users 200     已登录的用户数
                --views 100     每秒打开的页面数
                --rate 20       同时每秒开始的案件数（每件五条命令）
                --streams 1000  空闲的事件流数
            退出码：0 完成；1 出错；2 选项有误；130 中断
            """,
            """
            Measures pages and API on this machine, on a silo of its own:
              dotnet run -c Release --project tests/Benchmarks -- web [options]
                --only acts,pages,costs,fresh,streams,stop   some of the parts
                --rounds 4      pairs of the Orleans client and HTTP, in turn
                --cases 64      cases at once in these
                --seconds 15    seconds of each measurement
                --warm-up 10    seconds before it
                --users 200     people who are signed in
                --views 100     pages that they open a second
                --rate 20       cases that begin a second meanwhile, of five commands each
                --streams 1000  streams that are open and idle
            Exit codes: 0 done; 1 something failed; 2 bad options; 130 interrupted
            """
        );

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with the line.</returns>
    public static (WebOptions Options, Words? Fault) Parse(string[] line)
    {
        var options = Default;
        for (var i = 0; i < line.Length; i += 2)
        {
            if (i + 1 == line.Length)
            {
                return (options, new($"选项 {line[i]} 缺少取值。", $"Option {line[i]} needs a value."));
            }

            if (Read(options, line[i], line[i + 1]) is not { } next)
            {
                return (options, new($"不能理解“{line[i]} {line[i + 1]}”。", $"'{line[i]} {line[i + 1]}' isn't understood."));
            }

            options = next;
        }

        return (options, null);
    }

    private static WebOptions? Read(WebOptions options, string name, string value)
    {
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : -1;
        return name switch
        {
            "--only" when value.Split(',') is var parts && parts.All(All.Contains) => options with { Only = parts },
            "--rounds" when number is >= 1 and <= 99 => options with { Rounds = number },
            "--cases" when number is >= 1 and <= 1024 => options with { Cases = number },
            "--seconds" when number is >= 1 and <= 3600 => options with { Window = TimeSpan.FromSeconds(number) },
            "--warm-up" when number is >= 1 and <= 3600 => options with { WarmUp = TimeSpan.FromSeconds(number) },
            "--users" when number is >= 1 and <= 220 => options with { Users = number },
            "--views" when number is >= 1 and <= 10_000 => options with { Views = number },
            "--rate" when number is >= 1 and <= 10_000 => options with { Rate = number },
            "--streams" when number is >= 1 and <= 1000 => options with { Streams = number },
            _ => null,
        };
    }
}
