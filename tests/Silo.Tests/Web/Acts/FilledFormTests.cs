using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Tests.Web.Acts;

/// <summary>What a browser sends becomes the fields of a command, and what is wrong is told at its field.</summary>
public sealed class FilledFormTests
{
    [Fact]
    public void Sent_EachType_BecomesTheValueOfAField()
    {
        var form = FilledForm.Of(
            [
                ActForms.Field(FieldType.Date),
                ActForms.Field(FieldType.List),
                ActForms.Field(FieldType.Text),
                ActForms.Field(FieldType.Flag),
            ],
            ActForms.Sent(
                ("f.date", " 2026-12-03 "),
                ("f.list", "申请书"),
                ("f.list", "营业执照\r\n选址意见书\r\n"),
                ("f.text", " first\r\nsecond "),
                ("f.flag", "true")
            )
        );
        form.Given.ShouldBe([
            new Field("date", "2026-12-03"),
            new Field("list", "申请书;营业执照;选址意见书"),
            new Field("text", "first\nsecond"),
            new Field("flag", "true"),
        ]);
    }

    [Fact]
    public void Sent_AControlThatTheProcedureLacks_IsPassedOver() =>
        FilledForm
            .Of([ActForms.Field(FieldType.Text)], ActForms.Sent(("f.text", "x"), ("f.decides", "true"), ("version", "9")))
            .Given.ShouldBe([new Field("text", "x")]);

    [Theory]
    [InlineData(true, "false")]
    [InlineData(false, null)]
    public void Flag_NotTicked_SaysNoOnlyWhereItIsNeeded(bool needed, string? value) =>
        FilledForm
            .Of([ActForms.Field(FieldType.Flag, needed)], ActForms.Sent())
            .Given.Select(field => field.Value)
            .FirstOrDefault()
            .ShouldBe(value);

    [Fact]
    public void Fault_OfARefusalThatNamesFields_IsToldAtEachOfThem()
    {
        var form = FilledForm.Of([ActForms.Field(FieldType.Date, needed: true), ActForms.Field(FieldType.Text)], ActForms.Sent());
        var missing = Refused(RefusalCode.FieldMissing, "date");
        var refused = form with { Refusal = missing };
        refused.Faulty.Select(field => field.Name).ShouldBe(["date"]);
        refused.FaultOf(refused.Fields[0])!.En.ShouldBe("Fill in: the Date");
        refused.FaultOf(refused.Fields[1]).ShouldBeNull();
        (form with { Refusal = Refused(RefusalCode.FieldMalformed, "date") })
            .FaultOf(form.Fields[0])!
            .En.ShouldBe("The Date takes some form");
        (form with { Refusal = Refused(RefusalCode.PowerRecalled, "date-of-recall") }).Faulty.ShouldBeEmpty();
    }

    private static Refusal Refused(RefusalCode code, string name) => new(code, "A3", new("否", "no"), [new Fact("field", name)]);
}
