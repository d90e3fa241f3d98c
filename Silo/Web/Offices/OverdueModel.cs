using System.Collections.Immutable;

namespace TownReform.Silo.Web.Offices;

/// <summary>What is overdue at an office, with who has it and since when (B5).</summary>
/// <param name="Path">Address of the office's pages.</param>
/// <param name="Tasks">Most urgent first; at most 200.</param>
/// <param name="All">How many there are.</param>
public sealed record OverdueModel(string Path, Words Office, DateOnly Today, ImmutableArray<OverdueTask> Tasks, int All)
{
    /// <summary>Who reads gives out the office's work.</summary>
    public bool MayReassign { get; init; }
}

/// <summary>A task that is overdue.</summary>
/// <param name="Since">When its present step began.</param>
/// <param name="Away">Those of its officers who are away today, with their last day.</param>
public sealed record OverdueTask(WorkTask Task, DateOnly Since, ImmutableArray<(string Officer, DateOnly Until)> Away);
