using System.Collections.Frozen;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

public sealed class FieldRulesTests
{
    private static readonly Procedure Form = RealSeeds.Library.Procedures["permit"] with
    {
        Fields = new FieldRule[]
        {
            Rule("text", FieldType.Text),
            Rule("list", FieldType.List),
            Rule("date", FieldType.Date),
            Rule("money", FieldType.Money),
            Rule("number", FieldType.Number),
            Rule("flag", FieldType.Flag),
            Rule("staff", FieldType.Staff),
            Rule("choice", FieldType.Choice) with
            {
                Values = ["yes", "no"],
            },
            Rule("limit", FieldType.Limit),
        }.ToFrozenDictionary(r => r.Name),
    };

    [Theory]
    [InlineData("text", "x")]
    [InlineData("list", "a; b")]
    [InlineData("date", "2020-02-29")]
    [InlineData("money", "0")]
    [InlineData("money", "1500.05")]
    [InlineData("money", "999999999999.99")]
    [InlineData("number", "12")]
    [InlineData("flag", "false")]
    [InlineData("staff", "YD-001")]
    [InlineData("choice", "no")]
    [InlineData("limit", "5wd")]
    [InlineData("limit", "9999cd")]
    public void Check_WellFormed_Passes(string field, string value) => Check(new Field(field, value)).ShouldBeNull();

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "  ")]
    [InlineData("text", null)]
    [InlineData("list", " ; ")]
    [InlineData("date", "2019-02-29")]
    [InlineData("date", "10.4.2019")]
    [InlineData("money", "1500.005")]
    [InlineData("money", "-1")]
    [InlineData("money", "1,500")]
    [InlineData("money", "1000000000000")]
    [InlineData("number", "1.5")]
    [InlineData("number", "-1")]
    [InlineData("flag", "yes")]
    [InlineData("choice", "maybe")]
    [InlineData("limit", "0wd")]
    [InlineData("limit", "5days")]
    public void Check_Malformed_IsRefused(string field, string? value) =>
        Check(new Field(field, value!)).ShouldBe(RefusalCode.FieldMalformed).Of("field").ShouldBe(field);

    [Theory]
    [InlineData("list", "执照；身份证、合同，图纸;;", "执照;身份证;合同;图纸")]
    [InlineData("list", "执照;身份证", "执照;身份证")]
    [InlineData("text", "一；二、三", "一；二、三")]
    [InlineData("date", "２０１９-０４-１０", "2019-04-10")]
    [InlineData("money", "１５０．００", "150.00")]
    public void Normal_AsTypedOnAChineseKeyboard_IsTheSame(string field, string typed, string normal) =>
        FieldRules.Normal(Form, [new(field, typed)]).ShouldBe([new Field(field, normal)]);

    [Fact]
    public void Check_UnknownToTheAct_IsRefused() =>
        FieldRules
            .Check(Form, RealSeeds.Yandian, [new("text", "x"), new("money", "1")], ["text"], [])
            .ShouldBe(RefusalCode.FieldUnknown)
            .Of("field")
            .ShouldBe("money");

    [Fact]
    public void Check_Missing_IsRefused() =>
        FieldRules
            .Check(Form, RealSeeds.Yandian, [new("text", "x")], ["text", "date"], [])
            .ShouldBe(RefusalCode.FieldMissing)
            .Of("field")
            .ShouldBe("date");

    [Fact]
    public void Check_SeveralMissing_AreNamedAtOnceInBothLanguages()
    {
        var refusal = FieldRules.Check(Form, RealSeeds.Yandian, [new("text", "x")], ["text", "date", "money"], [])!;
        refusal.Facts.ShouldBe([new Fact("field", "date"), new Fact("field", "money")]);
        refusal.Because.ShouldBe(new Words("缺少“date”（date）、“money”（money）。", "Fields 'date' (date), 'money' (money) are missing."));
    }

    [Fact]
    public void Check_GivenTwice_IsRefused() =>
        Check(new Field("money", "1"), new Field("money", "2")).ShouldBe(RefusalCode.FieldMalformed);

    private static FieldRule Rule(string name, FieldType type) => new(name, type, new(name, name), []);

    private static Refusal? Check(params Field[] given) => FieldRules.Check(Form, RealSeeds.Yandian, [.. given], [], [.. Form.Fields.Keys]);
}
