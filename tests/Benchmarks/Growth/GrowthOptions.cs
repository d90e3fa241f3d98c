using System.Globalization;
using TownReform.Benchmarks.Speed;

namespace TownReform.Benchmarks.Growth;

/// <summary>What is measured, and how long.</summary>
/// <param name="Cases">Cases at once; of several silos, at each.</param>
/// <param name="Rounds">How often the empty and the full store are measured in turn.</param>
/// <param name="Reads">Cold cases that are read.</param>
/// <param name="Awake">Cases that are woken.</param>
/// <param name="Silos">Numbers of silos, each measured on a store of its own; empty: that isn't measured.</param>
/// <param name="Towns">Numbers of towns, likewise.</param>
/// <param name="Fill">The full store is measured: unless only silos or towns are asked for.</param>
internal sealed record GrowthOptions(
    GroundKind Store,
    int Live,
    int Closed,
    int Rounds,
    int Cases,
    int Reads,
    int Awake,
    int[] Silos,
    int[] Towns,
    TimeSpan WarmUp,
    TimeSpan Window,
    bool Audit,
    bool Fill
)
{
    /// <summary>What can be named in the letters after a prefix; more than anybody waits for.</summary>
    private const int MostTowns = 5000;

    public static GrowthOptions Default { get; } =
        new(
            Store: GroundKind.Sqlite,
            Live: 250_000,
            Closed: 1_000_000,
            Rounds: 3,
            Cases: 64,
            Reads: 1000,
            Awake: 20_000,
            Silos: [],
            Towns: [],
            WarmUp: TimeSpan.FromSeconds(10),
            Window: TimeSpan.FromSeconds(6),
            Audit: false,
            Fill: false
        );

    public static Words Usage { get; } =
        new(
            """
            在本机上测量系统随规模增长的变化：
              dotnet run -c Release --project tests/Benchmarks -- growth [选项]
                --store sqlite       存储：sqlite 或 postgres
                --live 250000        在办案件数（经系统自身的写入器填入）
                --closed 1000000     已办结案件数
                --rounds 3           空库与满库交替测量的轮数
                --cases 64           测步速时同时进行的案件数（多节点时为每节点）
                --reads 1000         读取多少件未激活的案件
                --awake 20000        激活多少件以量内存
                --audit 1            填库后审计全部记录（哈希链、规则、索引）
                --silos 1,2,3        另测多节点（须 --store postgres；各节点在同一进程内）
                --towns 2,20,200     另测多镇（以两镇的方案复制而成）
                --seconds 6          每次测量的秒数
                --warm-up 10         每次测量前预热的秒数
            只给 --silos 或 --towns 时不填库；同时给出 --live 或 --closed 则都测。
            例：dotnet run -c Release --project tests/Benchmarks -- growth --live 2000 --closed 8000 --audit 1
            退出码：0 完成；1 步骤出错、记录丢失或审计不符；2 选项有误；4 PostgreSQL 无法使用；130 中断
            """,
            """
            Measures on this machine how the system changes as it grows:
              dotnet run -c Release --project tests/Benchmarks -- growth [options]
                --store sqlite       sqlite or postgres
                --live 250000        open cases, filled in through the system's own writer
                --closed 1000000     closed cases, likewise
                --rounds 3           how often an empty store and the full one are measured in turn
                --cases 64           cases at once while steps are measured (of several silos: at each)
                --reads 1000         cases that are not awake, read one after the other
                --awake 20000        cases woken to weigh them
                --audit 1            audit the whole record after filling: hash chains, rules, read model
                --silos 1,2,3        measure several silos (needs --store postgres; all in one process)
                --towns 2,20,200     measure many towns (copies of the two towns' plans)
                --seconds 6          seconds of each measurement
                --warm-up 10         seconds of warm-up before it
            With --silos or --towns alone the store isn't filled; with --live or --closed beside them all is measured.
            Example: dotnet run -c Release --project tests/Benchmarks -- growth --live 2000 --closed 8000 --audit 1
            Exit codes: 0 done; 1 a step failed, records were lost or the audit found a breach; 2 bad options; 4 PostgreSQL can't be used; 130 interrupted
            """
        );

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with the line.</returns>
    public static (GrowthOptions Options, Words? Fault) Parse(string[] line)
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

        return options is { Silos.Length: > 0, Store: not GroundKind.Postgres }
            ? (options, new("--silos 须与 --store postgres 同用。", "--silos needs --store postgres."))
            : (options with { Fill = options.Fill || options is { Silos: [], Towns: [] } }, null);
    }

    private static GrowthOptions? Read(GrowthOptions options, string name, string value)
    {
        var numbers = value
            .Split(',')
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .ToArray();
        var one = numbers is [var single] ? single : -1;
        return name switch
        {
            "--store" when value == "sqlite" => options with { Store = GroundKind.Sqlite },
            "--store" when value == "postgres" => options with { Store = GroundKind.Postgres },
            "--live" when one is >= 2 and <= 5_000_000 => options with { Live = one, Fill = true },
            "--closed" when one is >= 0 and <= 20_000_000 => options with { Closed = one, Fill = true },
            "--rounds" when one is >= 1 and <= 99 => options with { Rounds = one },
            "--cases" when one is >= 1 and <= 1024 => options with { Cases = one },
            "--reads" when one is >= 1 and <= 1_000_000 => options with { Reads = one },
            "--awake" when one is >= 1 and <= 1_000_000 => options with { Awake = one },
            "--audit" when one is 0 or 1 => options with { Audit = one == 1 },
            "--silos" when numbers.All(n => n is >= 1 and <= 16) => options with { Silos = numbers },
            "--towns" when numbers.All(n => n is >= 2 and <= MostTowns) => options with { Towns = numbers },
            "--seconds" when one is >= 1 and <= 3600 => options with { Window = TimeSpan.FromSeconds(one) },
            "--warm-up" when one is >= 1 and <= 3600 => options with { WarmUp = TimeSpan.FromSeconds(one) },
            _ => null,
        };
    }
}
