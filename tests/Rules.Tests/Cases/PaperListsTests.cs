using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Texts;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>The value of a field of papers.</summary>
public sealed class PaperListsTests
{
    private static Paper Of(int n, long bytes = 1000) =>
        new($"营业执照 {n}.pdf", PaperKind.Pdf, bytes, n.ToString("x64", System.Globalization.CultureInfo.InvariantCulture));

    private static Field Papers(params Paper[] papers) => new("papers", PaperLists.Write(papers));

    [Fact]
    public void Write_AndRead_AreTheSame()
    {
        Paper[] papers = [Of(1), Of(2) with { Kind = PaperKind.Heic, Name = "IMG 0001.HEIC" }, Of(3) with { Kind = PaperKind.Ofd }];
        PaperLists.TryRead(PaperLists.Write(papers), out var read).ShouldBeTrue();
        read.ToArray().ShouldBe(papers);
        PaperLists.TryRead($"{PaperLists.Write(papers)} ; {PaperLists.Write(papers)};", out read).ShouldBeTrue();
        read.ToArray().ShouldBe(papers, "a file twice is one");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a paper")]
    [InlineData("{0}")]
    [InlineData("{0} 10 pdf")]
    [InlineData("{0} 10 exe a.exe")]
    [InlineData("{0} 0 pdf a.pdf")]
    [InlineData("{0} -1 pdf a.pdf")]
    [InlineData("{0} 20971521 pdf a.pdf")]
    [InlineData("{0} 10 pdf ../a.pdf")]
    [InlineData("{0} 10 pdf a\\b.pdf")]
    [InlineData("{0} 10 pdf .pdf.")]
    [InlineData("{0} 10 pdf a.pdf;garbage")]
    public void Read_WhatIsNone_TakesNothingOfIt(string pattern)
    {
        PaperLists.TryRead(pattern.Replace("{0}", Of(1).Sha256, StringComparison.Ordinal), out var papers).ShouldBeFalse();
        papers.ShouldBeEmpty();
    }

    [Fact]
    public void Read_LargestFile_IsTaken() => PaperLists.TryRead(PaperLists.Write([Of(1, PaperLists.MostOfOne)]), out _).ShouldBeTrue();

    [Theory]
    [InlineData("a.pdf", "a.pdf")]
    [InlineData("C:\\Users\\me\\执照.pdf", "执照.pdf")]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("a;b；c.pdf", "a_b_c.pdf")]
    [InlineData("a\r\nSet-Cookie: x=1.pdf", "a__Set-Cookie: x=1.pdf")]
    [InlineData("\u202Efdp.exe", "")]
    [InlineData(null, "")]
    public void Named_WhateverWasSent_IsAPlainName(string? sent, string shown) => PaperLists.Named(sent).ShouldBe(shown);

    [Fact]
    public void Named_TooLong_KeepsItsEnding()
    {
        var named = PaperLists.Named(new string('长', 300) + ".pdf");
        (named.Length, named.EndsWith(".pdf", StringComparison.Ordinal)).ShouldBe((PaperLists.LongestName, true));
    }

    [Fact]
    public void Case_WithPapers_KeepsAllThatWereHandedIn()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit", InFlightRule.Finish));
        permit.Open(PureCase.Public(), PureCase.Day, Papers(Of(1), Of(2))).ShouldSucceed();
        permit.Do("notify", permit.Who("window"), PureCase.Day, new Field("missing", "照片"));
        permit.Do("supply", PureCase.Public(), PureCase.Day, Papers(Of(2), Of(3)));
        PaperLists.In(permit.File.Fields).ShouldBe([Of(1), Of(2), Of(3)]);
    }

    [Theory]
    [InlineData(50, 1000, true)]
    [InlineData(51, 1000, false)]
    [InlineData(10, 20 << 20, true)]
    [InlineData(11, 20 << 20, false)]
    public void Check_AroundTheLimitsOfACase(int papers, long bytes, bool taken)
    {
        var field = Papers([.. Enumerable.Range(1, papers).Select(n => Of(n, bytes))]);
        var refusal = PaperRules.Check(CaseFile.None, [field]);
        (refusal is null).ShouldBe(taken);
        (refusal?.Code ?? RefusalCode.PapersTooMany).ShouldBe(RefusalCode.PapersTooMany);
        var command = new ActOnCase(Stamps.Next(), "supply", [field]);
        (CommandTexts.Read(ref command) is null).ShouldBe(papers <= 51, "fifty of the longest names have room");
    }
}
