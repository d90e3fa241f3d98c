using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>Where work waits for people: a town bureau or a county office. Dispatches to the least-loaded qualified officer who is
/// present.</summary>
[Alias("workplace")]
public interface IWorkplaceGrain : IGrainWithStringKey
{
    /// <summary>The task an officer should do next: green channel first, then the nearest deadline, then the oldest (B9). Null when there
    /// is none.</summary>
    [AlwaysInterleave, Alias("next")]
    Task<WorkItem?> NextAsync(string officer);

    /// <summary>Open work, most urgent first; all, or one officer's.</summary>
    [AlwaysInterleave, Alias("list")]
    Task<ImmutableArray<WorkItem>> ListAsync(string? officer);

    /// <summary>Open work, most urgent first, page by page; with counts by the same filter.</summary>
    [AlwaysInterleave, Alias("inbox")]
    Task<Outcome<InboxPage>> InboxAsync(InboxQuery query);

    /// <summary>How much work each of several filters lets through, in their order; 20 filters at most, further ones are left out. Where
    /// their pages begin and end doesn't matter.</summary>
    [AlwaysInterleave, Alias("count-inbox")]
    Task<ImmutableArray<InboxCounts>> CountInboxAsync(ImmutableArray<InboxQuery> queries);
}

/// <summary>One case's present step, as work.</summary>
/// <param name="Case">Case number.</param>
/// <param name="Version">Version of the record that led to the step: the step's identity. A later one replaces an earlier one, never the
/// other way.</param>
/// <param name="Step">Step code of the procedure.</param>
/// <param name="Item">Item or other subject code.</param>
/// <param name="Role">Role that does it; null while the case waits for somebody outside (the clock is still watched here).</param>
/// <param name="Hands">How many officers it takes (0 while waiting).</param>
/// <param name="Certificates">Certificates that each officer needs on the day.</param>
/// <param name="NotBy">Officers who may not do this step (separate persons).</param>
/// <param name="Prefer">Officer who had the case here before, if still suitable.</param>
/// <param name="Green">Green channel (B9).</param>
/// <param name="Since">When the step began.</param>
/// <param name="NextCheckOn">First day on which the case's clocks change colour or expire; null when none runs.</param>
/// <param name="Due">Last day of the running limit, if any; orders the queue.</param>
/// <param name="Officers">Who has it; filled in by the workplace.</param>
/// <param name="IsAssigned">It is one person's: they keep it until somebody can stand in for them.</param>
[GenerateSerializer, Immutable, Alias("work-item")]
public sealed record WorkItem(
    string Case,
    long Version,
    string Step,
    string Item,
    string? Role,
    int Hands,
    ImmutableArray<string> Certificates,
    ImmutableArray<string> NotBy,
    string? Prefer,
    bool Green,
    DateTimeOffset Since,
    [property: System.Text.Json.Serialization.JsonPropertyName("lookOn")] DateOnly? NextCheckOn,
    DateOnly? Due,
    ImmutableArray<string> Officers,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
        bool IsAssigned = false
)
{
    /// <summary>Colour of the case's clock, as it was last told; stored with the case and not with its work.</summary>
    [Id(0), System.Text.Json.Serialization.JsonIgnore]
    public ClockColour Colour { get; init; } = ClockColour.Green;
}

/// <summary>A town's bureau. Keyed world/town/organ. One reminder, never one per case.</summary>
[Alias("bureau")]
public interface IBureauGrain : IWorkplaceGrain;
