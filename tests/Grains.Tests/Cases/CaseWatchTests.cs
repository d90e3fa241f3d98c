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
        (await permit.Grain.WatchAsync(0, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken))
            .ShouldSucceed()
            .Version.ShouldBe(1);
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
        (
            await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "grant", []))
        ).ShouldBeRefused(RefusalCode.ActNotHere);
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Watch_EndedCase_AnswersAtOnce()
    {
        var permit = await OpenedAsync();
        var watch = permit.Grain.WatchAsync(1, Long);
        var ended = (
            await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), PureCase.Public()), "withdraw", []))
        ).ShouldSucceed();
        ended.Disposition.ShouldBe(Disposition.Withdrawn);
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken))
            .ShouldSucceed()
            .Disposition.ShouldBe(Disposition.Withdrawn);
        (await permit.Grain.WatchAsync(ended.Version, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken))
            .ShouldSucceed()
            .Version.ShouldBe(2);
    }

    [Fact]
    public async Task Watch_CaseThatIsUnknown_IsRefused()
    {
        var town = await cluster.FoundAsync();
        (await town.NextCase().Grain.WatchAsync(0, Long).WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldBeRefused(
            RefusalCode.CaseUnknown
        );
    }

    // A client calls up what isn't there, and the door has it forgotten while others watch it.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Watch_CaseThatIsForgottenMeanwhile_IsAnswered(long seen)
    {
        var town = await cluster.FoundAsync();
        var permit = town.NextCase();
        var over = new TaskCompletionSource();
        town.Journal.HoldReads(permit.Stream, over.Task);
        var acting = permit.TryAsync("accept", PureCase.Public(), Day);
        var watches = Enumerable.Range(0, 3).Select(_ => permit.Grain.WatchAsync(seen, Long)).ToList();
        await cluster.Calls.BegunAsync(permit.Grain, 1 + watches.Count);
        cluster.Calls.ForgetWhenAnswered(permit.Grain);
        over.SetResult();
        (await acting.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldBeRefused(RefusalCode.CaseUnknown);
        foreach (var watch in watches)
        {
            (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldBeRefused(RefusalCode.CaseUnknown);
        }

        (await permit.Grain.ReadAsync().WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldBeRefused(
            RefusalCode.CaseUnknown
        );
    }

    [Fact]
    public async Task Watch_CaseThatEndsAndIsForgottenMeanwhile_IsAnswered()
    {
        var (town, permit) = await OpenedInTownAsync();
        await cluster.ForgetAsync(permit.Grain);
        var (over, begun) = (new TaskCompletionSource(), cluster.Calls.Begun(permit.Grain));
        town.Journal.HoldReads(permit.Stream, over.Task);
        var ending = permit.TryAsync("withdraw", PureCase.Public(), Day);
        await cluster.Calls.BegunAsync(permit.Grain, begun + 1);
        var watch = permit.Grain.WatchAsync(1, Long);
        await cluster.Calls.BegunAsync(permit.Grain, begun + 2);
        over.SetResult();
        (await ending.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed();
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken))
            .ShouldSucceed()
            .Disposition.ShouldBe(Disposition.Withdrawn);
    }

    // Sent again to an activation that takes the number for new: what the case is is known when its stream was read.
    [Fact]
    public async Task Watch_WhileTheOpeningIsSentAgain_TellsTheCase()
    {
        var town = await cluster.FoundAsync();
        var permit = town.NextCase();
        var command = new OpenCase(
            Stamp: Stamps.Next(PureCase.At(Day), PureCase.Public()),
            Town: town.Plan.Code,
            Procedure: "permit",
            Subject: town.Plan.Item("permit").Code,
            Party: PureCase.Citizen,
            Green: false,
            Fields: []
        );
        (await permit.Grain.OpenAsync(command)).ShouldSucceed();
        await cluster.ForgetAsync(permit.Grain);
        var begun = cluster.Calls.Begun(permit.Grain);
        var again = permit.Grain.OpenAsync(command);
        await cluster.Calls.BegunAsync(permit.Grain, begun + 1);
        var watch = permit.Grain.WatchAsync(0, Long);
        (await again.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(1);
        (await watch.WaitAsync(Long / 2, TestContext.Current.CancellationToken)).ShouldSucceed().Version.ShouldBe(1);
    }

    private async Task<TestCase> OpenedAsync() => (await OpenedInTownAsync()).Case;

    private async Task<(TestTown Town, TestCase Case)> OpenedInTownAsync()
    {
        var town = await cluster.FoundAsync();
        return (town, await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day));
    }
}
