using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Documents;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Documents;

/// <summary>Documents as a function of the record, the plan and their templates.</summary>
public sealed class DocumentRulesTests
{
    private static readonly Actor Window = new("YD-029", "government-service");

    private static readonly PureCase Permit = TownReform.Tests.Fixtures.Cases.Permit();

    private static DocumentGround Ground =>
        new(
            RealSeeds.Yandian,
            Permit.Procedure,
            Permit.Item,
            RealSeeds.Library.Calendar,
            RealSeeds.Library.Law,
            RealSeeds.Library.Documents
        );

    private static DocumentSource Source(long version, CaseEvent happened, Actor? actor = null) =>
        new(version, PureCase.At(PureCase.Day), actor ?? Window, new string('a', 64), happened);

    private static CaseOpened Opened(params Field[] fields)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", Permit.Item!);
        return permit.Open(PureCase.Public(), PureCase.Day, fields).Value.ShouldNotBeNull();
    }

    private static ActTaken Taken(string act, string from, string to, params Field[] fields) =>
        new(
            Act: act,
            From: from,
            To: to,
            By: ["YD-029"],
            Workplace: "yandian/government-service",
            Officers: ["YD-029"],
            Clock: act == "accept" ? ClockAct.Start : null,
            ExtendedDays: 0,
            Visit: false,
            Disposition: Disposition.Open,
            Granted: false,
            Colour: ClockColour.Green,
            At: PureCase.At(PureCase.Day),
            Day: PureCase.Day,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            Fields: [.. fields]
        )
        {
            Decides = act is "grant" or "refuse",
            Certificate = act == "grant" ? "烟行许〔2019〕1号" : null,
        };

    [Fact]
    public void Opening_WithPapers_ReceivesEachWithItsHash()
    {
        var paper = new Paper("执照.pdf", PaperKind.Pdf, 10, new string('b', 64));
        var document = DocumentRules
            .Of([Source(1, Opened(new Field("papers", PaperLists.Write([paper]))), PureCase.Public())], Ground)
            .ShouldHaveSingleItem();
        (document.Code, document.Id, document.Number.Zh).ShouldBe(("receipt-of-papers", "1-receipt-of-papers", $"{PureCase.Number}-1 号"));
        document.Papers.ShouldHaveSingleItem().ShouldBe(paper);
        document.Organ.Zh.ShouldBe("政务服务局", "who opens is the public; the window issues it");
        document.Date.ShouldBe(new Words("二〇一九年四月十日", "10 April 2019"));
        document.Body.ShouldAllBe(paragraph => !paragraph.Zh.Contains('{') && !paragraph.En.Contains('{'));
        document.Body.Length.ShouldBe(2, "no village point was named, so its paragraph is left out");
        document.Seal.ShouldNotBeNull().Zh.ShouldContain("专用章");
    }

    [Fact]
    public void Acts_OfAnApplication_IssueTheirDocuments()
    {
        var documents = DocumentRules.Of(
            [
                Source(1, Opened(), PureCase.Public()),
                Source(2, Taken("notify", "intake", "correction", new Field("missing", "照片;合同"))),
                Source(3, new ActRefused("grant", "YD-029", CaseRefusals.Unknown("x"), PureCase.At(PureCase.Day))),
                Source(4, Taken("accept", "intake", "review")),
                Source(5, Taken("grant", "decision", "delivery", new Field("reason", "符合条件"))),
                Source(6, Taken("deliver", "delivery", "granted")),
            ],
            Ground
        );
        documents
            .Select(document => document.Id)
            .ShouldBe([
                "1-receipt-of-papers",
                "2-one-time-notice",
                "4-acceptance",
                "5-licensing-decision",
                "6-certificate",
                "6-delivery-receipt",
            ]);
        documents[1].Entries.ShouldBe(["照片", "合同"]);
        var grant = documents[3];
        (grant.RedHead, grant.Certificate).ShouldBe((true, "烟行许〔2019〕1号"));
        grant.Remedy.ShouldNotBeNull().Zh.ShouldContain("六十日");
        grant.Body.ShouldContain(paragraph => paragraph.Zh.Contains("符合条件"));
        documents[2].Body.ShouldContain(paragraph => paragraph.Zh.Contains("决定最迟于二〇一九年"));
    }

    [Fact]
    public void Templates_OfTheSeeds_AreIssuedByActsThatThereAre()
    {
        RealSeeds.Library.Documents.Length.ShouldBe(13);
        foreach (var template in RealSeeds.Library.Documents)
        {
            template.IssuedBy.Keys.ShouldAllBe(code => RealSeeds.Library.Procedures.ContainsKey(code), template.Code);
        }
    }

    [Theory]
    [InlineData("2026-11-30", "二〇二六年十一月三十日")]
    [InlineData("2019-04-09", "二〇一九年四月九日")]
    [InlineData("2020-10-10", "二〇二〇年十月十日")]
    [InlineData("2021-01-21", "二〇二一年一月二十一日")]
    [InlineData("2021-12-20", "二〇二一年十二月二十日")]
    public void Dates_InChinese_AreInItsNumerals(string day, string written) =>
        DocumentDates.Of(DateOnly.ParseExact(day, "O")).Zh.ShouldBe(written);
}
