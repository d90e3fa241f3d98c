using TownReform.Grains.Rules.Cases;

namespace TownReform.Silo.Web.Acts;

/// <summary>The value of a field as people read it.</summary>
public static class FieldText
{
    /// <summary>What is typed into a form.</summary>
    public static string Of(ListedField field, string value, PageContext page) => page.Say(FieldWords.Value(field.Type, field.Name, value));

    /// <summary>What stands on the record.</summary>
    public static string Of(FilledField field, PageContext page) => field.Said is { } said ? page.Say(said) : field.Value;
}
