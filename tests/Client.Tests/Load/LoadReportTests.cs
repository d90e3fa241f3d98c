using TownReform.Client.Load;
using TownReform.Client.Reports;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Tests.Load;

/// <summary>What fails a load.</summary>
public sealed class LoadReportTests
{
    private static readonly LoadReport Good = new(
        At: default,
        Terms: new LoadTerms(Rate: 1, RampTo: null, Concurrency: null, WarmUpSeconds: 0, Seconds: 1, PaceMs: 0, Approvers: 1, Mix: []),
        Figures: new LoadTally().Figures(TimeSpan.FromSeconds(1)),
        Steps: [],
        Knee: null,
        DecidedTwice: [],
        Audit: Audit(0)
    );

    [Fact]
    public void Sound_NothingWrong_IsTrue() => Good.Sound.ShouldBeTrue();

    [Fact]
    public void Sound_AuditWithABreach_IsFalse()
    {
        var report = Good with { Audit = Audit(1) };
        report.Sound.ShouldBeFalse();
        LoadVerdict.Of(report).En.ShouldContain("breaches");
    }

    [Fact]
    public void Sound_CommandWithoutAnswer_IsFalseAndTellsWhatBecameOfTheOthers()
    {
        var report = Good with { Figures = Good.Figures with { Failed = 1 } };
        report.Sound.ShouldBeFalse();
        LoadVerdict
            .Of(report)
            .En.ShouldBe(
                "1 failed: a command or a case's number had no answer within a minute, or nobody had the case in hand. The end "
                    + "state is sound: all 0 answered commands are on record once, chains are whole, nothing waits."
            );
        LoadVerdict.Of(report with { Audit = null }).En.ShouldNotContain("sound");
    }

    [Fact]
    public void Sound_NobodyAnsweredTheAudit_IsFalse()
    {
        var report = Good with { Audit = null, Unaudited = "gone" };
        report.Sound.ShouldBeFalse();
        LoadVerdict.Of(report).En.ShouldContain("could not be audited: the live town gave no answer (gone)");
        (Good with { Audit = null }).Sound.ShouldBeTrue();
    }

    [Fact]
    public void Sound_DecidedTwice_IsFalse() => (Good with { DecidedTwice = ["YD00000001 grant"] }).Sound.ShouldBeFalse();

    [Theory]
    [InlineData(79, false)]
    [InlineData(80, true)]
    [InlineData(81, true)]
    public void Sound_Overload_HasToLeaveItsShareOfThePeak(double goodput, bool sound)
    {
        var report = Good with { Overload = new OverloadResult(3, 100, 64, 300, goodput, 0.8) };
        report.Sound.ShouldBe(sound);
        LoadVerdict.Of(report).En.Contains("overload", StringComparison.OrdinalIgnoreCase).ShouldBe(!sound);
    }

    /// <summary>Moments are in the zone of the towns, as everywhere.</summary>
    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02 09:00:00", "2026-03-02 09:00:00 +08:00")]
    [InlineData("UTC", "2026-03-02 01:00:00", "2026-03-02 01:00:00 +00:00")]
    public void Page_Moments_AreInTheTownsZone(string zone, string begun, string clock)
    {
        var at = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        using var to = new MemoryStream();
        LoadPage.Write(to, Good with { At = at, Practice = at }, new(TimeZoneInfo.FindSystemTimeZoneById(zone)), Lang.Zh);
        var page = System.Text.Encoding.UTF8.GetString(to.ToArray());
        page.ShouldContain($"<dt>开始（{zone}）</dt><dd>{begun}</dd>");
        page.ShouldContain($"<dt>Begun ({zone})</dt><dd>{begun}</dd>");
        page.ShouldContain(System.Net.WebUtility.HtmlEncode(clock));
    }

    [Fact]
    public void Figures_NothingMeasured_IsUnknownAndNotZero()
    {
        new LoadTally().Figures(TimeSpan.FromSeconds(1)).At(99).ShouldBeNull();
        Figure.Days(null).ShouldBe("–");
    }

    [Fact]
    public void Answer_BeforeItWasAsked_IsAMistakeAndNoLatency() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new LoadTally().Answer(TimeSpan.FromTicks(-1), 0, new AcknowledgedCommand(default, "case/YD00000001", "open"), null)
        );

    [Fact]
    public void Figures_Latencies_AreToldByTheirPercentiles()
    {
        var tally = new LoadTally();
        for (var n = 1; n <= 100; n++)
        {
            tally.Answer(
                TimeSpan.FromMilliseconds(n),
                0,
                new AcknowledgedCommand(default, "case/YD1"),
                n == 100 ? RefusalCode.ActNotHere : null
            );
        }

        var figures = tally.Figures(TimeSpan.FromSeconds(2));
        figures.At(50).ShouldNotBeNull().ShouldBe(50, 0.1);
        figures.At(99).ShouldNotBeNull().ShouldBe(99, 0.1);
        figures.At(100).ShouldNotBeNull().ShouldBe(100, 0.1);
        figures.CommandsPerSecond.ShouldBe(50);
        figures.Refused.ShouldBe([new RefusedCount((int)RefusalCode.ActNotHere, 1)]);
        tally.Within(TimeSpan.FromMilliseconds(90.5)).ShouldBe(0.9);
    }

    private static EndStateReport Audit(int breaches) =>
        new(
            0,
            0,
            0,
            null,
            [new CheckResult(Check: "outbox", Clause: "I2", About: new("", ""), Looked: 1, NotJudged: 0, Breaches: breaches, First: [])]
        );
}
