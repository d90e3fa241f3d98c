using TownReform.Grains.Rules.Cases;

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
            FieldType.Papers => OfRecord(value, page),
            FieldType.List => string.Join(page.Say("；", "; "), value.Split(';')),
            _ => value,
        };

    /// <summary>A value of a record, where the type of its field isn't known: papers by their names, all else as it is.</summary>
    public static string OfRecord(string value, PageContext page) =>
        PaperLists.TryRead(value, out var papers) ? string.Join(page.Say("；", "; "), papers.Select(paper => paper.Name)) : value;
}
