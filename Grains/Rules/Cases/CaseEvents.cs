using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Something that happened on a case. Self-contained: replay needs no procedure file.</summary>
public abstract record CaseEvent : IRecorded
{
    /// <inheritdoc/>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Schema version of the payload.</summary>
    [JsonPropertyName("v"), JsonPropertyOrder(-1)]
    public int Schema { get; init; } = 1;
}

/// <summary>The case was received.</summary>
public sealed record CaseOpened(
    string Number,
    string Town,
    string Procedure,
    int ProcedureVersion,
    string ItemKind,
    string Subject,
    int ItemVersion,
    TimeLimit Promised,
    TimeLimit Statutory,
    Party Party,
    bool Green,
    string Step,
    string? Workplace,
    ImmutableArray<string> Officers,
    Guid CommandId,
    DateTimeOffset At,
    DateOnly Day,
    ImmutableArray<Field> Fields
) : CaseEvent
{
    public const string Name = "case.opened";

    /// <summary>The party did not come to the hall for it (B6): somebody else brought the case, or it was handed in elsewhere. Older
    /// records lack it and count a visit.</summary>
    public bool WithoutVisit { get; init; }

    /// <summary>Who acts for the party by the authorisation that was handed in (B4); empty for nobody. Older records don't say
    /// it.</summary>
    public string? Agent { get; init; }

    /// <summary>It is a late entry (补录); reason and paper stand on the record itself.</summary>
    public bool Late { get; init; }

    /// <summary>Who owns it (承办人), where its procedure has steps of the owner.</summary>
    public string? Owner { get; init; }

    /// <summary>The case's clock started with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StartsClock { get; init; }

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>An act was done and led to a step or an end.</summary>
/// <param name="By">Who did it: the actor, then who was with them.</param>
/// <param name="ExtendedDays">Days that this act added to the limit.</param>
public sealed record ActTaken(
    string Act,
    string From,
    string To,
    ImmutableArray<string> By,
    string? Workplace,
    ImmutableArray<string> Officers,
    ClockAct? Clock,
    int ExtendedDays,
    bool Visit,
    Disposition Disposition,
    bool Granted,
    ClockColour Colour,
    DateTimeOffset At,
    DateOnly Day,
    int StoppedDays,
    int StatutoryStoppedDays,
    ImmutableArray<Field> Fields
) : CaseEvent
{
    public const string Name = "case.act-taken";

    /// <summary>The act exercised the power: from here on only the outcome is carried out.</summary>
    public bool Decides { get; init; }

    /// <summary>The limit by law where it began on another day than the case, under another version. Null where it is as at the
    /// opening.</summary>
    public TimeLimit? Statutory { get; init; }

    /// <summary>The statute's text under which it was decided, such as <c>行政处罚法(2017)</c>. Null where nothing is decided, where no statute
    /// is named, and on older records.</summary>
    public string? Law { get; init; }

    /// <summary>It is a late entry (补录); reason and paper stand on the record itself.</summary>
    public bool Late { get; init; }

    /// <summary>The town's seal was set on it and the certificate numbered in the same commit (B1). Null where nothing is numbered, and
    /// where the seal is on another silo: then <see cref="CertificateSet"/> follows.</summary>
    public string? Certificate { get; init; }

    /// <summary>The step goes on: its begin, its time and whoever does it are as before.</summary>
    public bool Stays { get; init; }

    /// <summary>Who owns the case from now on; null where that didn't change.</summary>
    public string? Owner { get; init; }

    /// <summary>Who acts for the party from now on (B4), empty for nobody; null where that didn't change.</summary>
    public string? Agent { get; init; }

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>An act was refused; nothing changed but the record (I2).</summary>
public sealed record ActRefused(string Act, string By, Refusal Refusal, DateTimeOffset At) : CaseEvent
{
    public const string Name = "case.act-refused";

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>The running limit changed colour; overdue was told to the head, then to supervision (B5), for county steps to the leading group
/// (A6).</summary>
/// <param name="ToldTo">Who was told: <c>head</c>, <c>leading-group</c>, <c>supervision</c>; null for amber and red.</param>
public sealed record ClockTurned(ClockColour Colour, DateOnly Due, string? ToldTo, DateTimeOffset At) : CaseEvent
{
    public const string Name = "case.clock-turned";

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>The present step was handed to other officers: while somebody is away (E5), or by the head of the office.</summary>
public sealed record CaseHandedOver(ImmutableArray<string> From, ImmutableArray<string> To, DateTimeOffset At) : CaseEvent
{
    public const string Name = "case.handed-over";

    /// <summary>Who owns the case from now on; null where that didn't change.</summary>
    public string? Owner { get; init; }

    /// <summary>The head of the office gave it to them (改派). Its workplace takes it as a step of its own, so that what it has under way
    /// for the officers before comes too late.</summary>
    public bool ByHead { get; init; }

    /// <summary>Why the head did; null where they didn't say.</summary>
    public string? Reason { get; init; }

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>The power behind the case changed, and the case stands still or goes on (A4). Handing back is an act of its own.</summary>
/// <param name="Frozen">True from now on the case stands still; false it goes on.</param>
/// <param name="StoppedDays">Days that its clock stood still for the power's sake, in the promised limit's unit; 0 where it stood still
/// anyway.</param>
/// <param name="StepStoppedDays">Days that the present step stood still, in its own limit's unit.</param>
public sealed record PowerFollowed(
    PowerChange Change,
    DateOnly From,
    bool Frozen,
    DateTimeOffset At,
    DateOnly Day,
    int StoppedDays,
    int StatutoryStoppedDays,
    int StepStoppedDays,
    ClockColour Colour
) : CaseEvent
{
    public const string Name = "case.power-followed";

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>The running limit's last day, or the next look at it, moved with the seeds: a holiday was announced, a figure of law corrected
/// (B5). The limit itself is as before.</summary>
/// <param name="Because"><c>calendar</c>, <c>law</c>, or <c>release</c> when an earlier release hadn't recorded the calendar.</param>
/// <param name="From">Due day as it was known; null when none could be counted.</param>
/// <param name="To">Due day now.</param>
/// <param name="Days">Days within the limit that work now and did not, or did and don't; the first of them.</param>
/// <param name="Colour">Never worse than before: a worse one is told when it is recorded as one.</param>
public sealed record DueDayMoved(
    string Because,
    DateOnly? From,
    DateOnly? To,
    ImmutableArray<MovedDay> Days,
    ClockColour Colour,
    DateTimeOffset At
) : CaseEvent
{
    public const string Name = "case.due-day-moved";

    [JsonIgnore]
    public override string Kind => Name;
}

/// <summary>The town's seal was set and the certificate numbered (B1), after the decision: the seal was on another silo than the
/// case.</summary>
public sealed record CertificateSet(string Certificate, DateTimeOffset At) : CaseEvent
{
    public const string Name = "case.certificate-set";

    [JsonIgnore]
    public override string Kind => Name;
}
