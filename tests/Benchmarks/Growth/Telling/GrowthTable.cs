using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;
using TownReform.Benchmarks.Growth.Measuring;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Telling;

namespace TownReform.Benchmarks.Growth.Telling;

/// <summary>The figures as tables: before beside after, the smallest beside the larger.</summary>
internal static class GrowthTable
{
    /// <summary>Wide enough for every column where output is no terminal.</summary>
    private const int Width = 150;

    private const double Megabyte = 1048576;

    public static void WriteMachine(GrowthOptions options, string? server)
    {
        var store = options.Store == GroundKind.Sqlite ? "SQLite" : $"PostgreSQL {server}";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte;
        var day = TimeProvider.System.GetUtcNow().UtcDateTime;
        Console.WriteLine(
            Reader.In(
                new(
                    $"{day:yyyy-MM-dd HH:mm} UTC；{Environment.ProcessorCount} 核，{memory:N0} MB 内存，"
                        + $"{RuntimeInformation.OSDescription}，{RuntimeInformation.FrameworkDescription}，{store}",
                    $"{day:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors, {memory:N0} MB of memory, "
                        + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {store}"
                )
            )
        );
    }

    public static void Write(RecordGrown it)
    {
        var (live, closed) = (it.Filled.Live.Count, it.Filled.Closed);
        var table = New(
            new($"{live:N0} 件在办、{closed:N0} 件办结", $"{live:N0} live and {closed:N0} closed cases"),
            new("项目", "what"),
            new("空库", "empty"),
            new("填满后", "full"),
            new("之比", "ratio")
        );
        Row(table, new("步/秒", "durable steps/s"), it, static m => m.StepsPerSecond, "N0");
        if (it.Pairs.Count > 1)
        {
            var ratios = Spread.Of(it.Pairs.Select(pair => pair.Ratio));
            Row(
                table,
                new($"{it.Pairs.Count} 轮中最低与最高之比", $"lowest and highest of {it.Pairs.Count} rounds"),
                "",
                "",
                $"{ratios.Min:F2}–{ratios.Max:F2}"
            );
        }

        Row(table, new("每步 P50 毫秒", "step p50 ms"), it, static m => m.P50, "F1");
        Row(table, new("每步 P99 毫秒", "step p99 ms"), it, static m => m.P99, "F1");
        var (emptySync, fullSync) = (Median(it, static pair => pair.Empty.Sync), Median(it, static pair => pair.Full.Sync));
        Row(
            table,
            new("磁盘单独同步 16 KB 毫秒", "the disk alone, a sync of 16 KB, ms"),
            $"{emptySync:F2}",
            $"{fullSync:F2}",
            $"{fullSync / emptySync:F2}"
        );
        Row(
            table,
            new("节点托管堆 MB（各镇就绪）", "managed heap of the silo MB, towns awake"),
            $"{it.Last.Empty.Heap:F1}",
            $"{it.Last.Full.Heap:F1}",
            ""
        );
        Row(
            table,
            new("启动至就绪 秒", "seconds until ready"),
            $"{it.Last.Empty.Ready.TotalSeconds:F1}",
            $"{it.Last.Full.Ready.TotalSeconds:F1}",
            ""
        );
        Row(
            table,
            new("其中印章 秒", "of them the seals"),
            $"{it.Last.Empty.Seals.TotalSeconds:F2}",
            $"{it.Last.Full.Seals.TotalSeconds:F2}",
            ""
        );
        Row(
            table,
            new($"每件已激活案件 KiB（{it.Awake.Cases:N0} 件）", $"KiB of heap per awake case ({it.Awake.Cases:N0})"),
            "",
            $"{it.Awake.BytesEach / 1024:F2}",
            ""
        );
        Row(
            table,
            new($"未激活案件读取 P50 毫秒（{it.Cold.Cases:N0} 件）", $"cold case read p50 ms ({it.Cold.Cases:N0})"),
            "",
            $"{it.Cold.P50:F2}",
            ""
        );
        Row(table, new("未激活案件读取 P99 毫秒", "cold case read p99 ms"), "", $"{it.Cold.P99:F2}", "");
        Row(table, new("填库 记录/秒", "filling, records/s"), "", $"{it.Filled.RecordsPerSecond:N0}", "");
        Row(table, new("填库 记录数", "filling, records"), "", $"{it.Filled.Records:N0}", "");
        Row(table, new("填库 秒", "filling, seconds"), "", $"{it.Filled.Took.TotalSeconds:N0}", "");
        if (it.Audited is { } audited)
        {
            Row(table, new("审计无误的记录数", "records audited without a breach"), "", $"{audited:N0}", "");
        }

        Show(table);
    }

