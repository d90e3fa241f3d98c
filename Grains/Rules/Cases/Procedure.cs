using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>
/// A procedure as data: steps, who may act, acts and where they lead, limits, and the rules and effects to ask by name.
/// Loaded from <c>seeds/procedures/*.yaml</c> and checked whole: every step and end reachable, every name bound.
/// </summary>
public sealed record Procedure
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required Words Name { get; init; }

    /// <summary>Kinds of subject that it takes: permit, penalty, confirmation, payment, retained, staff, power.</summary>
    public required ImmutableArray<string> Kinds
    {
        get;
        init => (field, Subject) = (value, Subject.Of(value));
    }

    /// <summary><c>town</c> when the town decides, <c>county</c> when the county does (A6 and the pre-reform route), <c>internal</c>
    /// otherwise.</summary>
    public required string Route { get; init; }
    public required string Start { get; init; }

    /// <summary>Who may open: <c>public</c>, <c>county</c>, <c>system</c>, or a role of the town's staff.</summary>
    public required ImmutableArray<string> OpenedBy { get; init; }

    /// <summary>Rules asked when a case is opened.</summary>
    public required ImmutableArray<string> OpenRules { get; init; }

    /// <summary>Fields that opening must carry.</summary>
    public required ImmutableArray<string> OpenNeeds { get; init; }

    /// <summary>Fields that opening may carry.</summary>
    public required ImmutableArray<string> OpenTakes { get; init; }
    public required FrozenDictionary<string, FieldRule> Fields { get; init; }
    public required FrozenDictionary<string, StepRule> Steps
    {
        get;
        init => (field, HasOwner) = (value, value.Values.Any(s => s.At.Kind == PlaceKind.Owner));
    }

    public required FrozenDictionary<string, EndRule> Ends { get; init; }

    /// <summary>Acts possible in every step that is not an end, such as withdrawing.</summary>
    public required FrozenDictionary<string, ActRule> Anywhere { get; init; }

    /// <summary>The statute that it is of, by its file under <c>seeds/law</c>: a decision's record cites its text then in force. Null
    /// where none is.</summary>
    public string? Law { get; init; }

    /// <summary>The figures that its limits and numbers of hands name.</summary>
    public IEnumerable<FigureName> Figures =>
        Steps
            .Values.SelectMany(s =>
                s.Hands.Figures.Concat(s.Limit?.Figures ?? []).Concat(s.Acts.Values.SelectMany(a => a.Extends?.Figures ?? []))
            )
            .Concat(Anywhere.Values.SelectMany(a => a.Extends?.Figures ?? []))
            .Concat(Promise?.Figures ?? []);

    /// <summary>What its cases are about.</summary>
    public Subject Subject { get; private init; } = Subject.Nothing;

    /// <summary>The rules of <see cref="OpenRules"/>, bound.</summary>
    public AskedRules OpenAsks { get; init; } = AskedRules.None;

    /// <summary>Whether its cases have an owner: one of the town's people, who opened it or took it over.</summary>
    public bool HasOwner { get; private init; }

    /// <summary>The limit that the town promises for the whole case, where no item has one.</summary>
    public LimitRule? Promise { get; init; }

    /// <summary>The case's clock starts when it is opened.</summary>
    public bool OpenStartsClock { get; init; }

    /// <summary>Labels by which lists can ask for its cases: of its matter, or fields.</summary>
    public ImmutableArray<CaseLabelRule> Labels { get; init; } = [];

    /// <summary>What its matter says of it beyond its file.</summary>
    public DeclaredProcedure Declared { get; init; } = DeclaredProcedure.None;

    /// <summary>SHA-256 (hex, lower case) over what the file says; comments and layout are no part of it.</summary>
    public string Hash { get; init; } = "";

    /// <summary>A version that the seeds don't hold: no step is known, so nothing can be done by it.</summary>
    public static Procedure Missing(string code, int version) =>
        new()
        {
            Code = code,
            Version = version,
            Name = new(code, code),
            Kinds = [],
            Route = "",
            Start = "",
            OpenedBy = [],
            OpenRules = [],
            OpenNeeds = [],
            OpenTakes = [],
            Fields = FrozenDictionary<string, FieldRule>.Empty,
            Steps = FrozenDictionary<string, StepRule>.Empty,
            Ends = FrozenDictionary<string, EndRule>.Empty,
            Anywhere = FrozenDictionary<string, ActRule>.Empty,
        };

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

    /// <summary>The code of an organ of the town or of a department above it.</summary>
    Body = 10,
}

