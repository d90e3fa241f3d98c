using System.Collections.Immutable;

namespace TownReform.Silo.Simulations;

/// <summary>A run as whoever ordered it sees it.</summary>
/// <param name="Ahead">How many runs are done before it; 0 when it goes on or is over.</param>
/// <param name="Share">Share of its virtual time that has passed, 0 to 1.</param>
internal sealed record RunResource(
    string Id,
    string Scenario,
    int Seed,
    int Replications,
    string? Label,
    RunState State,
    int Ahead,
    double Share
)
{
    public SimulationChanges? Changes { get; init; }

    public DateOnly? HoldOn { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required ImmutableArray<ReplicationResource> Progress { get; init; }

    /// <summary>Names of its result files, at <c>/simulations/{id}/files/{name}</c>.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The world that can be looked into, at <c>/worlds/{world}</c>.</summary>
    public string? World { get; init; }

    public Words? Fault { get; init; }

    public static RunResource Of(SimulationRun run, int ahead) =>
        new(
            Id: run.Id,
            Scenario: run.Request.Scenario,
            Seed: run.Request.Seed,
            Replications: run.Request.Replications,
            Label: run.Request.Label,
            State: run.State,
            Ahead: ahead,
            Share: Math.Round(run.Share, 4)
        )
        {
            Changes = run.Request.Changes,
            HoldOn = run.Request.HoldOn,
            OrderedAt = run.OrderedAt,
            BegunAt = run.BegunAt,
            EndedAt = run.EndedAt,
            Progress = [.. run.Progress.Select(ReplicationResource.Of)],
            Files = run.Files,
            World = run.World,
            Fault = run.Fault,
        };
}

/// <summary>How far a replication is.</summary>
/// <param name="Day">Virtual day reached; null before the first.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Done">Cases that have ended.</param>
internal sealed record ReplicationResource(int Number, DateOnly? Day, double Share, long Open, long Done, bool Finished)
{
    public static ReplicationResource Of(ReplicationProgress told) =>
        new(
            Number: told.Number,
            Day: told.Day == default ? null : told.Day,
            Share: Math.Round(told.Share, 4),
            Open: told.Open,
            Done: told.Done,
            Finished: told.Finished
        );
}

/// <summary>A scenario that can be run.</summary>
/// <param name="OpensOn">Day on which a demo world opens that is filled by it.</param>
internal sealed record ScenarioResource(string Code, Words Name, DateOnly From, DateOnly Until, DateOnly? OpensOn);
