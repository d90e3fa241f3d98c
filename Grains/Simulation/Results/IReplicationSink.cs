using TownReform.Grains.Rules;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Where a replication tells what happened, in virtual order. One sink per replication; called by one thread at a time.</summary>
public interface IReplicationSink
{
    /// <summary>Something happened on a case (an act taken, a refusal, a number set, an escalation).</summary>
    void Happened(in TraceEvent happened);

    /// <summary>A case has ended, or the run has ended with the case open; told once for each case.</summary>
    void Finished(CaseRecord record);

    /// <summary>A command was refused.</summary>
    void Refused(in RefusalRecord refused);

    /// <summary>An officer worked on a step from one moment to another; a step that was interrupted, or that several do together, is told
    /// more than once.</summary>
    void Worked(in WorkRecord worked);

    /// <summary>The run has ended with a step waiting or half done; told once for each.</summary>
    void LeftWaiting(in WaitRecord waiting);

    /// <summary>State of a workplace on the evening of a working day: minutes of people present that day, and work waiting.</summary>
    void DayClosed(in WorkplaceDay day);

    /// <summary>A request from above has reached a result, or the run has ended with it open; told once for each.</summary>
    void Requested(RequestRecord record);

    /// <summary>The yearly assessment of a town has closed.</summary>
    void Assessed(AssessmentView result);
}

/// <param name="Activity">Act code of the procedure (<c>accept</c>, <c>grant</c>), or <c>open</c>, <c>certificate-numbered</c>,
/// <c>escalated</c>, <c>handed-over</c>, <c>refused</c>.</param>
/// <param name="Workplace">Key of the workplace without the world (<c>yandian/government-service</c>); null when a citizen acted.</param>
/// <param name="At">When it was done: the end of the work on it.</param>
/// <param name="Officers">Who did it; a citizen's act names the party; of what the system did, to whom it gave the case, if to
/// anybody.</param>
/// <param name="By">What kind of actor did it; one rule for every automatic act (a limit that fell due, a colour of the clock, a hand-over,
/// a number): the system.</param>
/// <param name="Enabled">When the step became possible; null for an opening.</param>
/// <param name="Start">When the first of the work on it began; null where no time is spent.</param>
/// <param name="Minutes">Office minutes of that work.</param>
public readonly record struct TraceEvent(
    string Town,
    string Case,
    string Procedure,
    string Item,
    string Activity,
    DateTimeOffset At,
    string? Workplace,
    IReadOnlyList<string> Officers,
    ActorKind By,
    DateTimeOffset? Enabled = null,
    DateTimeOffset? Start = null,
    double? Minutes = null
);

/// <summary>Who acts.</summary>
public enum ActorKind
{
    Officer = 1,
    Party = 2,

    /// <summary>Nobody: a rule whose moment has come.</summary>
    System = 3,
}

/// <summary>One case, as it ended or as it stood at the end of the run: a row of <c>cases.csv</c>.</summary>
public sealed record CaseRecord
{
    public required string Town { get; init; }
    public required string Number { get; init; }
    public required string Procedure { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required bool Organisation { get; init; }
    public required bool Green { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required Disposition Disposition { get; init; }
    public required string Step { get; init; }
    public required string? Ending { get; init; }

    /// <summary>Decided within its limit; false also for a case open past it; null while it is open within it, when it was not decided,
    /// or when no limit applied.</summary>
    public required bool? OnTime { get; init; }

    /// <summary>Days of the limit that were used, stops not counted, in the limit's unit.</summary>
    public required int UsedDays { get; init; }

    /// <summary>Days of the limit.</summary>
    public required int? LimitDays { get; init; }
    public required DayUnit LimitUnit { get; init; }
    public required int Visits { get; init; }
    public required int Acts { get; init; }
    public required int Refusals { get; init; }
    public required string? Certificate { get; init; }
    public required decimal Fine { get; init; }

    /// <summary>First day past the limit, when it was passed; null while it is kept or when none applies.</summary>
    public DateOnly? LateOn { get; init; }
}

public readonly record struct RefusalRecord(string Town, string? Case, string Procedure, string Act, DateTimeOffset At, Refusal Refusal);

/// <param name="Minutes">Office minutes worked in this stretch.</param>
/// <param name="IsLead">The officer who has the step; the others who do it together with them are told beside.</param>
/// <param name="Finished">The step's work is done; otherwise it was interrupted, and what is done stays with the case.</param>
/// <param name="Asked">Minutes that the step's work takes in all.</param>
public readonly record struct WorkRecord(
    string Town,
    string Workplace,
    string Officer,
    string Case,
    string Step,
    DateTimeOffset From,
    DateTimeOffset Until,
    double Minutes,
    bool IsLead,
    bool Finished,
    double Asked
)
{
    public string Procedure { get; init; } = "";

    /// <summary>The role that the step asks for.</summary>
    public string Role { get; init; } = "";

    /// <summary>Roles of the officer.</summary>
    public IReadOnlyCollection<string> OfficerRoles { get; init; } = [];

    /// <summary>Office minutes from the moment when the step became possible, less those worked on it; of a step that is
    /// finished.</summary>
    public double Waited { get; init; }
}

/// <summary>A step that waits at the end of the run.</summary>
/// <param name="Waited">Office minutes since it became possible, less those worked on it.</param>
public readonly record struct WaitRecord(string Town, string Workplace, string Procedure, string Step, string Role, double Waited);

/// <param name="PresentMinutes">Working minutes of the people present that day.</param>
/// <param name="BusyMinutes">Of those, minutes worked.</param>
/// <param name="Waiting">Tasks waiting for an officer at the close of the day.</param>
/// <param name="People">People who belong to it.</param>
/// <param name="Absent">Of those, away that day.</param>
/// <param name="Away">Who they are.</param>
/// <param name="OfficeMinutes">For how long the office was open that day.</param>
public readonly record struct WorkplaceDay(
    string Town,
    string Workplace,
    DateOnly Day,
    double PresentMinutes,
    double BusyMinutes,
    int Waiting,
    int People,
    int Absent,
    IReadOnlyList<string> Away,
    double OfficeMinutes = 0,
    IReadOnlyList<RoleDay>? Roles = null
);

/// <summary>The people in one role at a workplace on a day.</summary>
/// <param name="Waiting">Steps for the role on which nobody works at the close of the day.</param>
public readonly record struct RoleDay(string Role, int People, double PresentMinutes, int Waiting);

/// <summary>A request of an office above the town, such as a secondment.</summary>
/// <param name="Case">Number; empty when its opening was refused.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Approved">Granted, or running as granted at the end of the run.</param>
/// <param name="Refusal">Set when its opening was refused.</param>
public sealed record RequestRecord(string Town, string Procedure, string Case, string Subject, bool Approved, Refusal? Refusal);
