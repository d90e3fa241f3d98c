using System.Collections.Immutable;

namespace TownReform.Silo.Simulations;

/// <summary>Where a run stands.</summary>
internal enum RunState
{
    /// <summary>Others are before it.</summary>
    Waiting = 1,
    Running = 2,

    /// <summary>Its results are there.</summary>
    Done = 3,

    /// <summary>Its virtual time stands still, and its world can be looked into.</summary>
    Held = 4,
    Cancelled = 5,

    /// <summary>It broke; says why.</summary>
    Failed = 6,
}

/// <summary>A run of a scenario that somebody has ordered from this silo.</summary>
/// <param name="Id">Part of its address, and of the names of its worlds.</param>
/// <param name="Request">As it was ordered.</param>
/// <param name="By">Account that ordered it.</param>
/// <param name="OrderedAt">By the machine's clock.</param>
internal sealed record SimulationRun(string Id, SimulationRequest Request, string By, DateTimeOffset OrderedAt)
{
    public RunState State { get; init; } = RunState.Waiting;

    /// <summary>How far each replication is that has begun.</summary>
    public ImmutableArray<ReplicationProgress> Progress { get; init; } = [];

    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it broke.</summary>
    public Words? Fault { get; init; }

    /// <summary>Names of its result files.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The world that can be looked into; null when there is none.</summary>
    public string? World => State == RunState.Held ? Address.Simulated(Id, 1) : null;

    /// <summary>It has results: of its whole time, or up to the day on which it is held.</summary>
    public bool HasResults => State is RunState.Done or RunState.Held && !Files.IsEmpty;

    public bool IsOver => State is not (RunState.Waiting or RunState.Running);

    /// <summary>Share of its virtual time that has passed, over all replications.</summary>
    public double Share => State is RunState.Done or RunState.Held ? 1 : Progress.Sum(one => one.Share) / Request.Replications;
}
