using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Cases;

/// <summary>A client that watches a case hears of its next record at once, and keeps nobody waiting.</summary>
public sealed class CaseWatchTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Watch_BehindTheRecord_AnswersAtOnce()
    {
        var permit = await OpenedAsync();
        (await permit.Grain.WatchAsync(0, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(1);
        (await permit.Grain.WatchAsync(0, TimeSpan.FromSeconds(-1))).ShouldSucceed().Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Watch_AtTheEndOfTheRecordOrAbove_WaitsForTheNextWhichItDoesNotHinder(long seen)
    {
        var permit = await OpenedAsync();
        var watches = Enumerable.Range(0, 3).Select(_ => permit.Grain.WatchAsync(seen, Long)).ToList();
        (await permit.Grain.ReadAsync()).ShouldSucceed().Version.ShouldBe(1);
        watches.ShouldAllBe(watch => !watch.IsCompleted);
        await permit.DoAsync("accept", Day);
        foreach (var watch in watches)
        {
            (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Step.ShouldBe("review");
        }
    }

    [Fact]
    public async Task Watch_NothingHappens_TellsTheCaseAsItStands() =>
        (await (await OpenedAsync()).Grain.WatchAsync(1, TimeSpan.FromMilliseconds(50))).ShouldSucceed().Version.ShouldBe(1);

    [Fact]
    public async Task Watch_RefusedAct_IsARecordToo()
    {
        var permit = await OpenedAsync();
        var watch = permit.Grain.WatchAsync(1, Long);
        (await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "grant", []))).ShouldBeRefused(RefusalCode.ActNotHere);
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Watch_EndedCase_AnswersAtOnce()
    {
        var permit = await OpenedAsync();
        var watch = permit.Grain.WatchAsync(1, Long);
        var ended = (await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), PureCase.Public()), "withdraw", []))).ShouldSucceed();
        ended.Disposition.ShouldBe(Disposition.Withdrawn);
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Disposition.ShouldBe(Disposition.Withdrawn);
        (await permit.Grain.WatchAsync(ended.Version, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Watch_CaseThatIsUnknown_IsRefused()
    {
        var town = await cluster.FoundAsync();
        (await town.NextCase().Grain.WatchAsync(0, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldBeRefused(RefusalCode.CaseUnknown);
    }

    private async Task<RealCase> OpenedAsync()
    {
        var town = await cluster.FoundAsync();
        return await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
    }
}
