using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What happens in a simulated year: who comes with what, how people work and behave, what is ordered from above. Loaded from
/// <c>seeds/scenarios/*.yaml</c>.</summary>
public sealed record Scenario
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>First day, in the towns' calendar.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Day on which a demo world opens that is filled by it; null where none is named.</summary>
    public DateOnly? OpensOn { get; init; }

    /// <summary>For so many days before it opens, one case at each step of each town is left lying.</summary>
    public int LeftLyingDays { get; init; }
    public required OfficeHours Hours { get; init; }
    public required ImmutableArray<TownDemand> Towns { get; init; }

    /// <summary>Factor on all yearly case numbers.</summary>
    public required double DemandScale { get; init; }

    /// <summary>Factor on the speed of all work; 2 means half the minutes.</summary>
    public required double Pace { get; init; }

    /// <summary>Relative demand by day of the week, Monday first; only working days have any.</summary>
    public required ImmutableArray<double> Weekday { get; init; }

    /// <summary>Relative demand by hour of the office day.</summary>
    public required FrozenDictionary<int, double> Hour { get; init; }

    /// <summary>Relative weight by hour of the whole day of what parties do without coming to a counter.</summary>
    public required FrozenDictionary<int, double> RemoteHour { get; init; }

    /// <summary>Procedures by kind of item, with the share of cases that take each.</summary>
    public required FrozenDictionary<string, ImmutableArray<Route>> Routes { get; init; }

    /// <summary>Minutes by name of work.</summary>
    public required FrozenDictionary<string, LogNormalSpread> Work { get; init; }

    /// <summary>Choices by procedure and step.</summary>
    internal FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<Choice>>> Behaviour { get; init; } =
        FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<Choice>>>.Empty;

    /// <summary>Shares of parties, by the names that matters declare.</summary>
    public required FrozenDictionary<string, double> Parties { get; init; }

    /// <summary>Codes or paths of the scenarios that it is built on, the nearest first.</summary>
    public ImmutableArray<string> Extends { get; init; } = [];

    /// <summary>Other numbers of people than the plans have.</summary>
    public ImmutableArray<PeopleWanted> People { get; init; } = [];

    /// <summary>Share on time that the town is to keep.</summary>
    public double Target { get; init; } = Results.RunHeading.UsualTarget;

    /// <summary>Spans of days with more or less demand than usual.</summary>
    public ImmutableArray<Season> Seasons { get; init; } = [];

    /// <summary>Spans of days on which counters are closed.</summary>
    public ImmutableArray<Closing> Closings { get; init; } = [];

    /// <summary>Items by town that the founding leaves to the county; a change of powers may grant them later.</summary>
    public FrozenDictionary<string, ImmutableArray<string>> KeptByCounty { get; init; } =
        FrozenDictionary<string, ImmutableArray<string>>.Empty;
    public required LeaveHabit Leave { get; init; }

    /// <summary>The parts that matters declare, as far as the scenario has them.</summary>
    internal ImmutableArray<ReadPart> Parts { get; init; } = [];
    public required AssessmentHabit Assessment { get; init; }
}

/// <summary>One town's demand by item.</summary>
public sealed record TownDemand(string Town, ImmutableArray<ItemDemand> Items);

/// <param name="Yearly">Cases a year.</param>
/// <param name="Effort">Factor on the minutes of each work.</param>
/// <param name="OrganisationShare">Share of parties that are organisations.</param>
public sealed record ItemDemand(string Item, double Yearly, double Effort, double OrganisationShare);

/// <summary>A share of a kind's cases that takes a procedure; its conditions are traits, all of which the case must have.</summary>
public sealed record Route(string Procedure, double Share, ImmutableArray<string> If);

/// <summary>Leave: in blocks of so many working days, this share of the entitlement.</summary>
public sealed record LeaveHabit(int BlockDays, double Taken);

/// <summary>The yearly assessment.</summary>
/// <param name="On">Day of marking.</param>
/// <param name="Proposed">Share of people whom their heads propose as excellent.</param>
public sealed record AssessmentHabit(DateOnly On, double Proposed, double Basic, double Failing);
