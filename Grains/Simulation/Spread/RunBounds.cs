using System.Text.RegularExpressions;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>What a live silo takes of a run that comes from outside; the console's own bounds, and those that keep the town that it serves
/// alive.</summary>
public static partial class RunBounds
{
    /// <summary>Replications of one run at most.</summary>
    public const int MostReplications = 1000;

    /// <summary>Factors on demand and on the speed of work: at least and at most.</summary>
    public const double LeastFactor = 0.01,
        MostFactor = 100;

    /// <summary>Share of the memory that the process may use, above which no replication begins.</summary>
    public const double MostMemory = 0.8;

    // A run's name has the scenario's code in it, its seed and an id.
    private const int LongestCode = 80,
        LongestName = 160;

    /// <summary>What is wrong with an order; null when it is within bounds.</summary>
    public static Words? WhyNot(ReplicationOrder? order) =>
        order?.Order is not { Scenario: not null } run ? Needed("命令", "order")
        : order.Run is not { Length: <= LongestName } || !Name().IsMatch(order.Run)
            ? new(
                $"运行名称须为 1 至 {LongestName} 个字母、数字、“-”。",
                $"The name of a run is 1 to {LongestName} letters, digits and '-'."
            )
        : run.Replications is < 1 or > MostReplications ? Between("重复次数", "replications", run.Replications, 1, MostReplications)
        : order.Number < 1 || order.Number > run.Replications
            ? Between("第几次重复", "number of the replication", order.Number, 1, run.Replications)
        : !IsCode(run.Scenario)
            ? new(
                "节点只运行其 seeds/scenarios 中的情景，不读取文件路径。",
                "A silo runs scenarios of its own seeds/scenarios and reads no path."
            )
        : run.DemandScale is { } demand && !IsFactor(demand) ? Between("需求倍数", "demand", demand, LeastFactor, MostFactor)
        : run.Pace is { } pace && !IsFactor(pace) ? Between("速度倍数", "pace", pace, LeastFactor, MostFactor)
        : run.Routes is { IsDefault: true } or { Length: > 16 } || run.Routes.Any(route => route.Name is null || route.Value is null)
            ? Needed("办理程序", "routes")
        : null;

    /// <summary>Whether the process has room for one more world.</summary>
    public static bool HasMemory()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes == 0
            || GC.GetTotalMemory(forceFullCollection: false) < MostMemory * memory.TotalAvailableMemoryBytes;
    }

    // The loader's own rule: what a silo can load, it takes.
    private static bool IsCode(string scenario) => scenario.Length <= LongestCode && ScalarType.Code.Accepts(scenario);

    private static bool IsFactor(double factor) => factor is >= LeastFactor and <= MostFactor;

    private static Words Needed(string zh, string en) => new($"模拟运行缺少{zh}。", $"The run lacks its {en}.");

    private static Words Between(string zh, string en, double given, double least, double most) =>
        new(
            FormattableString.Invariant($"模拟运行的{zh}须在 {least} 至 {most} 之间，不能是 {given}。"),
            FormattableString.Invariant($"The run's {en} is from {least} to {most}, not {given}.")
        );

    [GeneratedRegex(@"\A[\p{L}\p{N}\-]+\z")]
    private static partial Regex Name();
}
