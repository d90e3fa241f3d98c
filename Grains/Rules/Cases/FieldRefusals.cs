using System.Collections.Immutable;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What is wrong with the fields of a command.</summary>
public static class FieldRefusals
{
    /// <param name="fields">All that are missing, in the order of the procedure.</param>
    public static Refusal FieldsMissing(IReadOnlyList<FieldRule> fields) =>
        CaseRefusals.No(
            RefusalCode.FieldMissing,
            "A3",
            $"缺少{string.Join('、', fields.Select(f => $"“{f.Label.Zh}”（{f.Name}）"))}。",
            $"{(fields.Count == 1 ? "Field" : "Fields")} {string.Join(", ", fields.Select(f => $"'{f.Name}' ({f.Label.En})"))} "
                + $"{(fields.Count == 1 ? "is" : "are")} missing.",
            [.. fields.Select(f => new Fact("field", f.Name))]
        );

    public static Refusal FieldUnknown(string name, ImmutableArray<string> needs, ImmutableArray<string> takes)
    {
        var known = string.Join(", ", needs.Concat(takes).Order(StringComparer.Ordinal));
        return CaseRefusals.No(
            RefusalCode.FieldUnknown,
            "A3",
            $"此办理动作没有“{name}”一栏；可填：{known}。",
            $"This act takes no field '{name}'; it takes: {(known.Length > 0 ? known : "none")}.",
            new Fact("field", name)
        );
    }

    public static Refusal FieldMalformed(FieldRule field, string value)
    {
        var (expected, shown) = (FieldWords.Expected(field), Characters.Told(value));
        return CaseRefusals.No(
            RefusalCode.FieldMalformed,
            "A3",
            $"“{field.Label.Zh}”（{field.Name}）的值“{shown}”不合格式，应为{expected.Zh}。",
            $"Field '{field.Name}' is '{shown}'; expected {expected.En}.",
            new Fact("field", field.Name),
            new Fact("value", shown)
        );
    }

    public static Refusal FieldTwice(FieldRule field) =>
        CaseRefusals.No(
            RefusalCode.FieldMalformed,
            "A3",
            $"“{field.Label.Zh}”（{field.Name}）填了两次；只填一次。",
            $"Field '{field.Name}' is given twice; give it once.",
            new Fact("field", field.Name)
        );
}
