using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>One case, whole life, of any procedure. Keyed world/number. Authority is checked again at the moment of decision.</summary>
[Alias("case")]
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>Does one act of the present step. Every refusal of an act is recorded on the case (I2).</summary>
    [Alias("act")]
    Task<Outcome<CaseView>> ActAsync(ActOnCase command);

    [ReadOnly, Alias("read")]
    Task<Outcome<CaseView>> ReadAsync();

    /// <summary>
    /// Which acts somebody may do now, and why not the others: asked in the order in which <see cref="ActAsync"/> asks, save what depends
    /// on fields that are filled in for the act. Never recorded.
    /// </summary>
    /// <param name="stamp">Who would act, and when; the id is not used up.</param>
    [ReadOnly, Alias("ask")]
    Task<Outcome<AskedActs>> AskAsync(Stamp stamp);

    /// <summary>Who of the town's staff may be named in a field of an act, such as the second officer: those whom the act itself would take
    /// (<see cref="ActAsync"/>). Nobody where the act is not possible now, or not by whoever asks. Never recorded.</summary>
    /// <param name="stamp">Who would act, and when; the id is not used up.</param>
    /// <param name="act">Code of the act.</param>
    /// <param name="field">Name of its field.</param>
    [ReadOnly, Alias("ask-who")]
    Task<Outcome<NameablePeople>> AskWhoAsync(Stamp stamp, string act, string field);

    /// <summary>What <see cref="ActAsync"/> would answer to the same command, refusals included. Never recorded; the id is not used
    /// up.</summary>
    [ReadOnly, Alias("foresee")]
    Task<Outcome<CaseOutlook>> ForeseeAsync(ActOnCase command);

    /// <summary>The case as it stood at an earlier moment of its record. Refused where the case has no such record, or was not opened
    /// yet.</summary>
    [ReadOnly, Alias("read-at")]
    Task<Outcome<CaseView>> ReadAtAsync(AsOf asOf);

    /// <summary>The limits of the case and of its present step, each with every day from its start to its last: counted, of rest, or stood
    /// still and by which record (B5).</summary>
    /// <param name="asOf">The record or moment at which to look, as for <see cref="ReadAtAsync"/>; for today the town's own time.</param>
    [ReadOnly, Alias("clock-days")]
    Task<Outcome<ClockDays>> ClockDaysAsync(AsOf asOf);

    /// <summary>What happened on the case above a version, in order, refusals included (I2); at most 500 records at a time, none at the
    /// end.</summary>
    /// <param name="afterVersion">The last version that the client has; 0 for all.</param>
    [ReadOnly, Alias("history")]
    Task<Outcome<CaseHistory>> HistoryAsync(long afterVersion);

    /// <summary>The documents (文书) that the case has issued so far, oldest first.</summary>
    [ReadOnly, Alias("documents")]
    Task<Outcome<CaseDocuments>> DocumentsAsync();

    /// <summary>
    /// Answers as soon as the case has more records than <paramref name="afterVersion"/> or has ended, and otherwise when the time is over:
    /// for clients that show a
    /// case while others work on it, instead of reading it again and again. Other calls go on meanwhile.
    /// </summary>
    /// <param name="afterVersion">The <see cref="CaseView.Version"/> that the client has; 0 for any.</param>
    /// <param name="atMost">How long to wait; more than 5 s is taken as 5 s, less than nothing as nothing.</param>
    [AlwaysInterleave, Alias("watch")]
    Task<Outcome<CaseView>> WatchAsync(long afterVersion, TimeSpan atMost);
}

/// <summary>An earlier moment of a record.</summary>
/// <param name="Version">Right after the record of that number, on its day.</param>
/// <param name="At">Right after the last record up to that moment, on the town's day of that moment. Counts where
/// <paramref name="Version"/> is null.</param>
[GenerateSerializer, Immutable, Alias("as-of")]
public sealed record AsOf(long? Version, DateTimeOffset? At = null);

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Town">Town code.</param>
/// <param name="Procedure">Procedure code, such as <c>permit</c>.</param>
/// <param name="Subject">What it is about: an item code, or the staff id for a secondment.</param>
/// <param name="Party">Applicant or party.</param>
/// <param name="Green">Green channel (B9).</param>
/// <param name="Fields">What the procedure asks for at the start.</param>
[GenerateSerializer, Immutable, Alias("open-case")]
public sealed record OpenCase(
    Stamp Stamp,
    string Town,
    string Procedure,
    string Subject,
    Party Party,
    bool Green,
    ImmutableArray<Field> Fields
);

