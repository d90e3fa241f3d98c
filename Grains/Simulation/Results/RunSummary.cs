using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation.Results;

/// <summary>
/// What a run came to: the content of <c>summary.json</c>. Times carry their offset; days are calendar days with two decimals;
/// shares are fractions with four decimals; counts of a pooled row are means per replication with two decimals. Rounding is half up.
/// </summary>
/// <param name="Schema">Version of this shape; see <see cref="SummaryJson.Schema"/>.</param>
/// <param name="Pooled">All replications together.</param>
/// <param name="Warnings">What makes the figures say something else than they seem to; empty for a run that went as a year does.</param>
/// <param name="Breaches">What must always hold and did not; empty when all holds.</param>
public sealed record RunSummary(
    int Schema,
    RunHeading Run,
    ImmutableArray<RunWarning> Warnings,
    ImmutableArray<NamedCode> Definitions,
    RunFigures Pooled,
    ImmutableArray<ReplicationFigures> Replications,
    ImmutableArray<Breach> Breaches
)
{
    /// <summary>The answer for each town; empty in a summary of an earlier program.</summary>
    public ImmutableArray<TownVerdict> Verdicts { get; init; } = [];
}

/// <summary>What was run, with everything that made it: the same heading and the same program give the same figures.</summary>
/// <param name="Scenario">Code of the scenario.</param>
/// <param name="From">First moment of virtual time.</param>
/// <param name="Until">Moment at which the run ended.</param>
/// <param name="Towns">Codes of the towns that took part.</param>
/// <param name="Label">What whoever ran it calls it; null when they didn't say.</param>
/// <param name="Overrides">What the command line put in place of the scenario's own.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Seeds">Hash over all files that were read (SHA-256 of their paths and hashes).</param>
/// <param name="Files">Each of them with its hash.</param>
public sealed record RunHeading(
    string Scenario,
    string ScenarioZh,
    string ScenarioEn,
    long Seed,
    int Replications,
    DateTimeOffset From,
    DateTimeOffset Until,
    ImmutableArray<string> Towns,
    string? Label,
    ImmutableArray<RunOverride> Overrides,
    string Program,
    string Seeds,
    ImmutableArray<SourceFile> Files,
    RunNames Names
)
{
    /// <summary>Scenarios that this one is built on, the nearest first; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Extends { get; init; }

    /// <summary>Who is there in the run otherwise than by the plans; null where nobody is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<PeopleChange>? People { get; init; }

    /// <summary>Share on time that is asked for where a scenario doesn't say.</summary>
    public const double UsualTarget = 0.95;

    /// <summary>Share on time that the scenario asks for; null in a summary of an earlier program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OnTimeTarget { get; init; }

    public static RunHeading Of(SeedLibrary seeds, SimulationOrder order, RunInputs inputs, string? label)
    {
        var scenario = SimulationOrders.Load(seeds, order);
        var (founded, people) = SimulationOrders.SeedsOf(seeds, scenario);
        var zone = seeds.Towns[scenario.Towns[0].Town].TimeZone;
        var (from, until) = (scenario.From.ToDateTime(TimeOnly.MinValue), scenario.Until.ToDateTime(new TimeOnly(23, 59, 59)));
        return new(
            Scenario: scenario.Code,
            ScenarioZh: scenario.Name.Zh,
            ScenarioEn: scenario.Name.En,
            Seed: order.Seed,
            Replications: order.Replications,
            From: new DateTimeOffset(from, zone.GetUtcOffset(from)),
            Until: new DateTimeOffset(until, zone.GetUtcOffset(until)),
            Towns: [.. scenario.Towns.Select(t => t.Town).Order(StringComparer.Ordinal)],
            Label: label,
            Overrides: SimulationOrders.Overrides(seeds, order),
            Program: ProgramVersion,
            Seeds: inputs.Hash,
            Files: inputs.Hashes(),
            Names: RunDirectory.From(founded).Names()
        )
        {
            OnTimeTarget = scenario.Target,
            Extends = scenario.Extends.IsEmpty ? null : scenario.Extends,
            People = people.IsEmpty ? null : people,
        };
    }

    /// <summary>Version of this program, with the commit that it was built from.</summary>
    public static string ProgramVersion { get; } =
        typeof(RunHeading)
            .Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
            .OfType<System.Reflection.AssemblyInformationalVersionAttribute>()
            .FirstOrDefault()
            ?.InformationalVersion
        ?? "";
}

