using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

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
