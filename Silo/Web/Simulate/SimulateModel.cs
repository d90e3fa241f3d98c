using System.Collections.Immutable;
using TownReform.Silo.Simulations;

namespace TownReform.Silo.Web.Simulate;

/// <summary>The runs of a silo, and what one more is ordered with.</summary>
public sealed record SimulateModel
{
    public required ImmutableArray<RunLine> Runs { get; init; }

    /// <summary>Scenarios that can be run.</summary>
    public required ImmutableArray<ScenarioChoice> Scenarios { get; init; }

    /// <summary>Kinds of items that can take another procedure, with those that take them.</summary>
    public required ImmutableArray<RouteChoice> Routes { get; init; }

    /// <summary>What was typed, by the name of the field.</summary>
    public required ImmutableDictionary<string, string> Typed { get; init; }

    /// <summary>What is wrong with it, by the name of the field.</summary>
    public ImmutableSortedDictionary<string, Words> Faults { get; init; } = ImmutableSortedDictionary<string, Words>.Empty;

    /// <summary>The reader may order runs.</summary>
    public required bool MayOrder { get; init; }

    /// <summary>Names the order, so that a form that is sent twice is one run.</summary>
    public required string Key { get; init; }
}

/// <summary>A scenario that can be run.</summary>
public sealed record ScenarioChoice(string Code, Words Name, DateOnly From, DateOnly Until);

/// <summary>A kind of items and the procedures that take it.</summary>
public sealed record RouteChoice(string Kind, Words Name, ImmutableArray<PageLink> Procedures);

/// <summary>A run in a list.</summary>
/// <param name="Ahead">How many are done before it.</param>
/// <param name="Share">Share of its virtual time that has passed.</param>
public sealed record RunLine(
    string Id,
    Words Name,
    Words State,
    string? Label,
    int Ahead,
    double Share,
    DateTimeOffset OrderedAt,
    bool HasResults
)
{
    internal static RunLine Of(SimulationRun run, int ahead) =>
        new(
            Id: run.Id,
            Name: NameOf(run),
            State: StateOf(run.State),
            Label: run.Request.Label,
            Ahead: ahead,
            Share: run.Share,
            OrderedAt: run.OrderedAt,
            HasResults: run.HasResults
        );

    private static Words NameOf(SimulationRun run) =>
        new(
            $"{run.Request.Scenario}，种子 {run.Request.Seed}，重复 {run.Request.Replications} 次",
            $"{run.Request.Scenario}, seed {run.Request.Seed}, replications {run.Request.Replications}"
        );

    internal static Words StateOf(RunState state) =>
        state switch
        {
            RunState.Waiting => new("等候", "waiting"),
            RunState.Running => new("运行中", "running"),
            RunState.Done => new("已完成", "done"),
            RunState.Held => new("停在某日，可查看", "held, can be looked into"),
            RunState.Cancelled => new("已取消", "cancelled"),
            _ => new("失败", "failed"),
        };
}