/// <summary>A file that was read.</summary>
public sealed record SourceFile(string Path, string Sha256);

/// <summary>Names of the codes in a summary, so that it can be read by itself.</summary>
public sealed record RunNames(ImmutableArray<NamedCode> Towns, ImmutableArray<NamedCode> Procedures, ImmutableArray<NamedCode> Workplaces);

public sealed record NamedCode(string Code, string Zh, string En);

/// <param name="Replication">1-based.</param>
public sealed record ReplicationFigures(int Replication, RunFigures Figures);

/// <summary>Every figure of one replication, or of all pooled.</summary>
public sealed record RunFigures(
    ImmutableArray<TownFigures> Towns,
    ImmutableArray<ProcedureFigures> Procedures,
    ImmutableArray<WorkplaceFigures> Workplaces,
    ImmutableArray<RefusalFigures> Refusals,
    ImmutableArray<SecondmentFigures> Secondments,
    ImmutableArray<AssessmentFigures> Assessments,
    WeeklyFigures Weekly
)
{
    /// <summary>Waits and work by role at each workplace; empty in a summary of an earlier program.</summary>
    public ImmutableArray<RoleFigures> Roles { get; init; } = [];
}

/// <summary>The people in one role at one workplace.</summary>
/// <param name="Role">Code of the role.</param>
/// <param name="People">Those who have it, at the end; who has several roles is in each.</param>
/// <param name="Steps">Steps for the role that were finished.</param>
/// <param name="StaffUse">Minutes that these people worked, in whatever role, by minutes present.</param>
/// <param name="MeanQueue">Steps waiting for the role on average over office time, weighted by time.</param>
/// <param name="WaitDays">Working days that a step waits: from the moment when it becomes possible to its end, less the work on it. Steps
/// that still wait at the end count with what they have waited.</param>
/// <param name="ServiceMinutes">Minutes of work that a step takes.</param>
/// <param name="GrowthPerWeek">By how many the steps that wait grow a week in the second half of the run; null for a run of less than nine
/// weeks.</param>
public sealed record RoleFigures(
    string Town,
    string Workplace,
    string Role,
    double People,
    double Steps,
    double? StaffUse,
    double? MeanQueue,
    double? WaitDays,
    double? ServiceMinutes,
    double? GrowthPerWeek,
    ImmutableArray<StepFigures> ByStep
);

/// <summary>One step of a procedure there; units as of <see cref="RoleFigures"/>.</summary>
public sealed record StepFigures(string Procedure, string Step, double Steps, double? WaitDays, double? ServiceMinutes);

/// <summary>A town over all procedures that parties' cases take; secondments and changes of powers are no part of it.</summary>
/// <param name="Busiest">The town's own workplace whose people were used most; null when none had work.</param>
/// <param name="BusiestCounty">The same among the county's departments that work for the town.</param>
public sealed record TownFigures(string Town, FlowFigures Flow, WorkplaceUse? Busiest, WorkplaceUse? BusiestCounty);

/// <param name="StaffUse">Minutes worked by minutes of people present.</param>
public sealed record WorkplaceUse(string Workplace, double StaffUse);

/// <param name="Internal">A secondment or a change of powers: nobody's application, so it is no part of the town's figures.</param>
public sealed record ProcedureFigures(string Town, string Procedure, bool Internal, FlowFigures Flow);

/// <summary>How cases went.</summary>
/// <param name="Open">The backlog: cases open at the end.</param>
/// <param name="OpenOverdue">Of those, past their limit.</param>
/// <param name="OnTime">Decided within the limit.</param>
/// <param name="WithLimit">Decided cases that had a limit and cases open past theirs: what the share is a share of.</param>
/// <param name="OnTimeShare"><see cref="FigureDefinitions.OnTimeShare"/>; null when there is nothing to be on time with.</param>
/// <param name="P50Days"><see cref="FigureDefinitions.Days"/></param>
/// <param name="VisitsPerCase">Visits to the hall for each decided case (B6).</param>
/// <param name="FinesYuan">Fines imposed.</param>
/// <param name="Range">Lowest and highest among the replications; only in pooled figures.</param>
public sealed record FlowFigures(
    double Opened,
    double Decided,
    double Withdrawn,
    double Transferred,
    double Open,
    double OpenOverdue,
    double OnTime,
    double WithLimit,
    double? OnTimeShare,
    double? P50Days,
    double? P90Days,
    double? P95Days,
    double? VisitsPerCase,
    decimal FinesYuan,
    FlowRange? Range
);

