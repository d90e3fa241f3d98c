using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>A condition of a scenario, read once: a trait, what a matter declares, or <c>field=value</c>; each also with
/// <c>not-</c>.</summary>
internal sealed class Condition
{
    private const string Not = "not-";
    private readonly bool expected;
    private readonly string? value;
    private readonly SimulatedCondition? declared;

    private Condition(string text)
    {
        (Text, expected) = (text, !text.StartsWith(Not, StringComparison.Ordinal));
        Name = expected ? text : text[Not.Length..];
        var equals = Name.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            (Name, value) = (Name[..equals], Name[(equals + 1)..]);
        }
        else
        {
            declared = MatterLibrary.Simulation.Conditions.GetValueOrDefault(Name);
        }
    }

    /// <summary>As the scenario has it.</summary>
    public string Text { get; }

    /// <summary>Name of the field, trait or declared condition.</summary>
    public string Name { get; }

    /// <summary>The value that the field is to have; null where no field is asked.</summary>
    public string? Value => value;

    /// <summary>What a matter declares under the name; null for a trait or a field.</summary>
    public SimulatedCondition? Declared => declared;

    public static Condition Of(string text) => new(text);

    public bool Holds(in Acting acting) =>
        (
            value is not null ? (acting.Case.Value(Name) ?? "") == value
            : declared is not null ? declared.Holds(acting)
            : acting.Case.Traits.Has(Name)
        ) == expected;
}
