using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A field that acts carry. Types: text, list, date, money, number, flag, staff, body, limit, papers; or a closed set of
/// <paramref name="Values"/>.</summary>
public sealed record FieldRule(string Name, FieldType Type, Words Label, ImmutableArray<string> Values);
