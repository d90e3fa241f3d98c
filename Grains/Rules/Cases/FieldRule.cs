using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

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
