using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>
/// A procedure as data: steps, who may act, acts and where they lead, limits, and the rules and effects to ask by name.
/// Loaded from <c>seeds/procedures/*.yaml</c> and checked whole: every step and end reachable, every name bound.
/// </summary>
/// <param name="Kinds">Kinds of subject that it takes: permit, penalty, confirmation, payment, retained, staff, power.</param>
/// <param name="Route"><c>town</c> when the town decides, <c>county</c> when the county does (A6 and the pre-reform route), <c>internal</c>
/// otherwise.</param>
/// <param name="OpenRules">Rules asked when a case is opened.</param>
/// <param name="OpenNeeds">Fields that opening must carry.</param>
/// <param name="OpenTakes">Fields that opening may carry.</param>
/// <param name="OpenedBy">Who may open: <c>public</c>, <c>county</c>, <c>system</c>, or a role of the town's staff.</param>
/// <param name="Anywhere">Acts possible in every step that is not an end, such as withdrawing.</param>
/// <param name="Law">The statute that it is of, by its file under <c>seeds/law</c>: a decision's record cites its text then in force. Null
/// where none is.</param>
public sealed record Procedure(
    string Code,
    int Version,
    Words Name,
    ImmutableArray<string> Kinds,
    string Route,
    string Start,
    ImmutableArray<string> OpenedBy,
    ImmutableArray<string> OpenRules,
    ImmutableArray<string> OpenNeeds,
    ImmutableArray<string> OpenTakes,
    FrozenDictionary<string, FieldRule> Fields,
    FrozenDictionary<string, StepRule> Steps,
    FrozenDictionary<string, EndRule> Ends,
    FrozenDictionary<string, ActRule> Anywhere,
    string? Law = null
)
{
    /// <summary>The figures that its limits and numbers of hands name.</summary>
    public IEnumerable<FigureName> Figures =>
        Steps
            .Values.SelectMany(s =>
                s.Hands.Figures.Concat(s.Limit?.Figures ?? []).Concat(s.Acts.Values.SelectMany(a => a.Extends?.Figures ?? []))
            )
            .Concat(Anywhere.Values.SelectMany(a => a.Extends?.Figures ?? []));

    /// <summary>What its cases are about.</summary>
    public Subject Subject { get; } = Subject.Of(Kinds);

    /// <summary>The rules of <see cref="OpenRules"/>, bound.</summary>
    public AskedRules OpenAsks { get; init; } = AskedRules.None;

    /// <summary>What its matter says of it beyond its file.</summary>
    public DeclaredProcedure Declared { get; init; } = DeclaredProcedure.None;

    /// <summary>SHA-256 (hex, lower case) over what the file says; comments and layout are no part of it.</summary>
    public string Hash { get; init; } = "";

    /// <summary>A version that the seeds don't hold: no step is known, so nothing can be done by it.</summary>
    public static Procedure Missing(string code, int version) =>
        new(
            code,
            version,
            new(code, code),
            [],
            "",
            "",
            [],
            [],
            [],
            [],
            FrozenDictionary<string, FieldRule>.Empty,
            FrozenDictionary<string, StepRule>.Empty,
            FrozenDictionary<string, EndRule>.Empty,
            FrozenDictionary<string, ActRule>.Empty
        );

    /// <summary>The act of that name at a step: the step's own, else one that is possible anywhere; null when there is none.</summary>
    public ActRule? ActAt(string step, string act) =>
        Steps.GetValueOrDefault(step)?.Acts.GetValueOrDefault(act) ?? Anywhere.GetValueOrDefault(act);
}

/// <summary>A field that acts carry. Types: text, list, date, money, number, flag, staff, account, limit; or a closed set of
/// <paramref name="Values"/>.</summary>
public sealed record FieldRule(string Name, FieldType Type, Words Label, ImmutableArray<string> Values);

public enum FieldType
{
    Text = 1,
    List = 2,
    Date = 3,
    Money = 4,
    Number = 5,
    Flag = 6,
    Staff = 7,
    Choice = 8,
    Limit = 9,
}

