using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Binding;

/// <summary>How the value of a field becomes what a parameter asks for. False when there is none, or none of that type.</summary>
internal static class FieldReaders
{
    /// <summary>The reader of a parameter's type and the field type that it reads; null where fields have no such type.</summary>
    public static (System.Reflection.MethodInfo Read, FieldType Type)? Of(Type type) =>
        type switch
        {
            _ when type == typeof(string) => (Method(nameof(Text)), FieldType.Text),
            _ when type == typeof(string[]) => (Method(nameof(List)), FieldType.List),
            _ when type == typeof(DateOnly) => (Method(nameof(Date)), FieldType.Date),
            _ when type == typeof(decimal) => (Method(nameof(Money)), FieldType.Money),
            _ when type == typeof(int) => (Method(nameof(Number)), FieldType.Number),
            _ when type == typeof(bool) => (Method(nameof(Flag)), FieldType.Flag),
            _ when type == typeof(TimeLimit) => (Method(nameof(Limit)), FieldType.Limit),
            _ when type == typeof(Paper[]) => (Method(nameof(Papers)), FieldType.Papers),
            _ when type == typeof(StaffFacts) => (Method(nameof(Person)), FieldType.Staff),
            _ => null,
        };

    public static bool Text(in ActCheck check, string field, out string value) => !string.IsNullOrWhiteSpace(value = check.Value(field)!);

    public static bool List(in ActCheck check, string field, out string[] value)
    {
        value = FieldRules.Entries(check.Value(field) ?? "");
        return value.Length > 0;
    }

    public static bool Date(in ActCheck check, string field, out DateOnly value) =>
        DateOnly.TryParseExact(check.Value(field), "O", out value);

    public static bool Money(in ActCheck check, string field, out decimal value) => FieldRules.TryMoney(check.Value(field), out value);

    public static bool Number(in ActCheck check, string field, out int value) =>
        int.TryParse(check.Value(field), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public static bool Flag(in ActCheck check, string field, out bool value)
    {
        var text = check.Value(field);
        value = text == "true";
        return text is "true" or "false";
    }

    public static bool Limit(in ActCheck check, string field, out TimeLimit value)
    {
        value = default;
        return check.Value(field) is { } text && TimeLimit.TryParse(text, out value);
    }

    public static bool Papers(in ActCheck check, string field, out Paper[] value)
    {
        var isOne = PaperLists.TryRead(check.Value(field), out var papers);
        value = [.. papers];
        return isOne;
    }

    public static bool Person(in ActCheck check, string field, out StaffFacts value) =>
        (value = check.Facts.People.GetValueOrDefault(field)!) is not null;

    private static System.Reflection.MethodInfo Method(string name) => typeof(FieldReaders).GetMethod(name)!;
}
