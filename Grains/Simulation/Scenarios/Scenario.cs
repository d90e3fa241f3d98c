using System.Collections.Frozen;
using System.Collections.Immutable;

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
    public required FrozenDictionary<string, Spread> Work { get; init; }

    /// <summary>Choices by procedure and step.</summary>
    public required FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<Choice>>> Behaviour { get; init; }
    public required PartyTraits Parties { get; init; }
    public required LeaveHabit Leave { get; init; }
    public required FilingHabit Filing { get; init; }
    public required SecondmentPressure Secondments { get; init; }
    public required ImmutableArray<ScriptedAdjustment> Adjustments { get; init; }
    public required AssessmentHabit Assessment { get; init; }
}

/// <summary>One town's demand by item.</summary>
public sealed record TownDemand(string Town, ImmutableArray<ItemDemand> Items);

/// <param name="Yearly">Cases a year.</param>
/// <param name="Effort">Factor on the minutes of each work.</param>
/// <param name="OrganisationShare">Share of parties that are organisations.</param>
public sealed record ItemDemand(string Item, double Yearly, double Effort, double OrganisationShare);

/// <summary>A share of a kind's cases that takes a procedure; conditions as in <see cref="Choice"/>.</summary>
public sealed record Route(string Procedure, double Share, ImmutableArray<string> If);

/// <summary>A positive quantity with a long tail: log-normal with that median and that standard deviation of its logarithm.</summary>
public readonly record struct Spread(double Median, double Sigma);

/// <summary>One thing that somebody may do at a step. The first choice that applies and whose share is drawn is taken; the last has no
/// share.</summary>
/// <param name="Act">Act of the procedure, or <c>none</c>: stay silent until the limit expires.</param>
/// <param name="Share">Probability, once it applies.</param>
/// <param name="If">Conditions, all of which must hold: names of traits (<c>papers-missing</c>), <c>not-…</c>, or
/// <c>field=value</c>.</param>
/// <param name="Once">Taken at most once in a case.</param>
/// <param name="AfterDays">For steps outside: days until it is done.</param>
/// <param name="AtCounter">Whether an office must be open for it; null: as the procedure says, where the party comes to the hall for
/// it.</param>
/// <param name="Clears">Trait that it takes away, such as <c>papers-missing</c> when papers are supplied; null for none.</param>
/// <param name="Fields">Fields that it carries; a value that begins with $ is worked out.</param>
public sealed record Choice(
    string Act,
    double Share,
    ImmutableArray<string> If,
    bool Once,
    Spread AfterDays,
    bool? AtCounter,
    string? Clears,
    ImmutableArray<Field> Fields
);

/// <summary>How parties differ.</summary>
/// <param name="PapersMissing">Share whose papers are incomplete at first.</param>
/// <param name="Harm">Share of offences that did harm.</param>
/// <param name="Minor">Share of offences found minor.</param>
/// <param name="Serious">Share found serious; the rest are ordinary.</param>
/// <param name="Green">Share of cases in the green channel, where the plan knows one.</param>
/// <param name="Agent">Share of applicants for whom somebody acts (B4).</param>
/// <param name="Complaint">Share of offences that come by complaint; the rest are found on patrol.</param>
/// <param name="OldOffence">Share of offences that are older than the limitation allows.</param>
public sealed record PartyTraits(
    double PapersMissing,
    double Harm,
    double Minor,
    double Serious,
    double Green,
    double OldOffence,
    double Agent,
    double Complaint
);

/// <summary>Leave: in blocks of so many working days, this share of the entitlement.</summary>
public sealed record LeaveHabit(int BlockDays, double Taken);

/// <summary>What county departments do with filing copies.</summary>
/// <param name="Refusing">Share that first try to refuse.</param>
/// <param name="DemandingSeal">Share that first demand their own seal.</param>
public sealed record FilingHabit(Spread Days, double Refusing, double DemandingSeal);

/// <summary>Requests to second people away.</summary>
/// <param name="Yearly">Requests a year for each town.</param>
/// <param name="Months">Months asked for.</param>
/// <param name="Excepted">Share of those over the rule that come with a reason.</param>
/// <param name="Departments">Codes of the departments that ask, in turn.</param>
public sealed record SecondmentPressure(double Yearly, Spread Months, double Excepted, ImmutableArray<string> Departments);

/// <summary>A change of powers ordered in the run.</summary>
public sealed record ScriptedAdjustment(
    DateOnly On,
    string Town,
    ImmutableArray<string> Items,
    string Change,
    int FromDaysLater,
    string Reason
);

/// <summary>The yearly assessment.</summary>
/// <param name="On">Day of marking.</param>
/// <param name="Proposed">Share of people whom their heads propose as excellent.</param>
public sealed record AssessmentHabit(DateOnly On, double Proposed, double Basic, double Failing);
