using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>What people read for the value of a field, by what the field was declared to take.</summary>
public sealed class FieldValueWordsTests
{
    [Theory]
    [InlineData(FieldType.Choice, "grant", "同意", "grant")]
    [InlineData(FieldType.Flag, "true", "是", "yes")]
    [InlineData(FieldType.Flag, "false", "否", "no")]
    [InlineData(FieldType.Flag, "perhaps", "perhaps", "perhaps")]
    [InlineData(FieldType.Date, "2026-12-03", "2026年12月3日", "3 Dec 2026")]
    [InlineData(FieldType.Date, "soon", "soon", "soon")]
    [InlineData(FieldType.Money, "1500.00", "1500.00 元", "1500.00 yuan")]
    [InlineData(FieldType.Limit, "5wd", "5 个工作日", "5 working days")]
    [InlineData(FieldType.Limit, "30cd", "30 日", "30 calendar days")]
    [InlineData(FieldType.List, "营业执照;身份证", "营业执照；身份证", "营业执照; 身份证")]
    [InlineData(FieldType.Text, "true", "true", "true")]
    public void Value_ByTheDeclarationOfItsField_IsWorded(FieldType type, string value, string zh, string en) =>
        FieldWords.Value(type, "recommendation", value).ShouldBe(new(zh, en));

    [Fact]
    public void Value_OfPapers_IsTheirNames()
    {
        var paper = new Paper("执照.pdf", PaperKind.Pdf, 12, new string('a', 64));
        FieldWords.Value(FieldType.Papers, "papers", PaperLists.Write([paper])).Zh.ShouldBe("执照.pdf");
    }

    /// <summary>A code that a procedure lets people choose has a name: nobody reads codes.</summary>
    [Fact]
    public void Choices_OfAllProcedures_HaveNamesInBothLanguages() =>
        RealSeeds
            .Library.Procedures.Values.SelectMany(procedure => procedure.Fields.Values)
            .SelectMany(field => field.Values.Select(value => (field.Name, value)))
            .Where(choice => TermWords.Choice(choice.Name, choice.value).Zh == choice.value)
            .ShouldBeEmpty("these have no name in TermWords");
}
