using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Silo.Web.Acts;

/// <summary>The control of one field of a form.</summary>
public partial class FieldInput : Part
{
    /// <summary>Choices of more than so many values are a list to open, not a row of buttons.</summary>
    private const int MostButtons = 7;

    [Parameter, EditorRequired]
    public FilledForm Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public ListedField Field { get; set; } = null!;

    /// <summary>Id of the control of a field; the error summary links to it.</summary>
    public static string IdOf(ListedField field) => "field-" + field.Name;

    private static string Longest => FieldRules.Longest.ToString(CultureInfo.InvariantCulture);

    private string Id => IdOf(Field);

    private string Name => FilledForm.Prefix + Field.Name;

    private string Value => Form[Field];

    private Words? Wrongness => Form.FaultOf(Field);

    private string Wrong => Wrongness is null ? "" : " wrong";

    private string? Invalid => Wrongness is null ? null : "true";

    private string Label => Say(Field.Label) + (Field.Needed ? "" : Say("（选填）", " (optional)"));

    private ImmutableArray<FormChoice> Entries => Form.Choices.Entries.GetValueOrDefault(Field.Name, []);

    private bool IsGroup =>
        Field.Type == FieldType.Papers
        || (Field.Type == FieldType.Choice && Field.Choices.Length <= MostButtons)
        || (Field.Type == FieldType.List && !Entries.IsEmpty);

    // Null where somebody is named by typing their id.
    private FormChoice[]? People =>
        Field.Type == FieldType.Staff && Form.Choices.People.TryGetValue(Field.Name, out var people) ? [.. people] : null;

    private IEnumerable<FormChoice> Offered => People ?? [.. Form.Choices.Bodies];

    private ImmutableArray<Paper> Papers => PaperLists.TryRead(Value, out var papers) ? papers : [];

    private string FileName => FilledForm.FilePrefix + Field.Name;

    private static string Size(Paper paper) =>
        paper.Bytes < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, paper.Bytes / 1024)} KB")
            : string.Create(CultureInfo.InvariantCulture, $"{paper.Bytes / (1024.0 * 1024):0.0} MB");

    private string[] Listed => Value.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private string Untold => string.Join('\n', Listed.Where(entry => Entries.All(known => known.Value != entry)));

    private string? Hint =>
        Field.Type switch
        {
            FieldType.Date => Say("例如 2026-12-03", "for example 2026-12-03"),
            FieldType.Money => Say("元，至多两位小数", "yuan, at most two decimals"),
            FieldType.List when Entries.IsEmpty => Say("每行一项", "one a line"),
            FieldType.Papers => Say(
                "PDF、图片（JPEG、PNG、HEIC）或 OFD，每个不超过 20 MB",
                "PDF, pictures (JPEG, PNG, HEIC) or OFD, 20 MB each at most"
            ),
            FieldType.Text or FieldType.Choice or FieldType.Flag or FieldType.List => null,
            FieldType.Staff when People is { Length: 0 } => Say(
                "今日无人可选：须当日在岗、职责相符、证件有效，且未办理过须回避的环节",
                "nobody today: present, in the role, certified, and not of a step to be kept apart"
            ),
            FieldType.Staff when People is not null => null,
            FieldType.Body when Form.Choices.Bodies.Length > 0 => null,
            _ => Say(Field.Expected),
        };

    private string? Keys =>
        Field.Type switch
        {
            FieldType.Money => "decimal",
            FieldType.Number => "numeric",
            _ => null,
        };

    private string? DescribedBy =>
        (Hint, Wrongness) switch
        {
            (null, null) => null,
            (null, _) => Id + "-fault",
            (_, null) => Id + "-hint",
            _ => $"{Id}-hint {Id}-fault",
        };

    private RenderFragment Told =>
        builder =>
        {
            if (Hint is { } hint)
            {
                builder.OpenElement(0, "span");
                builder.AddAttribute(1, "class", "hint");
                builder.AddAttribute(2, "id", Id + "-hint");
                builder.AddContent(3, hint);
                builder.CloseElement();
            }

            Fault(builder);
        };

    private RenderFragment Fault =>
        builder =>
        {
            if (Wrongness is { } words)
            {
                builder.OpenElement(0, "p");
                builder.AddAttribute(1, "class", "fault");
                builder.AddAttribute(2, "id", Id + "-fault");
                builder.AddContent(3, Say(words));
                builder.CloseElement();
            }
        };

    private bool IsTicked(FormChoice entry) => Listed.Contains(entry.Value);
}
