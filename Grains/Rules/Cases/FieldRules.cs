using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Fields that commands carry: known to the procedure, complete, and of their declared type.</summary>
public static class FieldRules
{
    /// <summary>Longest value of a field, in characters.</summary>
    public const int Longest = 2000;

    public static Refusal? Check(Procedure procedure, ImmutableArray<Field> given, ImmutableArray<string> needs, ImmutableArray<string> takes)
    {
        foreach (var field in given)
        {
            if (!needs.Contains(field.Name) && !takes.Contains(field.Name))
            {
                return CaseRefusals.FieldUnknown(field.Name, needs, takes);
            }

            var rule = procedure.Fields[field.Name];
            if (field.Value.Length > Longest || !IsWellFormed(rule, field.Value))
            {
                return CaseRefusals.FieldMalformed(rule, field.Value);
            }
        }

        foreach (var need in needs)
        {
            if (!Has(given, need))
            {
                return CaseRefusals.FieldMissing(procedure.Fields[need]);
            }
        }

        return null;
    }

    /// <summary>Yuan with a point and at most two decimals, never negative.</summary>
    public static bool TryMoney(string? text, out decimal money) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out money) && decimal.Round(money, 2) == money;

    private static bool Has(ImmutableArray<Field> given, string name)
    {
        foreach (var field in given)
        {
            if (field.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWellFormed(FieldRule rule, string value) => value.Length > 0 && rule.Type switch
    {
        FieldType.Date => DateOnly.TryParseExact(value, "O", out _),
        FieldType.Money => TryMoney(value, out _),
        FieldType.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        FieldType.Flag => value is "true" or "false",
        FieldType.Choice => rule.Values.Contains(value),
        FieldType.Limit => value.Length > 2 && value[^2..] is "wd" or "cd" && int.TryParse(value[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => !string.IsNullOrWhiteSpace(value),
    };
}
