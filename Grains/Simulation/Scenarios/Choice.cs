using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>One thing that somebody may do at a step. The first choice that applies and whose share is drawn is taken; the last has no
/// share.</summary>
internal sealed record Choice
{
    /// <summary>Act of the procedure, or <c>none</c>: stay silent until the limit expires.</summary>
    public required string Act { get; init; }

    /// <summary>Probability, once it applies.</summary>
    public required double Share { get; init; }

    /// <summary>Conditions, all of which must hold.</summary>
    public required ImmutableArray<Condition> If { get; init; }

    /// <summary>Taken at most once in a case.</summary>
    public required bool Once { get; init; }

    /// <summary>For steps outside: days until it is done.</summary>
    public required LogNormalSpread AfterDays { get; init; }

    /// <summary>Whether an office must be open for it; null: as the procedure says, where the party comes to the hall for it.</summary>
    public required bool? AtCounter { get; init; }

    /// <summary>Trait that it takes away, such as <c>papers-missing</c> when papers are supplied; null for none.</summary>
    public required string? Clears { get; init; }

    /// <summary>Fields that it carries.</summary>
    public required ImmutableArray<FieldToFill> Fields { get; init; }
}

/// <summary>A field that a choice carries.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Value">Works it out instead; null when the text is meant.</param>
internal sealed record FieldToFill(string Name, string Text, SimulatedValue? Value)
{
    /// <param name="text">As the scenario has it: with a $ it is worked out.</param>
    /// <exception cref="KeyNotFoundException">No matter declares such a value; the checks name it before.</exception>
    public static FieldToFill Of(string name, string text) =>
        new(name, text, text.StartsWith('$') ? MatterLibrary.Simulation.Values[text] : null);
}
