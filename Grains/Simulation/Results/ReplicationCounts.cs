using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>What one replication counted, at rest: what <see cref="RunFigures"/> are made of. Rows are in rising order of their
/// codes.</summary>
/// <param name="Replication">1-based.</param>
/// <param name="FirstWeek">Monday of the first week; the arrays by week begin there.</param>
/// <param name="Weeks">Number of weeks.</param>
[GenerateSerializer, Immutable, Alias("replication-counts")]
public sealed record ReplicationCounts(
    int Replication,
    DateOnly FirstWeek,
    int Weeks,
    ImmutableArray<FlowCounts> Flows,
    ImmutableArray<TownWeekCounts> TownWeeks,
    ImmutableArray<WorkplaceCounts> Workplaces,
    ImmutableArray<RefusalCounts> Refusals,
    ImmutableArray<SecondmentCounts> Secondments,
    ImmutableArray<AssessmentView> Assessments,
    ImmutableArray<CertificateCounts> Certificates,
    ImmutableArray<RepeatCounts> Repeats,
    ImmutableArray<EarlyCounts> Early
)
{
    /// <summary>Waits and work of each role at each workplace.</summary>
    [Id(12)]
    public ImmutableArray<RoleCounts> Roles { get; init; } = [];
}

/// <summary>One refusal that came again and again on the same cases.</summary>
/// <param name="Cases">Cases on which it came at least <see cref="StandstillTally.Again"/> times.</param>
/// <param name="Most">How often it came on the case that it came on most.</param>
[GenerateSerializer, Immutable, Alias("repeat-counts")]
public sealed record RepeatCounts(
    string Town,
    string Procedure,
    string Act,
    string Clause,
    RefusalCode Code,
    long Cases,
    int Most,
    string ExampleCase,
    Words Because
);

/// <summary>Cases of one kind that came early enough to have ended.</summary>
[GenerateSerializer, Immutable, Alias("early-counts")]
public sealed record EarlyCounts(string Town, string Kind, long Opened, long StillOpen);

/// <summary>Cases of one procedure in one town.</summary>
[GenerateSerializer, Immutable, Alias("flow-counts")]
public sealed record FlowCounts
{
    [Id(0)]
    public required string Town { get; init; }

    [Id(1)]
    public required string Procedure { get; init; }

    /// <summary>Cases whose opening was told while the run went on; the ends are counted apart from it, so that the two can be
    /// compared.</summary>
    [Id(2)]
    public required long Opened { get; init; }

    [Id(3)]
    public required long Decided { get; init; }

    [Id(4)]
    public required long Withdrawn { get; init; }

    [Id(5)]
    public required long Transferred { get; init; }

    [Id(6)]
    public required long Open { get; init; }

    /// <summary>Decided within the limit.</summary>
    [Id(7)]
    public required long OnTime { get; init; }

    /// <summary>Decided after the limit.</summary>
    [Id(8)]
    public required long Late { get; init; }

    /// <summary>Open at the end with more days used than the limit has.</summary>
    [Id(9)]
    public required long OpenOverdue { get; init; }

    /// <summary>Visits to the hall for the decided cases (B6).</summary>
    [Id(10)]
    public required long Visits { get; init; }

    /// <summary>Yuan imposed by decided cases.</summary>
    [Id(11)]
    public required decimal Fines { get; init; }

    /// <summary>Opening to end of the decided cases.</summary>
    [Id(12)]
    public required CycleHistogram Cycle { get; init; }

    /// <summary>Not a party's case: a secondment, a change of powers. Figures of parties' cases leave it out.</summary>
    [Id(13)]
    public required bool Internal { get; init; }
}

/// <summary>One town's parties' cases by week. Opened counts to the week of opening, everything else to the week of the end.</summary>
/// <param name="Overdue">Cases that passed their limit in the week less those past it that ended in it: summed up it is the cases open past
/// their limit.</param>
[GenerateSerializer, Immutable, Alias("town-week-counts")]
public sealed record TownWeekCounts(
    string Town,
    ImmutableArray<long> Opened,
    ImmutableArray<long> Ended,
    ImmutableArray<long> OnTime,
    ImmutableArray<long> Late,
    ImmutableArray<CycleHistogram> Cycle,
    ImmutableArray<long> Overdue
);

/// <summary>One bureau or county office.</summary>
/// <param name="People">People who belonged to it on the last day told.</param>
/// <param name="Days">Working days told.</param>
/// <param name="PersonDays">People, summed over the days.</param>
/// <param name="AbsentDays">People away, summed over the days.</param>
/// <param name="Waiting">Tasks waiting at the close of the day, summed over the days.</param>
/// <param name="Tasks">Steps whose work was finished there.</param>
[GenerateSerializer, Immutable, Alias("workplace-counts")]
public sealed record WorkplaceCounts(
    string Town,
    string Workplace,
    int People,
    int Days,
    long PersonDays,
    long AbsentDays,
    long Waiting,
    int MaxWaiting,
    long Tasks,
    ImmutableArray<double> PresentMinutes,
    ImmutableArray<double> BusyMinutes
);

/// <summary>Refusals of one clause and code in one town.</summary>
[GenerateSerializer, Immutable, Alias("refusal-counts")]
public sealed record RefusalCounts(string Town, string Clause, RefusalCode Code, long Count, RefusalExample Example);

/// <summary>The first refusal of its kind.</summary>
/// <param name="Case">Number of the case; null when no case came to be.</param>
[GenerateSerializer, Immutable, Alias("refusal-example")]
public sealed record RefusalExample(string Town, string? Case, string Procedure, string Act, DateTimeOffset At, Words Because);

/// <summary>Secondments of one town (E1–E4).</summary>
/// <param name="Declined">Not approved, without a rule that forbade it: the committee or the county said no.</param>
[GenerateSerializer, Immutable, Alias("secondment-counts")]
public sealed record SecondmentCounts(string Town, long Approved, long Declined, ImmutableArray<SecondmentRefusals> Refused);

[GenerateSerializer, Immutable, Alias("secondment-refusals")]
public sealed record SecondmentRefusals(string Clause, RefusalCode Code, long Count, string Case, Words Because);

/// <summary>Certificate numbers of one town, as its cases carry them (B1). Lists hold the first cases found, ten at most.</summary>
/// <param name="Granted">Cases that ended with a grant or an imposed penalty.</param>
/// <param name="Numbers">Different numbers carried.</param>
[GenerateSerializer, Immutable, Alias("certificate-counts")]
public sealed record CertificateCounts(
    string Town,
    long Granted,
    long Numbers,
    long Missing,
    long Repeated,
    long Unfounded,
    ImmutableArray<string> MissingOn,
    ImmutableArray<string> RepeatedOn,
    ImmutableArray<string> UnfoundedOn
);
