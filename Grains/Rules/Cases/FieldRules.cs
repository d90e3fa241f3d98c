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
        for (var i = 0; i < given.Length; i++)
        {
            var field = given[i];
            if (!needs.Contains(field.Name) && !takes.Contains(field.Name))
            {
                return CaseRefusals.FieldUnknown(field.Name, needs, takes);
            }

            var rule = procedure.Fields[field.Name];
            if (field.Value is null || field.Value.Length > Longest || !IsWellFormed(rule, field.Value))
            {
                return CaseRefusals.FieldMalformed(rule, field.Value ?? "");
            }

            // Rules would look at one value and the record would keep the other.
            if (Has(given.AsSpan(0, i), field.Name))
            {
                return CaseRefusals.FieldTwice(rule);
            }
        }

        foreach (var need in needs)
        {
            if (!Has(given.AsSpan(), need))
            {
                return CaseRefusals.FieldMissing(procedure.Fields[need]);
            }
        }

        return null;
    }

    /// <summary>Most yuan that one field can say, so that no reckoning with it overflows.</summary>
    public const decimal MostMoney = 999_999_999_999.99m;

    /// <summary>Yuan with a point and at most two decimals, never negative, at most <see cref="MostMoney"/>.</summary>
    public static bool TryMoney(string? text, out decimal money) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out money) && money.Scale <= 2 && money <= MostMoney;

    private static bool Has(ReadOnlySpan<Field> given, string name)
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
        FieldType.Limit => TimeLimit.TryParse(value, out _),
        FieldType.List => value.Split(';').Any(entry => !string.IsNullOrWhiteSpace(entry)),
        _ => !string.IsNullOrWhiteSpace(value),
    };
}