/// <summary>One step of a procedure.</summary>
/// <param name="At">Workplace: <c>duty:service</c> (the organ with that duty), <c>item</c> (the item's bureau), <c>county</c> (the item's
/// county department), <c>county-duty:organisation</c>, or <c>outside</c> when the case waits for the party (watched by the workplace
/// before).</param>
/// <param name="Role">Role that does it; for outside steps who is waited for: <c>public</c>.</param>
/// <param name="Hands">How many officers do it together, by the law of the day.</param>
/// <param name="Certificates">Certificates that each of them needs; <c>item</c> adds those of the item that the step's role asks
/// for.</param>
/// <param name="SeparateFrom">Steps whose officers may not do this one.</param>
/// <param name="Limit">Limit of this step by itself, if any: the figure as it stood when the step began.</param>
/// <param name="LimitField">Name of a date field whose day is the step's last (secondment: until).</param>
/// <param name="OnExpiry">Act done by the system when the step's limit has passed; null: it turns overdue and escalates.</param>
/// <param name="Work">Name of the work, for service times in scenarios; null when no time is spent.</param>
/// <param name="NextWorkingDay">A limit in calendar days that ends on a day of rest ends on the next working day (民法典 §203): for whoever
/// has to act towards the authority.</param>
public sealed record StepRule(
    string Code,
    Words Name,
    string At,
    string Role,
    HandsRule Hands,
    ImmutableArray<string> Certificates,
    ImmutableArray<string> SeparateFrom,
    LimitRule? Limit,
    string? LimitField,
    string? OnExpiry,
    string? Work,
    FrozenDictionary<string, ActRule> Acts,
    bool NextWorkingDay = false
);

/// <summary>One act of a step.</summary>
/// <param name="To">Next step or end.</param>
/// <param name="By">Who may do it; empty: the step's role. <c>public</c>, <c>system</c>, <c>county</c>, or roles.</param>
/// <param name="Clock">What it does to the case's clock: start, stop, run, end, or null for nothing.</param>
/// <param name="When">Conditions on fields: the act exists only for those values.</param>
/// <param name="Rules">Rules asked by name.</param>
/// <param name="Effects">Effects that leave with the event, by name.</param>
/// <param name="Decides">True for the act that exercises the power: authority is checked at this instant.</param>
/// <param name="Visit">True when the party came to the hall for it (B6 counts visits).</param>
/// <param name="Extends">By how much it lengthens the limit, where it does.</param>
public sealed record ActRule(
    string Code,
    Words Name,
    string To,
    ImmutableArray<string> By,
    ClockAct? Clock,
    FrozenDictionary<string, ImmutableArray<string>> When,
    ImmutableArray<string> Needs,
    ImmutableArray<string> Takes,
    ImmutableArray<string> Rules,
    ImmutableArray<string> Effects,
    bool Decides,
    bool Visit,
    LimitRule? Extends = null
)
{
    /// <summary>The rules of <see cref="Rules"/>, bound.</summary>
    public AskedRules Asks { get; init; } = AskedRules.None;

    /// <summary>The effects of <see cref="Effects"/>, bound.</summary>
    public ImmutableArray<NamedEffect> Causes { get; init; } = [];

    /// <summary>What has to be gathered for its rules and effects.</summary>
    public FactNeeds Facts { get; init; }

    /// <summary>Fields that name staff whose facts its rules and effects read.</summary>
    public ImmutableArray<string> People { get; init; } = [];
}

public enum ClockAct
{
    Start = 1,
    Stop = 2,
    Run = 3,
    End = 4,

    /// <summary>Starts on the day of receipt: silence counts as acceptance (行政许可法 §32).</summary>
    StartAtReceipt = 5,

    /// <summary>Lengthens the limit, once (行政许可法 §42).</summary>
    Extend = 6,
}

/// <summary>An end of a procedure, and how the conservation check counts it.</summary>
/// <param name="Granted">True when the power was exercised in the party's favour or the penalty imposed: a certificate or decision number
/// is due.</param>
public sealed record EndRule(string Code, Words Name, Disposition Disposition, bool Granted);
