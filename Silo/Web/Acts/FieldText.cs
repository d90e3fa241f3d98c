namespace TownReform.Silo.Web.Acts;

/// <summary>The value of a field as people read it.</summary>
public static class FieldText
{
    public static string Of(ListedField field, string value, PageContext page) =>
        field.Type switch
        {
            FieldType.Choice => field.Choices.FirstOrDefault(choice => choice.Code == value) is { } choice ? page.Say(choice.Name) : value,
            FieldType.Flag => value == "true" ? page.Say("是", "yes") : page.Say("否", "no"),
            FieldType.Date => DateOnly.TryParseExact(value, "O", out var day) ? page.Day(day) : value,
            FieldType.Money => page.Say($"{value} 元", $"{value} yuan"),
            FieldType.List => string.Join(page.Say("；", "; "), value.Split(';')),
            _ => value,
        };
}
