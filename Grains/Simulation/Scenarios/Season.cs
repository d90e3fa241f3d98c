using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Days on which more people come than usual, or fewer; the rest of the year stays as it is.</summary>
/// <param name="Until">Last day, included.</param>
/// <param name="Factor">On the number of cases of each of the days.</param>
/// <param name="Kinds">Kinds of items that it is for; empty for all.</param>
/// <param name="Items">Items that it is for; empty for all.</param>
/// <param name="Towns">Towns that it is for; empty for all.</param>
public sealed record Season(
    DateOnly From,
    DateOnly Until,
    double Factor,
    ImmutableArray<string> Kinds,
    ImmutableArray<string> Items,
    ImmutableArray<string> Towns
)
{
    /// <param name="kind">As routes are named by it.</param>
    public bool Has(DateOnly day, string town, PowerItem item, string kind) =>
        From <= day
        && day <= Until
        && (Kinds.IsEmpty || Kinds.Contains(kind))
        && (Items.IsEmpty || Items.Contains(item.Code))
        && (Towns.IsEmpty || Towns.Contains(town));
}

/// <summary>Days on which counters are closed: nobody can come in person, and the people at work there go on with what they have. What is
/// done by phone or online goes on.</summary>
/// <param name="Until">Last day, included.</param>
/// <param name="Towns">Towns whose counters are closed; empty for all.</param>
/// <param name="Office">The organ or department whose counter is closed; null for all counters of the towns and their county.</param>
/// <param name="RemoteShare">Share of those who would have come that day and send their application by phone or online instead; the others
/// come on the first day on which the counter is open again.</param>
public sealed record Closing(DateOnly From, DateOnly Until, ImmutableArray<string> Towns, string? Office, double RemoteShare)
{
    public bool Has(DateOnly day, string town, string office) =>
        From <= day && day <= Until && (Towns.IsEmpty || Towns.Contains(town)) && (Office is null || Office == office);
}