/// <summary>One step of a procedure.</summary>
public sealed record StepRule
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>Where it is done.</summary>
    public required Place At { get; init; }

    /// <summary>Role that does it; for outside steps who is waited for: <c>public</c>; at one person's place whoever stands in for
    /// them.</summary>
    public required string Role { get; init; }

    /// <summary>How many officers do it together, by the law of the day.</summary>
    public required HandsRule Hands { get; init; }

    /// <summary>Certificates that each of them needs; <c>item</c> adds those of the item that the step's role asks for.</summary>
    public required ImmutableArray<string> Certificates { get; init; }

    /// <summary>Steps whose officers may not do this one.</summary>
    public required ImmutableArray<string> SeparateFrom { get; init; }

    /// <summary>Limit of this step by itself, if any: the figure as it stood when the step began.</summary>
    public required LimitRule? Limit { get; init; }

    /// <summary>Name of a date field whose day is the step's last (secondment: until).</summary>
    public required string? LimitField { get; init; }

    /// <summary>Act done by the system when the step's limit has passed; null: it turns overdue and escalates.</summary>
    public required string? OnExpiry { get; init; }

    /// <summary>Name of the work, for service times in scenarios; null when no time is spent.</summary>
    public required string? Work { get; init; }
    public required FrozenDictionary<string, ActRule> Acts { get; init; }

    /// <summary>A limit in calendar days that ends on a day of rest ends on the next working day (民法典 §203): for whoever has to act
    /// towards the authority.</summary>
    public bool NextWorkingDay { get; init; }
}

/// <summary>One act of a step.</summary>
public sealed record ActRule
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>Next step or end.</summary>
    public required string To { get; init; }

    /// <summary>Who may do it; empty: the step's role. <c>public</c>, <c>system</c>, <c>county</c>, or roles.</summary>
    public required ImmutableArray<string> By { get; init; }

    /// <summary>What it does to the case's clock: start, stop, run, end, or null for nothing.</summary>
    public required ClockAct? Clock { get; init; }

    /// <summary>Conditions on fields: the act exists only for those values.</summary>
    public required FrozenDictionary<string, ImmutableArray<string>> When { get; init; }
    public required ImmutableArray<string> Needs { get; init; }
    public required ImmutableArray<string> Takes { get; init; }

    /// <summary>Rules asked by name.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>Effects that leave with the event, by name.</summary>
    public required ImmutableArray<string> Effects { get; init; }

    /// <summary>True for the act that exercises the power: authority is checked at this instant.</summary>
    public required bool Decides { get; init; }

    /// <summary>True when the party came to the hall for it (B6 counts visits).</summary>
    public required bool Visit { get; init; }

    /// <summary>By how much it lengthens the limit, where it does.</summary>
    public LimitRule? Extends { get; init; }

    /// <summary>The rules of <see cref="Rules"/>, bound.</summary>
    public AskedRules Asks { get; init; } = AskedRules.None;

    /// <summary>The effects of <see cref="Effects"/>, bound.</summary>
    public ImmutableArray<NamedEffect> Causes { get; init; } = [];

    /// <summary>What has to be gathered for its rules, its effects and the place that it leads to.</summary>
    public FactNeeds Facts { get; init; }

    /// <summary>Field that names the person who owns the case after it; null: whoever did.</summary>
    public string? Owner { get; init; }

    /// <summary>The case turns amber with it, where it isn't worse already (B5).</summary>
    public bool Warns { get; init; }

    /// <summary>Fields that name staff whose facts are read.</summary>
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
