using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>A case file in each state: open, with nothing possible, ended, and as it stood earlier.</summary>
public sealed class CaseFilePageTests
{
    private static readonly Refusal NotYours = new(
        RefusalCode.ActorWrongRole,
        "I2",
        new("应由审批决定人办理。", "It is for who decides."),
        [new Fact("wanted", "decider")]
    );

    [Fact]
    public void Page_Open_ShowsWhatCanBeDoneAndWhyNotTheRest()
    {
        var page = Pages.Render<CaseFilePage, CaseFileModel>(CaseFiles.Model);
        page.ReadAll("main .list > li").ShouldBe(["recommend → decision", "send to inspection → inspection"]);
        page.QuerySelector("main .list a.button:not(.second)")!
            .GetAttribute("href")
            .ShouldBe("/o/government-service/cases/GY00000012/acts/recommend", "what leads on along the main line stands first");
        var impossible = page.QuerySelector("details:has(.refusal)").Read();
        impossible.ShouldContain("withdraw");
        impossible.ShouldContain("It is for who decides.");
        impossible.ShouldContain("I2");
        page.ReadAll(".steps li").ShouldBe(["intake", "review", "decision", "delivery"]);
        page.QuerySelector(".steps [aria-current=step]").Read().ShouldBe("review");
        page.QuerySelector("main [data-live-event] > p").Read().ShouldBe("● in time Working day 3 of 8. This step is due Thu 3 Dec 2026.");
    }

    [Fact]
    public void Page_History_IsSentencesEachWithItsAddress()
    {
        var page = Pages.Render<CaseFilePage, CaseFileModel>(CaseFiles.Model);
        page.ReadAll("ol.record > li")
            .ShouldBe([
                "#1 30 Nov 2026 09:12 the party opened → intake",
                "#2 1 Dec 2026 09:12 GY-029 (Government Service Bureau) accept → review",
            ]);
        page.ReadAll("ol.record a").ShouldBe(["#1", "#2"]);
        page.QuerySelector("ol.record a")!.GetAttribute("href").ShouldBe("/o/government-service/cases/GY00000012?asOf=1");
    }

    [Fact]
    public void Page_Earlier_SaysSoAndOffersNothing()
    {
        var past = CaseFiles.Model with
        {
            IsPast = true,
            Asked = null,
            ActsThen = [new("受理", "accept")],
            Case = CaseFiles.View with { Version = 1, Step = "intake" },
        };
        var page = Pages.Render<CaseFilePage, CaseFileModel>(past, Pages.Chinese);
        page.QuerySelector(".told").Read().ShouldContain("第 1 号记录之后的卷宗（现有 2 号）");
        page.QuerySelectorAll("main a.button").ShouldBeEmpty();
        page.QuerySelector("main").Read().ShouldContain("当时该环节可办的动作： 受理");
        page.QuerySelector("[data-live]").ShouldBeNull("what was stays as it was");
        page.QuerySelector("a[rel=prev]").ShouldBeNull("there is no record before the first");
        page.QuerySelector("a[rel=next]")!.GetAttribute("href").ShouldBe("/o/government-service/cases/GY00000012", "the next is the last");
    }

    [Fact]
    public void Page_Ended_SaysSo()
    {
        var ended = CaseFiles.Model with
        {
            Case = CaseFiles.View with { Ending = "granted", Disposition = Disposition.Decided, Workplace = null },
            Asked = new("GY00000012", 2, null, []),
        };
        var page = Pages.Render<CaseFilePage, CaseFileModel>(ended);
        page.QuerySelector("main").Read().ShouldContain("The case has ended; nothing can be done.");
        page.QuerySelector("main [data-live-event] > p").Read().ShouldContain("Ended; 3 of 8 working days used.");
    }

