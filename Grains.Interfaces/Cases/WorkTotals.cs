using System.Collections.Immutable;

namespace TownReform;

/// <summary>How many open cases a workplace has, by the colour of their clock and the last day of the limit that runs.</summary>
/// <param name="Workplace">Key of the workplace, without the world.</param>
/// <param name="Due">Null where no limit runs.</param>
[GenerateSerializer, Immutable, Alias("work-total")]
public sealed record WorkTotal(string Town, string Workplace, ClockColour Colour, DateOnly? Due, long Cases);

/// <summary>What was refused since a moment, by town, clause and code (I2, I3): interferences of the county are among it, by their
/// codes.</summary>
/// <param name="IsWhole">False where only the latest 10,000 were counted.</param>
[GenerateSerializer, Immutable, Alias("refusal-totals")]
public sealed record RefusalTotals(DateTimeOffset Since, bool IsWhole, ImmutableArray<RefusalTotal> Totals);

/// <param name="Latest">Why, in the words of the latest of them; null from a silo of an earlier version.</param>
[GenerateSerializer, Immutable, Alias("refusal-total")]
public sealed record RefusalTotal(string Town, string Clause, RefusalCode Code, long Refusals, Words? Latest = null);

/// <summary>Cases that were opened for an item or another subject.</summary>
[GenerateSerializer, Immutable, Alias("subject-total")]
public readonly record struct SubjectTotal(string Town, string Subject, long Cases);
