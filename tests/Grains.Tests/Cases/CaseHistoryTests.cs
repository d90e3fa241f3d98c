using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>The history of a case as clients read it (办理经过, I2).</summary>
public sealed class CaseHistoryTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task History_ActsAndARefusal_ToldInOrderWithClauseAndHash()
    {
        var (town, permit) = await OpenedAsync(cluster);
        (await permit.TryAsync("grant", PureCase.Public(), Day)).ShouldBeRefused(RefusalCode.ActNotHere);
        await permit.DoAsync("notify", Day, F("missing", "图纸;照片"));

        var history = (await permit.Grain.HistoryAsync(0)).ShouldSucceed();
        (history.Number, history.Version).ShouldBe((permit.Number, 3));
        history
            .Records.Select(r => (r.Version, r.Act, r.To))
            .ShouldBe([(1, "open", "intake"), (2, "grant", null), (3, "notify", "correction")]);

        var (opened, refused, notified) = (history.Records[0], history.Records[1], history.Records[2]);
        (opened.Office.Zh, opened.Sentence.Zh.StartsWith("收件 → 窗口收件", StringComparison.Ordinal)).ShouldBe(("群众", true));
        (refused.Refusal!.Code, refused.Refusal.Clause, refused.Kind).ShouldBe((RefusalCode.ActNotHere, "A3", "case.act-refused"));
        notified.Office.En.ShouldBe("Government Service Bureau");
        notified
            .Fields.ShouldHaveSingleItem()
            .ShouldBe(new("missing", new("需补正的材料", "missing papers"), "图纸;照片", new("图纸；照片", "图纸; 照片")));
        (notified.Refusal, notified.Late, notified.ReceivedAt).ShouldBe((null, null, PureCase.At(Day)));

        var stored = await town.Storage.Journal.ReadAsync(permit.Stream, 0, TestContext.Current.CancellationToken);
        history.Records.Select(r => r.Hash).ShouldBe(stored.Select(r => Convert.ToHexStringLower(r.Hash.Span)));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(long.MaxValue, 0)]
    public async Task History_AfterAVersion_HasWhatFollowsIt(long after, int records)
    {
        var (_, permit) = await OpenedAsync(cluster);
        await permit.DoAsync("accept", Day);
        var history = (await permit.Grain.HistoryAsync(after)).ShouldSucceed();
        (history.Version, history.Records.Length).ShouldBe((2, records));
    }

    /// <summary>Somebody who tries again and again fills the record, and no answer.</summary>
    [Fact]
    public async Task History_LongerThanAPage_ComesInPages()
    {
        var (_, permit) = await OpenedAsync(cluster);
        for (var n = 0; n < 500; n++)
        {
            await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), PureCase.Public()), "grant", []));
        }

        var first = (await permit.Grain.HistoryAsync(0)).ShouldSucceed();
        (first.Version, first.Records.Length, first.Records[^1].Version).ShouldBe((501, 500, 500));
        (await permit.Grain.HistoryAsync(500)).ShouldSucceed().Records.ShouldHaveSingleItem().Version.ShouldBe(501);
    }

    [Fact]
    public async Task History_OfNoCase_IsRefused() =>
        (await (await cluster.FoundAsync()).NextCase().Grain.HistoryAsync(0)).ShouldBeRefused(RefusalCode.CaseUnknown);

    [Fact]
    public async Task ClockDays_AsOfARecordAndAMoment_CountToThatDay()
    {
        var (_, permit) = await OpenedAsync(cluster);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("inspect", Day.AddDays(1));
        var accepted = (await permit.Grain.ClockDaysAsync(new AsOf(2))).ShouldSucceed();
        (accepted.Number, accepted.Version, accepted.Day).ShouldBe((permit.Number, 2, Day));
        accepted.Limits[0].Last.ShouldBe((await permit.Grain.ReadAtAsync(new AsOf(2))).ShouldSucceed().Due);

        var inspected = (await permit.Grain.ClockDaysAsync(new AsOf(null, PureCase.At(Day.AddDays(2))))).ShouldSucceed();
        inspected.Limits.Select(limit => limit.Name.En).ShouldBe(["limit of the case", "inspection or expert review"]);
        var stopped = inspected.Limits[0].Days[^1];
        (stopped.Day, stopped.Sort, stopped.Record).ShouldBe((Day.AddDays(2), ClockDaySort.Stopped, 3));

        (await permit.Grain.ClockDaysAsync(new AsOf(4))).ShouldBeRefused(RefusalCode.CaseNotThen);
        (await permit.Grain.ClockDaysAsync(new AsOf(null))).ShouldBeRefused(RefusalCode.CaseNotThen);
    }

    /// <summary>What nobody decided stops counting when it ends, whenever it is looked at.</summary>
    [Fact]
    public async Task ReadAt_AfterAWithdrawal_CountsNoFurther()
    {
        var (_, permit) = await OpenedAsync(cluster);
        await permit.DoAsync("accept", Day);
        await permit.ByPublicAsync("withdraw", Day.AddDays(1));
        var later = new AsOf(null, PureCase.At(Day.AddDays(20)));
        (await permit.Grain.ReadAtAsync(later)).ShouldSucceed().Clock.Used.ShouldBe(1);
        (await permit.Grain.ClockDaysAsync(later)).ShouldSucceed().Limits.ShouldHaveSingleItem().Days[^1].Day.ShouldBe(Day.AddDays(1));
    }
}
