using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

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

    /// <summary>It may be done on many cases at once (批量办理): nothing is filled in that differs from case to case.</summary>
    public bool Batch { get; init; }

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

    /// <summary>The case stays at its step, and the step's time goes on as it began.</summary>
    public bool Stays { get; init; }

    /// <summary>Field with a number that is used once only in the town, such as a receipt's (C5); null for none.</summary>
    public string? Claims { get; init; }

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
