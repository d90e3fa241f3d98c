using System.Globalization;
using System.Text;

namespace TownReform.Grains.Rules.Texts;

/// <summary>What is said to a text that can't be taken: which, which bound, what was found; never the text itself. Not recorded: it says
/// nothing about the matter.</summary>
public static class TextRefusals
{
    public static Refusal Missing(in TextName name) =>
        new(
            RefusalCode.TextMissing,
            "I2",
            new Words($"“{name.Zh}”（{name.Path}）不能为空。", $"'{name.Path}' ({name.En}) must not be blank."),
            [new Fact("field", name.Path)]
        );

    public static Refusal TooLong(in TextName name, in TextBound bound, string text)
    {
        // Of a text without end it is enough to know that.
        var found = text.Length <= MostCounted ? new StringInfo(text).LengthInTextElements : text.Length;
        return found > bound.Characters
            ? TooLong(name, bound.Characters, found, new Words("字", "characters"))
            : TooLong(name, bound.Bytes, Encoding.UTF8.GetByteCount(text), new Words("字节", "bytes"));
    }

    public static Refusal Forbidden(in TextName name, in ForbiddenCharacter found)
    {
        var (code, place, why) = ($"U+{found.Code:X4}", Number(found.Place), Why(found.Sort));
        return new(
            RefusalCode.TextForbidden,
            "I2",
            new Words(
                $"“{name.Zh}”（{name.Path}）的第 {place} 个字符 {code} {why.Zh}，不能使用；请删去后重新提交。",
                $"Character {place} of '{name.Path}' ({name.En}), {code}, {why.En} and can't be used; take it out and send it again."
            ),
            [new Fact("field", name.Path), new Fact("character", code), new Fact("place", place)]
        );
    }

    public static Refusal NotNormal(in TextName name) =>
        new(
            RefusalCode.TextForbidden,
            "I2",
            new Words(
                $"“{name.Zh}”（{name.Path}）的写法不规范（空格或全角字符）。",
                $"'{name.Path}' ({name.En}) isn't written in the normal form (blanks, or wide characters)."
            ),
            [new Fact("field", name.Path)]
        );

    public static Refusal TooMany(in TextName name, int most, int found) =>
        new(
            RefusalCode.TooManyEntries,
            "I2",
            new Words(
                $"“{name.Zh}”（{name.Path}）最多 {Number(most)} 项，现有 {Number(found)} 项。",
                $"'{name.Path}' ({name.En}) has {Number(found)} entries; at most {Number(most)} are taken."
            ),
            [new Fact("field", name.Path), new Fact("most", Number(most)), new Fact("found", Number(found))]
        );

    private static Refusal TooLong(in TextName name, int most, int found, Words unit) =>
        new(
            RefusalCode.TextTooLong,
            "I2",
            new Words(
                $"“{name.Zh}”（{name.Path}）过长：最多 {Number(most)} {unit.Zh}，现有 {Number(found)} {unit.Zh}。",
                $"'{name.Path}' ({name.En}) is too long: {Number(found)} {unit.En}, at most {Number(most)} are taken."
            ),
            [new Fact("field", name.Path), new Fact("most", Number(most)), new Fact("found", Number(found))]
        );

    private static Words Why(ForbiddenSort sort) =>
        sort switch
        {
            ForbiddenSort.Control => new("是控制字符", "is a control character"),
            ForbiddenSort.Direction => new("会改变文字方向", "changes the direction of writing"),
            ForbiddenSort.Unseen => new("不可见", "can't be seen"),
            ForbiddenSort.Unpaired => new("是残缺的半个字符", "is half a character"),
            ForbiddenSort.Private => new("是自造字，他处无法显示", "is a private one that others can't show"),
            _ => new("尚未定义", "isn't defined"),
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private const int MostCounted = 100_000;
}
