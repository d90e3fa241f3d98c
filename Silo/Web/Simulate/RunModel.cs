using System.Collections.Immutable;
using TownReform.Grains.Simulation.Results;
using TownReform.Silo.Simulations;

namespace TownReform.Silo.Web.Simulate;

/// <summary>A run as its page shows it: how far it is, or what it came to.</summary>
public sealed record RunModel
{
    public required RunLine Run { get; init; }

    /// <summary>Replications that have begun, while it goes on.</summary>
    public required ImmutableArray<ReplicationProgress> Progress { get; init; }

    /// <summary>It waits or goes on.</summary>
    public required bool IsUnderWay { get; init; }

    /// <summary>Why it broke.</summary>
    public Words? Fault { get; init; }

    /// <summary>What it came to; null until it is done.</summary>
    public RunSummary? Summary { get; init; }

    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The world that can be looked into.</summary>
    public string? World { get; init; }

    /// <summary>The reader may cancel it, or take it away.</summary>
    public required bool MayEnd { get; init; }

    internal static RunModel Of(SimulationRun run, int ahead, RunSummary? summary, bool mayEnd) =>
        new()
        {
            Run = RunLine.Of(run, ahead),
            Progress = run.Progress,
            IsUnderWay = !run.IsOver,
            Fault = run.Fault,
            Summary = summary,
            Files = run.Files,
            World = run.World,
            MayEnd = mayEnd,
        };
}

/// <summary>Two runs side by side.</summary>
public sealed record CompareModel(RunComparison Comparison, string A, string B);
