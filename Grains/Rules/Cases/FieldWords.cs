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

    // The code is what has to be typed.
    private static string Choice(string field, string code) =>
        TermWords.Choice(field, code).Zh is var name && name == code ? code : $"{code}（{name}）";
}
