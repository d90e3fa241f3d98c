using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Tests.Web.Acts;

/// <summary>Each field of a form has a control with a name that people read, by its type.</summary>
public sealed class FormFieldsTests
{
    [Fact]
    public void Fields_OfEveryType_HaveALabelledControl()
    {
        var page = Pages.Render<FormPage, FilledForm>(FilledForm.Empty(ActForms.All));
        foreach (var field in ActForms.All)
        {
            var controls = page.QuerySelectorAll($"[name='{(field.Type == FieldType.Papers ? "file" : "f")}.{field.Name}']");
            controls.ShouldNotBeEmpty($"{field.Type}");
            foreach (var control in controls)
            {
                (page.QuerySelector($"label[for='{control.Id}']") ?? control.Closest("label")).Read().ShouldNotBeEmpty($"{field.Type}");
            }
        }
    }

    [Theory]
    [InlineData(7, "input[type=radio]", 7)]
    [InlineData(8, "select option", 9)]
    public void Choice_OfManyValues_IsAList(int values, string selector, int count)
    {
        var field = ActForms.Field(FieldType.Choice, needed: true, [.. Enumerable.Range(0, values).Select(i => $"v{i}")]);
        Pages.Render<FormPage, FilledForm>(FilledForm.Empty([field])).QuerySelectorAll(selector).Length.ShouldBe(count);
    }

    [Fact]
    public void Refused_WithWhatWasTyped_KeepsItAndLeadsToTheField()
    {
        var form = FilledForm.Of(ActForms.All, ActForms.Sent(("f.date", "soon"), ("f.text", "<b>because</b>"), ("f.choice", "refuse"))) with
        {
            Refusal = new(RefusalCode.FieldMalformed, "A3", new("否", "no"), [new Fact("field", "date"), new Fact("value", "soon")]),
        };
        var page = Pages.Render<FormPage, FilledForm>(form);
        page.QuerySelector(".summary a")!.GetAttribute("href").ShouldBe("#field-date");
        page.QuerySelector("#field-date")!.GetAttribute("value").ShouldBe("soon");
        page.QuerySelector("#field-date")!.GetAttribute("aria-describedby").ShouldBe("field-date-hint field-date-fault");
        page.QuerySelector("textarea[name='f.text']")!.TextContent.ShouldBe("<b>because</b>");
        page.QuerySelector("input[value=refuse]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public void List_WithKnownEntries_TicksThemAndKeepsTheOthers()
    {
        var field = ActForms.Field(FieldType.List, needed: true);
        var form = FilledForm.Of([field], ActForms.Sent(("f.list", "申请书"), ("f.list", "别的材料"))) with
        {
            Choices = FormChoices.None with
            {
                Entries = ImmutableDictionary<string, ImmutableArray<FormChoice>>.Empty.Add(
                    "list",
                    [new("申请书", new("申请书", "application")), new("执照", new("执照", "licence"))]
                ),
            },
        };
        var page = Pages.Render<FormPage, FilledForm>(form);
        page.QuerySelectorAll("input[type=checkbox]").Select(box => box.HasAttribute("checked")).ShouldBe([true, false]);
        page.QuerySelector("textarea")!.TextContent.ShouldBe("别的材料");
    }

    /// <summary>A page that shows a form and nothing else.</summary>
    private sealed class FormPage : Page<FilledForm>
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<PageContext>>(0);
            builder.AddAttribute(1, "Value", Context);
            builder.AddAttribute(
                2,
                "ChildContent",
                (RenderFragment)(
                    inside =>
                    {
                        inside.OpenComponent<FormFields>(0);
                        inside.AddAttribute(1, nameof(FormFields.Form), Model);
                        inside.CloseComponent();
                    }
                )
            );
            builder.CloseComponent();
        }
    }
}
