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

    /// <summary>It collects the fee of its item: only items with a fee go by it, and they go by no other that the town decides.</summary>
    public bool Charges { get; init; }

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

/// <summary>An end of a procedure, and how the conservation check counts it.</summary>
/// <param name="Granted">True when the power was exercised in the party's favour or the penalty imposed: a certificate or decision number
/// is due.</param>
public sealed record EndRule(string Code, Words Name, Disposition Disposition, bool Granted);
