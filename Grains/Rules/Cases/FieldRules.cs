using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Fields that commands carry: known to the procedure, complete, and of their declared type.</summary>
public static class FieldRules
{
    /// <summary>Longest value of a field, in characters.</summary>
    public static readonly int Longest = TextBound.Of(TextKind.Value).Characters;

    private const char Separator = ';';

    // What a Chinese keyboard has where others have a semicolon.
    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(";；、，");

    /// <summary>The entries of a list, whichever separators they were typed with; blank ones are none.</summary>
    public static string[] Entries(string list) =>
        list.Split([Separator, '；', '、', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The fields in the normal form of their types: lists with one separator; dates, figures and choices in normal width. The
    /// same array when they have it.</summary>
    public static ImmutableArray<Field> Normal(Procedure procedure, ImmutableArray<Field> given)
    {
        for (var i = 0; i < given.Length; i++)
        {
            var (name, value) = (given[i].Name, given[i].Value);
            if (
                value is not null
                && procedure.Fields.TryGetValue(name, out var rule)
                && Normal(rule.Type, value) is var normal
                && !ReferenceEquals(normal, value)
            )
            {
                given = given.SetItem(i, new Field(name, normal));
            }
        }

        return given;
    }

    private static string Normal(FieldType type, string value) =>
        type switch
        {
            FieldType.Text => value,
            FieldType.Papers => PaperLists.TryRead(value, out var papers) ? PaperLists.Write(papers) : value,
            FieldType.List => value.AsSpan().ContainsAny(Separators) ? string.Join(Separator, Entries(value)) : value,
            _ => Characters.NormalWidth(value),
        };

    /// <param name="plan">The town, whose bodies fields may name.</param>
    public static Refusal? Check(
        Procedure procedure,
        TownPlan plan,
        ImmutableArray<Field> given,
        ImmutableArray<string> needs,
        ImmutableArray<string> takes
    )
    {
        for (var i = 0; i < given.Length; i++)
        {
            if (Check(procedure, plan, given[i], needs, takes) is { } refusal)
            {
                return refusal;
            }

            // Rules would look at one value and the record would keep the other.
            if (Has(given.AsSpan(0, i), given[i].Name))
            {
                return FieldRefusals.FieldTwice(procedure.Fields[given[i].Name]);
            }
        }

        foreach (var need in needs)
        {
            if (!Has(given.AsSpan(), need))
            {
                return Missing(procedure, given, needs);
            }
        }

        return null;
    }

    private static Refusal? Check(
        Procedure procedure,
        TownPlan plan,
        Field field,
        ImmutableArray<string> needs,
        ImmutableArray<string> takes
    )
    {
        if (!needs.Contains(field.Name) && !takes.Contains(field.Name))
        {
            return FieldRefusals.FieldUnknown(field.Name, needs, takes);
        }

        var rule = procedure.Fields[field.Name];
        return
            field.Value is null || !IsWellFormed(rule, field.Value) || (rule.Type == FieldType.Body && !Bodies.IsKnown(plan, field.Value))
            ? FieldRefusals.FieldMalformed(rule, field.Value ?? "")
            : null;
    }

    // All at once, so that nobody has to ask again for the next.
    private static Refusal Missing(Procedure procedure, ImmutableArray<Field> given, ImmutableArray<string> needs) =>
        FieldRefusals.FieldsMissing([.. needs.Where(name => !Has(given.AsSpan(), name)).Select(name => procedure.Fields[name])]);

    /// <summary>Most yuan that one field can say, so that no reckoning with it overflows.</summary>
    public const decimal MostMoney = 999_999_999_999.99m;

    /// <summary>Yuan with a point and at most two decimals, never negative, at most <see cref="MostMoney"/>.</summary>
    public static bool TryMoney(string? text, out decimal money) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out money)
        && money.Scale <= 2
        && money <= MostMoney;

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

    /// <summary>Whether a value is one of its field's declared type.</summary>
    public static bool IsWellFormed(FieldRule rule, string value) =>
        value.Length > 0
        && (rule.Type == FieldType.Papers || value.Length <= Longest || !PaperLists.IsOne(value))
        && rule.Type switch
        {
            FieldType.Papers => PaperLists.TryRead(value, out _),
            FieldType.Date => DateOnly.TryParseExact(value, "O", out _),
            FieldType.Money => TryMoney(value, out _),
            FieldType.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            FieldType.Flag => value is "true" or "false",
            FieldType.Choice => rule.Values.Contains(value),
            FieldType.Limit => TimeLimit.TryParse(value, out _),
            FieldType.List => Entries(value).Length > 0,
            _ => !string.IsNullOrWhiteSpace(value),
        };
}
