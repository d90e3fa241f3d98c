using System.Collections.Frozen;
using TownReform.Silo.Web.Acts;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>The form of an act: fresh, refused, too late, and the last look before a decision.</summary>
public sealed class ActPageTests
{
    private static readonly AskedAct Recommend = CaseFiles.Asked.Acts.Single(act => act.Act == "recommend");

    private static readonly ActFormModel Fresh = new()
    {
        FilePath = CaseFiles.Model.Path,
        Case = CaseFiles.View,
        Subject = CaseFiles.Model.Subject,
        State = CaseFiles.Model.State,
        Act = Recommend,
        Form = FilledForm.Empty(Recommend.Fields),
        Command = new FormCommand("00ff", 2),
        Zone = "Asia/Shanghai",
    };

    private static FilledForm Filled(string value, Refusal? refusal = null) =>
        Fresh.Form with
        {
            Typed = new Dictionary<string, string> { ["recommendation"] = value }.ToFrozenDictionary(),
            Refusal = refusal,
        };

    [Fact]
    public void Form_Fresh_CarriesCommandVersionAndToken()
    {
        var page = Pages.Render<ActFormPage, ActFormModel>(Fresh);
        var form = page.QuerySelector("main form")!;
        form.GetAttribute("action").ShouldBe("/o/government-service/cases/GY00000012/acts/recommend");
        form.QuerySelectorAll("input[type=hidden]")
            .Select(input => $"{input.GetAttribute("name")}={input.GetAttribute("value")}")
            .ShouldBe(["form-token=token", "command=00ff", "version=2"]);
        form.ReadAll("label").ShouldBe(["grant", "refuse"]);
        form.QuerySelector("button")!.GetAttribute("value").ShouldBe("do");
        form.GetAttribute("data-draft").ShouldBe("GY00000012-recommend");
        page.Title.ShouldBe("recommend · GY00000012 · Town services");
    }

    [Fact]
    public void Form_OfADecision_LeadsToItsLastLook()
    {
        var page = Pages.Render<ActFormPage, ActFormModel>(Fresh with { Act = Recommend with { Decides = true } });
        page.QuerySelectorAll("main form button").Select(button => button.GetAttribute("value")).ShouldBe(["preview"]);
    }

    [Fact]
    public void Form_WithAWrongField_SaysItThereAndKeepsWhatWasTyped()
    {
        var refusal = new Refusal(RefusalCode.FieldMalformed, "I2", new("有误", "wrong"), [new Fact("field", "recommendation")]);
        var page = Pages.Render<ActFormPage, ActFormModel>(Fresh with { Form = Filled("refuse", refusal) });
        page.Title.ShouldNotBeNull().ShouldStartWith("Error: ");
        page.QuerySelector(".summary a")!.GetAttribute("href").ShouldBe("#field-recommendation");
        page.QuerySelector("input[value=refuse]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public void Form_TooLate_ShowsWhatHasHappenedMeanwhile()
    {
        var moved = new Refusal(RefusalCode.CaseMovedOn, "I2", new("案件已有变动", "The case has moved on"), []);
        var late = Fresh with
        {
            Form = Filled("grant", moved),
            Meanwhile = [CaseFiles.Record(3, "decision")],
            Command = new FormCommand("11", 3),
        };
        var page = Pages.Render<ActFormPage, ActFormModel>(late);
        page.QuerySelector("section.told").Read().ShouldContain("#3");
        page.QuerySelector("input[name=version]")!.GetAttribute("value").ShouldBe("3", "sent again, it counts for the case as it is now");
        page.QuerySelector("input[value=grant]")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector(".summary").Read().ShouldContain("The case has moved on");
    }

    [Fact]
    public void Form_OfAnImpossibleAct_SaysWhyBeforeAnythingIsTyped()
    {
        var no = new Refusal(RefusalCode.PowerRecalled, "A3", new("权限已收回", "The power was recalled"), []);
        var page = Pages.Render<ActFormPage, ActFormModel>(Fresh with { Act = Recommend with { Refusal = no } });
        page.QuerySelector(".refusal").Read().ShouldContain("The power was recalled");
        page.QuerySelector(".refusal").Read().ShouldContain("A3");
    }

    [Fact]
    public void Preview_OfADecision_SaysWhatOnWhoseAuthorityAndWhatFollows()
    {
        var outlook = new CaseOutlook(2, CaseFiles.View with { Step = "delivery" }, new("送达", "delivery"), new("窗口", "the window"));
        var page = Pages.Render<ActPreviewPage, ActFormModel>(Fresh with { Form = Filled("grant"), Outlook = outlook });
        page.QuerySelector("h1").Read().ShouldBe("You are about to decide: recommend");
        var facts = page.QuerySelector("dl").Read();
        facts.ShouldContain("Food permit (GY-XK-001), power in version 1");
        facts.ShouldContain("One seal");
        facts.ShouldContain("recommendation grant");
        page.QuerySelector("main").Read().ShouldContain("delivery, done by the window");
        page.QuerySelector("input[name='f.recommendation']")!.GetAttribute("value").ShouldBe("grant");
        page.QuerySelectorAll("main form button").Select(button => button.GetAttribute("value")).ShouldBe(["do", "edit"]);
    }

    [Fact]
    public void SessionEnded_KeepsWhatWasTyped()
    {
        var ended = new SessionEndedModel(Fresh.Path, [("f.recommendation", "grant"), ("f.reason", "<b>" + Pages.Long)]);
        var page = Pages.Render<SessionEndedPage, SessionEndedModel>(ended, Pages.Chinese);
        page.QuerySelector("input[name='f.reason']")!.GetAttribute("value").ShouldBe("<b>" + Pages.Long);
        page.QuerySelectorAll("main b").ShouldBeEmpty();
        page.QuerySelector("main form")!.GetAttribute("action").ShouldBe(Fresh.Path);
    }
}
