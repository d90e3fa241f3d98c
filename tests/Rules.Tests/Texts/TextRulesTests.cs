using System.Globalization;
using System.Text;
using CsCheck;
using TownReform.Grains.Rules.Texts;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Texts;

/// <summary>One rule for every text: trimmed, one writing, bounded, nothing that can't be seen.</summary>
public sealed class TextRulesTests
{
    private static readonly TextName Name = new("party.name", "当事人名称", "name of the party");

    [Theory]
    [InlineData("  烟店轴承厂 ", "烟店轴承厂")]
    [InlineData("\t甲\r\n", "甲")]
    [InlineData("Rene\u0301", "René")]
    [InlineData("烟店\u3000轴承厂", "烟店 轴承厂")]
    [InlineData("（甲）；乙、丙，丁。", "（甲）；乙、丙，丁。")]
    [InlineData("ＡＢＣ有限公司", "ＡＢＣ有限公司")]
    public void Need_Name_IsInNormalForm(string typed, string normal) => Read(TextKind.Name, typed).ShouldBe(normal);

    [Theory]
    [InlineData("11010119900307803x", "11010119900307803X")]
    [InlineData("１１０１０１１９９００３０７８０３ｘ", "11010119900307803X")]
    [InlineData("110101 19900307 803X", "11010119900307803X")]
    [InlineData("91371581ma3c00000m", "91371581MA3C00000M")]
    [InlineData("YD-R-003", "YD-R-003")]
    [InlineData("citizen", "citizen")]
    [InlineData("王 五", "王 五")]
    public void Need_Id_HasOneWriting(string typed, string normal) => Read(TextKind.PersonId, typed).ShouldBe(normal);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u3000\t")]
    public void Need_Blank_IsRefused(string typed) =>
        Refusal(TextKind.Name, typed).ShouldBe(RefusalCode.TextMissing).Of("field").ShouldBe("party.name");

    [Fact]
    public void Need_Null_IsRefused() => Refusal(TextKind.Name, null!).ShouldBe(RefusalCode.TextMissing);

