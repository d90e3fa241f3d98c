using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What a field takes, in words. Codes that have to be typed as they are stay as they are.</summary>
public static class FieldWords
{
    public static Words Expected(FieldRule field) =>
        field.Type switch
        {
            FieldType.Date => new("日期 年-月-日，如 2019-06-03", "a day YYYY-MM-DD, such as 2019-06-03"),
            FieldType.Money => new("金额（元），至多两位小数，如 1500.00", "yuan, at most two decimals, such as 1500.00"),
            FieldType.Number => new("不小于零的整数", "a whole number, not below zero"),
            FieldType.Flag => new("true（是）或者 false（否）", "true or false"),
            FieldType.Choice => new(
                $"下列之一：{string.Join('、', field.Values.Select(value => Choice(field.Name, value)))}",
                $"one of: {string.Join(", ", field.Values)}"
            ),
            FieldType.Limit => new(
                "期限，如 5wd（5 个工作日）或者 30cd（30 日）",
                "a limit, such as 5wd (5 working days) or 30cd (30 calendar days)"
            ),
            FieldType.Staff => new(
                $"人员编号，1 至 {FieldRules.Longest} 个字符",
                $"the id of a person, 1 to {FieldRules.Longest} characters"
            ),
            FieldType.Body => new(
                "镇内设机构或者县级部门的代码，如 government-service",
                "the code of an organ of the town or of a department above it, such as government-service"
            ),
            FieldType.Papers => new(
                $"已上传的材料，每件为“散列值 字节数 类型 文件名”，以分号隔开，至多 {PaperLists.Most} 件",
                $"papers that were handed in, each as \"sha256 bytes kind name\", parted by semicolons, {PaperLists.Most} at most"
            ),
            FieldType.List => new(
                $"清单，各项以分号隔开，1 至 {FieldRules.Longest} 个字符",
                $"a list, entries parted by semicolons, 1 to {FieldRules.Longest} characters"
            ),
            _ => new($"文字，1 至 {FieldRules.Longest} 个字符", $"text of 1 to {FieldRules.Longest} characters"),
        };

    /// <summary>A value as people read it, by what its field was declared to take: a choice by its name, papers by theirs, a day and a
    /// sum in the way of the language. What is text already, and what its field doesn't take, stays as it is.</summary>
    public static Words Value(FieldType type, string field, string value) =>
        type switch
        {
            FieldType.Choice => TermWords.Choice(field, value),
            FieldType.Flag when bool.TryParse(value, out var said) => said ? new("是", "yes") : new("否", "no"),
            FieldType.Date when DateOnly.TryParseExact(value, "O", out var day) => new(
                FormattableString.Invariant($"{day.Year}年{day.Month}月{day.Day}日"),
                FormattableString.Invariant($"{day:d MMM yyyy}")
            ),
            FieldType.Money => new($"{value} 元", $"{value} yuan"),
            FieldType.Limit when value.EndsWith("wd", StringComparison.Ordinal) => new(
                $"{value[..^2]} 个工作日",
                $"{value[..^2]} working days"
            ),
            FieldType.Limit when value.EndsWith("cd", StringComparison.Ordinal) => new($"{value[..^2]} 日", $"{value[..^2]} calendar days"),
            FieldType.Papers when PaperLists.TryRead(value, out var papers) => Listed(papers.Select(paper => paper.Name)),
            FieldType.List => Listed(FieldRules.Entries(value)),
            _ => new(value, value),
        };

    private static Words Listed(IEnumerable<string> entries) => new(string.Join('；', entries), string.Join("; ", entries));

    // The code is what has to be typed.
    private static string Choice(string field, string code) =>
        TermWords.Choice(field, code).Zh is var name && name == code ? code : $"{code}（{name}）";
}
