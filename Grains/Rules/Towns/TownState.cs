using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Towns;

/// <summary>A town's own record: how it was founded, and which case numbers it has handed out.</summary>
/// <param name="Founding">Null until founded.</param>
/// <param name="Settled">True once everything that the plan names was founded too.</param>
/// <param name="NextCase">First case number not handed out.</param>
/// <param name="Seeds">The seeds that it goes by; null where an earlier release didn't record them.</param>
/// <param name="FollowsAll">Every due day is still to be looked at.</param>
/// <param name="Because">Why they are to be looked at.</param>
public sealed record TownState(
    TownFounded? Founding,
    bool Settled,
    long NextCase,
    SeedsTaken? Seeds = null,
    bool FollowsAll = false,
    string? Because = null
)
{
    /// <summary>Days that moved and whose due days are not followed yet.</summary>
    public ImmutableArray<MovedDay> Moved { get; init; } = [];

    /// <summary>Whether due days are still to be followed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Follows => FollowsAll || !Moved.IsEmpty;

    public static TownState Empty { get; } = new(null, false, 1);
}

/// <summary>Somebody whom the founding takes on.</summary>
/// <param name="HoldsPost">False for people of stationed bodies, whose posts are the county's.</param>
public sealed record Settler(StaffFacts Person, bool HoldsPost);

/// <summary>A workplace that the founding opens.</summary>
public sealed record StaffedOffice(string Code, ImmutableArray<Colleague> People);