    public static void Write(IReadOnlyList<SilosGrown> grown)
    {
        var table = New(
            new("多节点，共用一个 PostgreSQL 与一个进程", "several silos on one PostgreSQL, in one process"),
            new("节点", "silos"),
            new("步/秒", "steps/s"),
            new("案/秒", "cases/s"),
            new("之比", "ratio"),
            new("P50 毫秒", "p50 ms"),
            new("P99 毫秒", "p99 ms"),
            new(".NET 核", "CPU .NET"),
            new("PG 核", "CPU PG"),
            new("托管堆 MB", "heap MB"),
            new("工作集 MB", "working set MB")
        );
        foreach (var it in grown)
        {
            Row(
                table,
                new($"{it.Silos}", $"{it.Silos}"),
                [
                    .. Steps(it.Measured, grown[0].Measured),
                    $"{it.Measured.Cpu:F2}",
                    $"{it.Measured.ServerCpu:F2}",
                    $"{it.Heap:F1}",
                    $"{it.WorkingSet:F0}",
                ]
            );
        }

        Show(table);
    }

    public static void Write(IReadOnlyList<TownsGrown> grown)
    {
        var table = New(
            new("多镇，一个节点", "many towns, one silo"),
            new("镇", "towns"),
            new("步/秒", "steps/s"),
            new("案/秒", "cases/s"),
            new("之比", "ratio"),
            new("P50 毫秒", "p50 ms"),
            new("P99 毫秒", "p99 ms"),
            new("读方案 秒", "load s"),
            new("建镇 秒", "found s"),
            new("就绪 秒", "wake s"),
            new("托管堆 MB", "heap MB"),
            new("每镇 KiB", "KiB per town")
        );
        foreach (var it in grown)
        {
            Row(
                table,
                new($"{it.Towns}", $"{it.Towns}"),
                [
                    .. Steps(it.Measured, grown[0].Measured),
                    $"{it.Loaded.TotalSeconds:F2}",
                    $"{it.Founded.TotalSeconds:F2}",
                    $"{it.Woken.TotalSeconds:F2}",
                    $"{it.Heap:F1}",
                    Each(it, grown[0]),
                ]
            );
        }

        Show(table);
    }

    // By the growth since the fewest, so that what a silo needs anyway isn't counted as the towns'.
    private static string Each(TownsGrown it, TownsGrown fewest) =>
        it.Towns > fewest.Towns ? $"{(it.Heap - fewest.Heap) * 1024 / (it.Towns - fewest.Towns):F0}" : "";

    private static IEnumerable<string> Steps(Measurement it, Measurement first) =>
        [
            $"{it.StepsPerSecond:N0}",
            $"{it.StepsPerSecond / Enum.GetValues<Step>().Length:N0}",
            $"{it.StepsPerSecond / first.StepsPerSecond:F2}",
            $"{it.P50:F1}",
            $"{it.P99:F1}",
        ];

    private static double Median(RecordGrown it, Func<GrownPair, double> value) => Spread.Of(it.Pairs.Select(value)).Median;

    // Medians of what was measured, and of the rounds' ratios.
    private static void Row(Table table, Words what, RecordGrown it, Func<Measurement, double> value, string format) =>
        Row(
            table,
            what,
            Median(it, pair => value(pair.Empty.Measured)).ToString(format, CultureInfo.InvariantCulture),
            Median(it, pair => value(pair.Full.Measured)).ToString(format, CultureInfo.InvariantCulture),
            Median(it, pair => value(pair.Full.Measured) / value(pair.Empty.Measured)).ToString("F2", CultureInfo.InvariantCulture)
        );

    private static Table New(Words title, params Words[] columns)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Reader.In(title)) };
        for (var n = 0; n < columns.Length; n++)
        {
            table.AddColumn(new TableColumn(Reader.In(columns[n])) { Alignment = n == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        return table;
    }

    private static void Row(Table table, Words what, params string[] cells) =>
        table.AddRow([new Text(Reader.In(what)), .. cells.Select(cell => new Text(cell))]);

    private static void Show(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = Console.IsOutputRedirected ? Width : console.Profile.Width;
        console.Write(table);
    }
}
