using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace TownReform.Silo.Web.Acts;

/// <summary>
/// A form for an act or an opening: what procedure data asks for, what was typed, and what is wrong with it. Whatever was typed stays, also
/// when it is refused.
/// </summary>
/// <param name="Fields">What is filled in.</param>
/// <param name="Typed">What was typed, by the name of the field.</param>
/// <param name="Refusal">Why it was refused; null before it was sent.</param>
public sealed record FilledForm(ImmutableArray<ListedField> Fields, FrozenDictionary<string, string> Typed, Refusal? Refusal = null)
{
    /// <summary>Names of the controls of fields begin with it, so that no field meets one of the form's own.</summary>
    public const string Prefix = "f.",
        FilePrefix = "file.";

    /// <summary>Separates the entries of a list in the value of a field.</summary>
    private const char Separator = ';';

    /// <summary>What was wrong before the form came to the town, such as a file that isn't taken, by the name of the field.</summary>
    public ImmutableArray<(string Field, Words Fault)> Wrong { get; init; } = [];

    /// <summary>Something is wrong with it.</summary>
    public bool IsFaulty => Refusal is not null || !Wrong.IsEmpty;

    /// <summary>Files can come with it.</summary>
    public bool TakesFiles => Fields.Any(one => one.Type == FieldType.Papers);

    /// <summary>People and bodies that a field can name.</summary>
    public FormChoices Choices { get; init; } = FormChoices.None;

    /// <summary>An empty form, with values that are known beforehand.</summary>
    public static FilledForm Empty(ImmutableArray<ListedField> fields, params (string Name, string Value)[] known) =>
        new(fields, known.ToFrozenDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>What was sent; a control that the procedure doesn't have is passed over.</summary>
    public static FilledForm Of(ImmutableArray<ListedField> fields, IFormCollection sent) =>
        new(
            fields,
            fields.ToFrozenDictionary(field => field.Name, field => Value(field, sent[Prefix + field.Name]), StringComparer.Ordinal)
        );

    public string this[ListedField field] => Typed.GetValueOrDefault(field.Name, "");

    /// <summary>The fields for a command: those that were filled in. A flag that was not ticked says no where it is needed.</summary>
    public ImmutableArray<Field> Given => [.. Fields.Where(one => this[one].Length > 0).Select(one => new Field(one.Name, this[one]))];

    /// <summary>What is wrong with a field: that of the refusal where it names it.</summary>
    public Words? FaultOf(ListedField field)
    {
        if (Wrong.FirstOrDefault(wrong => wrong.Field == field.Name).Fault is { } fault)
        {
            return fault;
        }

        if (Refusal is null || !Refusal.Facts.Contains(new Fact("field", field.Name)))
        {
            return null;
        }

        return Refusal.Code == RefusalCode.FieldMissing
            ? new($"请填写{field.Label.Zh}", $"Fill in: {field.Label.En}")
            : new($"{field.Label.Zh}应为{field.Expected.Zh}", $"{Capital(field.Label.En)} takes {field.Expected.En}");
    }

    /// <summary>The fields that are wrong, in their order.</summary>
    public ImmutableArray<ListedField> Faulty => [.. Fields.Where(one => FaultOf(one) is not null)];

    private static string Value(ListedField field, StringValues sent)
    {
        var text = sent.ToString().Trim();
        return field.Type switch
        {
            FieldType.Flag => sent.Contains("true") ? "true"
            : field.Needed ? "false"
            : "",
            // One entry a line; a semicolon within a line parts entries too, as it does everywhere.
            FieldType.List => string.Join(
                Separator,
                sent.SelectMany(part =>
                    (part ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
            ),
            FieldType.Papers => string.Join(Separator, sent.Where(part => !string.IsNullOrWhiteSpace(part))),
            FieldType.Text => sent.ToString().ReplaceLineEndings("\n").Trim(),
            _ => text,
        };
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>What can be chosen where a field names somebody or an office.</summary>
/// <param name="People">Staff who can be named, by the name of the field; a field that is not in it is typed.</param>
/// <param name="Bodies">Organs of the town and departments above it.</param>
/// <param name="Entries">Entries that lists can be ticked from, such as an item's papers, by the name of the field.</param>
public sealed record FormChoices(
    ImmutableDictionary<string, ImmutableArray<FormChoice>> People,
    ImmutableArray<FormChoice> Bodies,
    ImmutableDictionary<string, ImmutableArray<FormChoice>> Entries
)
{
    public static FormChoices None { get; } = new(Nothing, [], Nothing);

    private static ImmutableDictionary<string, ImmutableArray<FormChoice>> Nothing =>
        ImmutableDictionary<string, ImmutableArray<FormChoice>>.Empty;
}

/// <summary>A value that can be chosen, and how it reads.</summary>
public sealed record FormChoice(string Value, Words Name);