/// <summary>Lowest and highest of the main figures among the replications; null where no replication has the figure.</summary>
public sealed record FlowRange(Bounds? Backlog, Bounds? OnTimeShare, Bounds? P50Days, Bounds? P90Days);

public sealed record Bounds(double Min, double Max);

/// <summary>A bureau or county office.</summary>
/// <param name="People">People who belong to it at the end.</param>
/// <param name="AbsentShare">Days away by days of belonging.</param>
/// <param name="StaffUse">Minutes worked by minutes of people present; null when nobody was.</param>
/// <param name="MeanQueue">Tasks waiting for an officer at the close of a working day, on average.</param>
/// <param name="MaxQueue">The longest such queue; pooled, of any replication.</param>
/// <param name="Tasks">Steps whose work was finished.</param>
public sealed record WorkplaceFigures(
    string Town,
    string Workplace,
    double People,
    double? AbsentShare,
    double PresentMinutes,
    double BusyMinutes,
    double? StaffUse,
    double? MeanQueue,
    int MaxQueue,
    double Tasks
);

/// <summary>Refusals of one clause and code.</summary>
/// <param name="Code">Number of the refusal, and its name.</param>
/// <param name="Example">The first of the first replication that has one.</param>
public sealed record RefusalFigures(
    string Clause,
    int Code,
    string Name,
    double Count,
    ImmutableArray<TownCount> Towns,
    ExampleFigures Example
);

public sealed record TownCount(string Town, double Count);

public sealed record ExampleFigures(
    int Replication,
    string Town,
    string? Case,
    string Procedure,
    string Act,
    DateTimeOffset At,
    string Zh,
    string En
);

/// <summary>Secondments of a town; requested is what was approved, declined and refused.</summary>
public sealed record SecondmentFigures(
    string Town,
    double Requested,
    double Approved,
    double Declined,
    double Refused,
    ImmutableArray<SecondmentClauseFigures> ByClause
);

public sealed record SecondmentClauseFigures(string Clause, int Code, double Count, string ExampleCase, string Zh, string En);

/// <summary>Result of the yearly assessment for a group (E7).</summary>
public sealed record AssessmentFigures(
    string Town,
    string Round,
    int Year,
    PostClass Group,
    double Graded,
    double NotGraded,
    double ExcellentCap,
    double Excellent,
    double Competent,
    double BasicallyCompetent,
    double NotCompetent
);

/// <summary>Figures by week; every array has one entry for each of <paramref name="Weeks"/>, which are Mondays. The first and the last week
/// may be short.</summary>
public sealed record WeeklyFigures(
    ImmutableArray<DateOnly> Weeks,
    ImmutableArray<TownWeeks> Towns,
    ImmutableArray<WorkplaceWeeks> Workplaces
);

/// <param name="Backlog">Cases open at the end of the week.</param>
/// <param name="OnTimeShare">The share of <see cref="FigureDefinitions.OnTimeShare"/> for one week: of its decisions and of what is open
/// past its limit at its end; null without any.</param>
/// <param name="OpenOverdue">Cases open past their limit at the end of the week.</param>
/// <param name="P50Days">Over the cases decided in the week.</param>
public sealed record TownWeeks(
    string Town,
    ImmutableArray<double> Opened,
    ImmutableArray<double> Ended,
    ImmutableArray<double> Backlog,
    ImmutableArray<double?> OnTimeShare,
    ImmutableArray<double?> P50Days,
    ImmutableArray<double?> P90Days,
    ImmutableArray<double> OpenOverdue
);

public sealed record WorkplaceWeeks(string Town, string Workplace, ImmutableArray<double?> StaffUse);

/// <summary>Something that must always hold and did not.</summary>
/// <param name="Replication">1-based.</param>
/// <param name="Clause">Clause that asks for it.</param>
/// <param name="Rule">Durable name: <c>cases-add-up</c>, <c>certificate-missing</c> …</param>
public sealed record Breach(int Replication, string Clause, string Rule, string Town, string Zh, string En);
