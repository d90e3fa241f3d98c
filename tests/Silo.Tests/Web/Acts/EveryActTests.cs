using Bunit;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Tests.Web.Acts;

/// <summary>Every act of every procedure has its form, in both languages, also of a procedure that nobody has thought of yet: what is
/// filled in comes from its data.</summary>
public sealed class EveryActTests : BunitContext
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    public static TheoryData<string> Procedures => [.. Seeds.Procedures.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Procedures))]
    public void Form_OfEachAct_HasAControlForEachField(string code)
    {
        var procedure = Seeds.Procedures[code];
        var forms = ProcedureForms.Of(procedure);
        forms.Length.ShouldBeGreaterThan(1, "opening, and an act at least");
        foreach (var form in forms)
        {
            foreach (var language in new[] { PageLanguage.Chinese, PageLanguage.English })
            {
                Show(form, language);
            }
        }
    }

    /// <summary>A procedure that differs in everything that a third town may bring: new fields of every type.</summary>
    [Fact]
    public void Form_OfAnActThatNobodyKnows_HasAControlForEveryType() =>
        Show(new("third-town", new("第三镇", "third town"), null, new("", ""), ActForms.All, false), PageLanguage.English);

    private void Show(ListedForm form, PageLanguage language)
    {
        var page = new PageContext(language, "/", IsLargePrint: false);
        var shown = Render<FormFields>(parameters =>
            parameters.AddCascadingValue(page).Add(fields => fields.Form, FilledForm.Empty(form.Fields))
        );
        foreach (var field in form.Fields)
        {
            var where = $"{form.Act}.{field.Name}";
            var name = $"{(field.Type == FieldType.Papers ? FilledForm.FilePrefix : FilledForm.Prefix)}{field.Name}";
            shown.FindAll($"[name='{name}']").ShouldNotBeEmpty(where);
            shown.Markup.ShouldContain(page.Say(field.Label), Case.Sensitive, where);
            foreach (var choice in field.Choices)
            {
                shown.Markup.ShouldContain(page.Say(choice.Name), Case.Sensitive, where);
            }
        }
    }
}