/// <summary>Whom the case is about or for.</summary>
[GenerateSerializer, Immutable, Alias("party")]
public sealed record Party(string Id, string Name, bool Organisation);

/// <param name="Act">Code of the act.</param>
/// <param name="AtVersion">The version of the case that the actor has seen: when it has moved on since, the act is refused and not recorded
/// (<see cref="RefusalCode.CaseMovedOn"/>). Null for whatever it is now.</param>
[GenerateSerializer, Immutable, Alias("act-on-case")]
public sealed record ActOnCase(Stamp Stamp, string Act, ImmutableArray<Field> Fields, long? AtVersion = null);

/// <summary>How a case ended, as the conservation check counts it.</summary>
public enum Disposition
{
    Open = 1,
    Decided = 2,
    Withdrawn = 3,
    Transferred = 4,
}

/// <summary>Colour of the running limit.</summary>
public enum ClockColour
{
    /// <summary>No limit runs, or it is far.</summary>
    Green = 1,
    Amber = 2,
    Red = 3,

    /// <summary>Past the limit; told to the head of the organ.</summary>
    Overdue = 4,

    /// <summary>Still overdue; told to supervision.</summary>
    Supervised = 5,
}

/// <summary>A case as it stands.</summary>
/// <param name="Version">Number of records on its stream, refusals included.</param>
/// <param name="Workplace">Key of the workplace that has it, without the world; null when ended.</param>
/// <param name="Ending">Code of the end step, null while open.</param>
/// <param name="LateEntries">How many of its acts were entered late (补录); each is marked in the history.</param>
/// <param name="ClockUnknown">The working-day calendar doesn't reach far enough for the limits that run.</param>
/// <param name="StepLimit">The figure that sets the present step's limit, in the version under which the step began; null where no figure
/// does.</param>
/// <param name="LawLimit">The figure that sets the case's limit by law, in the version under which it began; null where the item's own law
/// does.</param>
/// <param name="ProcedureVersion">Version of the procedure that the case was opened by and keeps.</param>
/// <param name="Agent">Who may act for the party: the case keeps the authorisation (B4). Null for nobody.</param>
[GenerateSerializer, Immutable, Alias("case-view")]
public sealed record CaseView(
    string Number,
    string Town,
    string Procedure,
    string Kind,
    string Subject,
    int ItemVersion,
    long Version,
    string Step,
    string? Workplace,
    ImmutableArray<string> Officers,
    Disposition Disposition,
    string? Ending,
    bool Frozen,
    ClockColour Colour,
    DateOnly? Due,
    ClockView Clock,
    int Visits,
    string? Certificate,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    Party Party,
    ImmutableArray<Field> Fields,
    bool ClockUnknown = false,
    LimitView? StepLimit = null,
    LimitView? LawLimit = null,
    int LateEntries = 0,
    int ProcedureVersion = 0,
    string? Agent = null
);

/// <summary>The case's own limit so far.</summary>
/// <param name="Used">Days used, stops not counted; final once the case is decided.</param>
/// <param name="Limit">Days of the promised limit with any extension; 0 when none applies.</param>
/// <param name="CalendarDays">True for calendar days, false for working days.</param>
/// <param name="Started">Whether the clock has started.</param>
/// <param name="Ended">Whether the case was decided.</param>
/// <param name="Running">Whether a day that passes is a day used: started, neither stopped nor ended.</param>
[GenerateSerializer, Immutable, Alias("clock-view")]
public sealed record ClockView(int Used, int Limit, bool CalendarDays, bool Started, bool Ended, bool Running = false);

/// <summary>The figure that sets a limit, in the version that holds for it.</summary>
/// <param name="Figure">Its name, such as <c>penalty.hearing-request.days</c>.</param>
/// <param name="Article">Text and article then in force, such as <c>行政处罚法(2017) §42</c>.</param>
/// <param name="Own">The town's own rule, not statute.</param>
/// <param name="Verify">A lawyer must still confirm the figure.</param>
[GenerateSerializer, Immutable, Alias("limit-view")]
public sealed record LimitView(string Figure, int Days, bool CalendarDays, string Article, bool Own, bool Verify);
