using System.Collections.Immutable;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>A value that a scenario asks for by <c>$name</c>.</summary>
/// <param name="Work">Works it out; null where there is nothing to say, so that the field is left out.</param>
internal sealed record SimulatedValue(string Name, CaseNeeds Needs, Func<Acting, string?> Work);

/// <summary>A condition that a scenario names.</summary>
internal sealed record SimulatedCondition(string Name, CaseNeeds Needs, Func<Acting, bool> Holds);

/// <summary>What a procedure must have, so that a value or condition makes sense in it.</summary>
/// <param name="Item">It is about an item.</param>
/// <param name="Fields">It has these fields.</param>
internal sealed record CaseNeeds(bool Item, ImmutableArray<string> Fields)
{
    public static CaseNeeds Nothing { get; } = new(false, []);

    public static CaseNeeds AnItem { get; } = new(true, []);

    public static CaseNeeds OfFields(params ImmutableArray<string> fields) => new(false, fields);
}

/// <summary>A request of an office above the town, told to the results when it has been decided.</summary>
/// <param name="Procedure">Its procedure's code.</param>
/// <param name="Approved">Whether a case that was opened has been approved by now.</param>
internal sealed record SimulatedRequest(string Procedure, Func<ISimulatedCase, bool> Approved);