    [Theory]
    [InlineData(TextKind.Code)]
    [InlineData(TextKind.PersonId)]
    [InlineData(TextKind.CaseNumber)]
    [InlineData(TextKind.Name)]
    [InlineData(TextKind.Value)]
    [InlineData(TextKind.Remark)]
    [InlineData(TextKind.Stream)]
    public void Need_AsLongAsItMayBe_IsTaken(TextKind kind)
    {
        var most = TextBound.Of(kind).Characters;
        Read(kind, new string('a', most)).Length.ShouldBe(most);
        Read(kind, new string('中', most - 1)).Length.ShouldBe(most - 1);
        var refusal = Refusal(kind, new string('a', most + 1)).ShouldBe(RefusalCode.TextTooLong);
        (refusal.Of("most"), refusal.Of("found")).ShouldBe(
            (most.ToString(CultureInfo.InvariantCulture), (most + 1).ToString(CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void Need_LettersWithAccents_CountAsPeopleSeeThem()
    {
        Read(TextKind.Name, string.Concat(Enumerable.Repeat("x\u0323", 200))).Length.ShouldBe(400);
        Refusal(TextKind.Name, string.Concat(Enumerable.Repeat("x\u0323", 201)))
            .ShouldBe(RefusalCode.TextTooLong)
            .Of("found")
            .ShouldBe("201");
    }

    [Fact]
    public void Need_OneLetterUnderManyAccents_IsBoundByItsBytes() =>
        Refusal(TextKind.Name, "x" + new string('\u0323', 500)).ShouldBe(RefusalCode.TextTooLong).Of("most").ShouldBe("800");

    [Theory]
    [InlineData("甲\u001b[2J", "U+001B")]
    [InlineData("甲\n乙", "U+000A")]
    [InlineData("甲\0", "U+0000")]
    [InlineData("甲\u0085乙", "U+0085")]
    [InlineData("甲\u202e乙", "U+202E")]
    [InlineData("甲\u2066乙", "U+2066")]
    [InlineData("甲\u200b乙", "U+200B")]
    [InlineData("甲\ufeff乙", "U+FEFF")]
    [InlineData("甲\u2028乙", "U+2028")]
    [InlineData("甲\u3164乙", "U+3164")]
    [InlineData("甲\ufe0f乙", "U+FE0F")]
    [InlineData("甲\ue000乙", "U+E000")]
    [InlineData("甲\uffff乙", "U+FFFF")]
    [InlineData("甲\U000E0041乙", "U+E0041")]
    public void Need_WhatCannotBeSeen_IsRefused(string typed, string character)
    {
        foreach (var kind in Enum.GetValues<TextKind>())
        {
            var refusal = Refusal(kind, typed).ShouldBe(RefusalCode.TextForbidden);
            (refusal.Of("character"), refusal.Of("place")).ShouldBe((character, "2"));
            (refusal.Because.Zh + refusal.Because.En).ShouldNotContain("甲");
        }
    }

    [Fact]
    public void Need_HalfACharacter_IsRefused()
    {
        Refusal(TextKind.Name, "甲" + '\ud840').ShouldBe(RefusalCode.TextForbidden).Of("character").ShouldBe("U+D840");
        Refusal(TextKind.Name, '\udc00' + "甲").ShouldBe(RefusalCode.TextForbidden).Of("place").ShouldBe("1");
    }

    [Theory]
    [InlineData("𠮷野家")]
    [InlineData("龦")]
    [InlineData("\U000323AF")]
    [InlineData("阿布都·热合曼")]
    [InlineData("O'Brien")]
    [InlineData("🏭厂")]
    public void Need_RareNames_AreTaken(string name) => Read(TextKind.Name, name).ShouldBe(name);

    [Fact]
    public void Need_WithoutEnd_IsRefusedWithoutRepeatingIt()
    {
        var refusal = Refusal(TextKind.PersonId, new string('名', 30_000)).ShouldBe(RefusalCode.TextTooLong);
        refusal.ToString().Length.ShouldBeLessThan(600);
        refusal.Of("found").ShouldBe("30000");
    }

    [Fact]
    public void Take_Blank_IsNone()
    {
        string? text = "  ";
        TextRules.Take(TextKind.Remark, Name, ref text).ShouldBeNull();
        text.ShouldBeNull();
    }

    [Fact]
    public void Need_PlainText_StaysTheSameObject()
    {
        foreach (var kind in Enum.GetValues<TextKind>())
        {
            var text = new string("YD-R-003".AsSpan());
            var before = text;
            TextRules.Need(kind, Name, ref text).ShouldBeNull();
            text.ShouldBeSameAs(before);
        }
    }

    [Fact]
    public void Need_Any_IsTakenInANormalFormThatIsItsOwn() =>
        Texts.Sample(
            (kind, text) =>
            {
                var once = text;
                if (TextRules.Need(kind, Name, ref once) is { } refusal)
                {
                    return refusal.ToString().Length < 1000;
                }

                var twice = once;
                return TextRules.Need(kind, Name, ref twice) is null
                    && twice == once
                    && once.Trim() == once
                    && once.Length > 0
                    && Encoding.UTF8.GetByteCount(once) <= TextBound.Of(kind).Bytes
                    && new StringInfo(once).LengthInTextElements <= TextBound.Of(kind).Characters
                    && once.EnumerateRunes().All(IsSeen)
                    && Characters.Harmless(once) == once;
            },
            iter: 20_000
        );

    [Fact]
    public void Harmless_Any_HasNothingThatActs() =>
        Texts.Sample((_, text) => Characters.Harmless(text).EnumerateRunes().All(IsSeen), iter: 5_000);

    private static bool IsSeen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
            );

    // Plain and odd characters, mixed: blanks of every width, accents, wide letters, halves, what acts on a terminal.
    private const string OddCharacters =
        " \u3000\u00a0\t\n\u001b\0\u0301\u0323\u0327aexXＡｘ１；、，中国\u202e\u200b\ud840\udc00\udfff가\u1100\u1161\u11a8éÅ";

    private static readonly Gen<char> Odd = Gen.Int[0, OddCharacters.Length - 1].Select(place => OddCharacters[place]);

    private static readonly Gen<(TextKind, string)> Texts = Gen.Select(
        Gen.Enum<TextKind>(),
        Gen.Frequency(
                (5, Gen.Char['!', '~'].Array[0, 40]),
                (5, Odd.Array[0, 12]),
                (2, Gen.Char.Array[0, 8]),
                (1, Gen.Char['a', 'z'].Array[0, 2100])
            )
            .Select(characters => new string(characters))
    );

    private static string Read(TextKind kind, string text)
    {
        TextRules.Need(kind, Name, ref text).ShouldBeNull();
        return text;
    }

    private static Refusal? Refusal(TextKind kind, string text) => TextRules.Need(kind, Name, ref text);
}