    [Fact]
    public void Page_NothingPossible_SaysWhereTheReasonsAre()
    {
        var none = CaseFiles.Model with
        {
            Asked = CaseFiles.Asked with { Acts = [.. CaseFiles.Asked.Acts.Select(act => act with { Refusal = NotYours })] },
        };
        Pages.Render<CaseFilePage, CaseFileModel>(none).QuerySelector("main").Read().ShouldContain("The reasons are below");
    }

    [Fact]
    public void Page_AfterAnAct_SaysWhatHappenedAndWhatComesNext()
    {
        var done = CaseFiles.Model with { Told = new("已办理", "Done: recommend."), Next = "/o/government-service/next", DraftDone = "x" };
        var told = Pages.Render<CaseFilePage, CaseFileModel>(done).QuerySelector("[role=status]")!;
        told.Read().ShouldBe("Done: recommend.Next task");
        told.QuerySelector("a")!.GetAttribute("accesskey").ShouldBe("n");
        told.GetAttribute("data-draft-done").ShouldBe("x");
    }

    [Fact]
    public void Page_DocumentsAndPapers_LeadToThemFromTheOffice()
    {
        const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        var handed = PaperLists.Write([new Paper("lease.pdf", PaperKind.Pdf, 2048, Hash)]);
        var file = CaseFiles.Model with
        {
            Office = "government-service",
            Case = CaseFiles.View with { Fields = [new Field("papers", handed)] },
        };
        Links(file)
            .ShouldBe([
                "/receipts/GY00000012?office=government-service",
                $"/api/v1/papers/{Hash}?case=GY00000012&office=government-service",
            ]);
        Links(file with { IsPast = true })[0].ShouldBe("/receipts/GY00000012?record=2&office=government-service", "as it stood then");
        Links(file with { Office = null }).ShouldBeEmpty("a world that is only looked into has no papers");

        static string?[] Links(CaseFileModel model) =>
            [
                .. Pages
                    .Render<CaseFilePage, CaseFileModel>(model)
                    .QuerySelectorAll("section[aria-label='Documents and papers'] a")
                    .Select(link => link.GetAttribute("href")),
            ];
    }

    [Fact]
    public void Page_LongNames_KeepsThemWhole()
    {
        var named = CaseFiles.Model with { Party = new(Pages.Long, Pages.Long), Subject = new(Pages.Long, Pages.Long) };
        Pages.Render<CaseFilePage, CaseFileModel>(named).QuerySelector("h1").Read().ShouldEndWith(Pages.Long);
    }

    [Theory]
    [InlineData("review", "intake:1 review:2 decision delivery", "intake:1 review:2")]
    [InlineData("correction", "intake:1 correction:2 review decision delivery", "intake:1 correction:2")]
    [InlineData("inspection", "intake:1 review:2 inspection:3 decision delivery", "intake:1 review:2 inspection:3")]
    [InlineData("review", "intake:1 review:2 inspection:3 decision delivery", "intake:1 review:2 inspection:3 review:4")]
    public void Line_OfSteps_IsThoseReachedThenTheRestOfTheMainLine(string present, string line, string reached)
    {
        ImmutableArray<HistoryRecord> history =
        [
            .. reached.Split(' ').Select(step => CaseFiles.Record(long.Parse(step.Split(':')[1], null), step.Split(':')[0])),
        ];
        var steps = FileStep.Line(history, present, ["intake", "review", "decision", "delivery"], isOpen: true, code => new(code, code));
        string.Join(' ', steps.Select(step => step.Version is { } version ? $"{step.Code}:{version}" : step.Code)).ShouldBe(line);
        steps.Single(step => step.IsPresent).Code.ShouldBe(present);
    }

    [Fact]
    public void Line_OfAnEndedCase_IsWhatItWentThrough() =>
        FileStep
            .Line(
                [CaseFiles.Record(1, "intake"), CaseFiles.Record(2, "withdrawn")],
                "withdrawn",
                ["intake", "review"],
                isOpen: false,
                code => new(code, code)
            )
            .Select(step => step.Code)
            .ShouldBe(["intake", "withdrawn"]);
}
