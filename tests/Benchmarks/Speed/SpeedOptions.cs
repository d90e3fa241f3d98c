using System.Globalization;

namespace TownReform.Benchmarks.Speed;

/// <summary>What is compared, and how long.</summary>
/// <param name="Cases">Numbers of cases at once; a table for each.</param>
/// <param name="Rounds">In each round every contender runs once.</param>
/// <param name="Open">After each run, cases also come at half of the rate that it reached.</param>
/// <param name="Only">Names of contenders; empty: all.</param>
/// <param name="Json">File for the figures; null: none.</param>
internal sealed record SpeedOptions(int[] Cases, TimeSpan WarmUp, TimeSpan Window, int Rounds, bool Open, string[] Only, string? Json)
{
    public static SpeedOptions Default { get; } =
        new([64, 256], TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(6), 3, Open: true, [], null);

    public static Words Usage(IEnumerable<string> names) =>
        new(
            $"""
            在本机上以同一个五步案件（受理、收件、审查、决定、盖章；每步落盘后才答复）比较本系统与其他技术栈：
              dotnet run -c Release --project tests/Benchmarks -- speed [选项]
                --cases 64,256     同时进行的案件数，每个数一张表（1 至 1024）
                --seconds 6        每次测量的秒数
                --warm-up 20       每次测量前预热的秒数（满载下约需这么久才编译完）
                --rounds 3         轮数；每轮各家跑一次，取各轮中位数
                --open 1           每次测量后，再按所达速率的一半让案件自行到达（开环），量时延；0 为不量
                --only 名称,...    只比较这几家：{string.Join(' ', names)}
                --json 文件        结果另存为 JSON
            例：dotnet run -c Release --project tests/Benchmarks -- speed --only town-postgres,marten --rounds 1
            退出码：0 完成；1 某家出错或丢失已答复的步骤；2 选项有误；4 PostgreSQL 无法使用；130 中断
            """,
            $"""
            Compares this system with other stacks on this machine by the same five-step case (open, accept, review, decide, seal; each answered when on disk):
              dotnet run -c Release --project tests/Benchmarks -- speed [options]
                --cases 64,256     cases at once; a table for each number (1 to 1024)
                --seconds 6        seconds of each measurement
                --warm-up 20       seconds of warm-up before it; so long until everything is compiled under full load
                --rounds 3         in each round every contender runs once; the tables show medians over rounds
                --open 1           after each run cases also come by themselves (open loop) at half of the rate it reached, for the latency; 0: not
                --only NAME,...    only these: {string.Join(' ', names)}
                --json FILE        the figures as JSON too
            Example: dotnet run -c Release --project tests/Benchmarks -- speed --only town-postgres,marten --rounds 1
            Exit codes: 0 done; 1 a contender failed or lost what it had acknowledged; 2 bad options; 4 PostgreSQL can't be used; 130 interrupted
            """
        );

    /// <summary>Reads the command line.</summary>
    /// <param name="names">Names that <c>--only</c> may give.</param>
    /// <returns>The options, or what is wrong with the line.</returns>
    public static (SpeedOptions Options, Words? Fault) Parse(string[] line, string[] names)
    {
        var options = Default;
        for (var i = 0; i < line.Length; i += 2)
        {
            if (i + 1 == line.Length)
            {
                return (options, new($"选项 {line[i]} 缺少取值。", $"Option {line[i]} needs a value."));
            }

            if (Read(options, line[i], line[i + 1], names) is not { } next)
            {
                return (options, new($"不能理解“{line[i]} {line[i + 1]}”。", $"'{line[i]} {line[i + 1]}' isn't understood."));
            }

            options = next;
        }

        return (options, null);
    }

    private static SpeedOptions? Read(SpeedOptions options, string name, string value, string[] names)
    {
        var list = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var numbers = list.Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToArray();
        var one = numbers is [var single] and [>= 1 and <= 3600] ? single : (int?)null;
        return name switch
        {
            "--cases" when numbers.Length > 0 && numbers.All(n => n is >= 1 and <= 1024) => options with { Cases = numbers },
            "--seconds" when one is { } seconds => options with { Window = TimeSpan.FromSeconds(seconds) },
            "--warm-up" when one is { } seconds => options with { WarmUp = TimeSpan.FromSeconds(seconds) },
            "--rounds" when one is { } rounds => options with { Rounds = rounds },
            "--open" when value is "0" or "1" => options with { Open = value is "1" },
            "--only" when list.Length > 0 && list.All(names.Contains) => options with { Only = list },
            "--json" when value.Length > 0 => options with { Json = Path.GetFullPath(value) },
            _ => null,
        };
    }
}
