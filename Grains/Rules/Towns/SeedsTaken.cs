using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Towns;

/// <summary>
/// The town goes by these seeds from now on: which procedures with which content, which calendar, which law. Recorded when a town first
/// runs by them, so that a change
/// between two starts is known as one.
/// </summary>
/// <param name="Procedures">Every version at hand, with the hash of what it says.</param>
/// <param name="Calendar">The calendar whole: what differs from one start to the next must be told day by day.</param>
/// <param name="Law">Hash of what the files of law say.</param>
/// <param name="Moved">Days that work now and did not, or did and don't, since the seeds before.</param>
/// <param name="All">True when every due day has to be looked at: the law changed, or nobody knows what the seeds before were.</param>
/// <param name="Because">What moves due days: <c>calendar</c>, <c>law</c>, <c>release</c>; null when nothing does.</param>
public sealed record SeedsTaken(
    ImmutableArray<ProcedureTaken> Procedures,
    CalendarTaken Calendar,
    string Law,
    ImmutableArray<MovedDay> Moved,
    bool All,
    string? Because = null
) : TownEvent
{
    public const string DurableName = "town.seeds-taken";

    protected override string Name => DurableName;
}

/// <param name="Hash">SHA-256 (hex) over what the version says.</param>
public sealed record ProcedureTaken(string Code, int Version, string Hash);

/// <summary>Every open case whose due day had moved has it on record; the seeds taken before are followed.</summary>
/// <param name="Cases">How many had moved.</param>
public sealed record DueDaysFollowed(long Cases) : TownEvent
{
    public const string DurableName = "town.due-days-followed";

    protected override string Name => DurableName;
}
