using TownReform.Silo.Web.Acts;
using TownReform.Silo.Web.Counties;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Web.Counties;

/// <summary>Sealed decisions before a department: nothing on the page that B2 forbids.</summary>
[ShowsClause("B2")]
public sealed class FilingPageTests
{
    private static readonly ShownFiling Waiting = new(
        new FilingView("GY00000009", "guyun", "GY-XK-001", new DateOnly(2026, 12, 1), null, null, 0, Guided: true, null),
        new("古云镇", "Guyun Town"),
        new("食品经营许可", "Food permit")
    );

    private static readonly FilingModel One = new()
    {
        ListPath = "/county/market-supervision/filings",
        Filing = Waiting,
        FilePath = "/o/market-supervision/cases/GY00000009",
        Command = new FormCommand("0f", null),
    };

    [Fact]
    public void Page_Waiting_OffersToFileOrForwardAndNothingElse()
    {
        var page = Pages.Render<FilingPage, FilingModel>(One);
        page.QuerySelectorAll("main form [name=answer]").Select(button => button.GetAttribute("value")).ShouldBe(["file", "forward"]);
        page.QuerySelectorAll("main form button").Length.ShouldBe(2);
        page.QuerySelector("main").Read().ShouldNotContain("refuse");
    }

    [Fact]
    public void Page_Decision_IsShownAsTheCopyHasIt()
    {
        var granted = new SealedDecision("古行许〔2026〕88号", "王某", new("行政许可", "permit"), new("送达", "delivery"));
        var shown = Pages.Render<FilingPage, FilingModel>(One with { Decision = granted }).QuerySelector("dl").Read();
        shown.ShouldContain("古行许〔2026〕88号");
        shown.ShouldContain("王某");
        shown.ShouldContain("permit · delivery");
        var early = One with { Decision = granted with { Number = null } };
        Pages.Render<FilingPage, FilingModel>(early).QuerySelector("dl").Read().ShouldContain("its number is on the way");
    }

    [Fact]
    public void Page_Answered_OffersNothing()
    {
        var filed = Waiting with { View = Waiting.View with { Answer = FilingAnswer.File, AnsweredOn = new DateOnly(2026, 12, 2) } };
        var page = Pages.Render<FilingPage, FilingModel>(One with { Filing = filed, FilePath = null }, Pages.Chinese);
        page.QuerySelector("main form").ShouldBeNull();
        page.QuerySelector("main").Read().ShouldContain("已备案 · 2026年12月2日（周三）");
    }

    [Fact]
    public void Page_Refused_SaysWhyAndKeepsTheComment()
    {
        var refusal = new Refusal(RefusalCode.CountyMayOnlyFile, "B2", new("只能备案或转报", "The county may only file"), []);
        var refused = One with { Refusal = refusal, Comment = Pages.Long };
        var page = Pages.Render<FilingPage, FilingModel>(refused);
        page.QuerySelector(".summary").Read().ShouldContain("B2");
        page.QuerySelector("textarea").Read().ShouldBe(Pages.Long);
        page.Title.ShouldNotBeNull().ShouldStartWith("Error: ");
    }

    [Fact]
    public void List_FullAndEmpty_SaysWhatThereIs()
    {
        var list = new FilingsModel("/county/market-supervision/filings", new("市场监管局", "Market Supervision"), true, [Waiting]);
        var page = Pages.Render<FilingsPage, FilingsModel>(list);
        page.QuerySelector("tbody tr").Read().ShouldBe("GY00000009 Guyun Town Food permit Tue 1 Dec 2026 waiting yes");
        Pages
            .Render<FilingsPage, FilingsModel>(list with { Filings = [] })
            .QuerySelector("main")
            .Read()
            .ShouldContain("as soon as a town has sealed it");
    }
}
