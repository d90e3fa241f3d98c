using System.Globalization;
using TownReform.Grains.Intake;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Intake;

/// <summary>The town gives numbers, and only for what it opens.</summary>
public sealed class IntakeGrainTests(CaseCluster cluster)
{
    [Fact]
    public async Task Open_SeveralAtOnce_HaveNumbersWithoutGaps()
    {
        var town = await cluster.FoundAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => OpenAsync(town, Command(town))));
        opened.Select(o => Number(o.ShouldSucceed().Number)).Order().ShouldBe(Enumerable.Range(1, 40));
    }

    [Fact]
    public async Task Open_Refused_TakesNoNumberAndIsOnRecord()
    {
        var town = await cluster.FoundAsync();
        var refused = Command(town) with { Green = true };
        var refusal = (await OpenAsync(town, refused)).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(RefusalCode.GreenChannelUnknown);
        (await town.KindsAsync("intake/yandian/0")).ShouldBe(["intake.refused"]);
        Number((await OpenAsync(town, Command(town))).ShouldSucceed().Number).ShouldBe(1);

        // The same again is answered from the record, also by an activation that hasn't seen it.
        (await OpenAsync(town, refused)).Refusal.ShouldBe(refusal, new SameRefusal());
        await cluster.ForgetAsync(town.Grains.GetGrain<IIntakeGrain>(Address.Intake(town.World, "yandian", default)));
        (await OpenAsync(town, refused)).Refusal.ShouldBe(refusal, new SameRefusal());
        (await town.KindsAsync("intake/yandian/0")).ShouldBe(["intake.refused"]);
    }

    [Fact]
    public async Task Open_TheSameCommandAgain_IsTheSameCase()
    {
        var town = await cluster.FoundAsync();
        var command = Command(town);
        var both = await Task.WhenAll(OpenAsync(town, command), OpenAsync(town, command));
        var number = both[0].ShouldSucceed().Number;
        both[1].ShouldSucceed().Number.ShouldBe(number);
        (await OpenAsync(town, command)).ShouldSucceed().Number.ShouldBe(number);
        (await town.KindsAsync($"case/{number}")).ShouldBe(["case.opened"]);
    }

    // Two openings wake the counter; what the slower one has read is older than what the quicker one has recorded.
    [Fact]
    public async Task Open_WhileAnotherReadsTheRecord_IsNotForgotten()
    {
        var town = await cluster.FoundAsync();
        var counter = town.Grains.GetGrain<IIntakeGrain>(Address.Intake(town.World, "yandian", default));
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        town.Journal.HoldReads("intake/yandian/0", first.Task);
        var quick = OpenAsync(town, Command(town) with { Green = true });
        await cluster.Calls.BegunAsync(counter, 1);
        town.Journal.HoldReads("intake/yandian/0", second.Task);
        var slow = OpenAsync(town, Command(town) with { Green = true });
        await cluster.Calls.BegunAsync(counter, 2);
        first.SetResult();
        (await quick).ShouldBeRefused(RefusalCode.GreenChannelUnknown);
        second.SetResult();
        (await slow).ShouldBeRefused(RefusalCode.GreenChannelUnknown);
        (await town.KindsAsync("intake/yandian/0")).ShouldBe(["intake.refused", "intake.refused"]);
    }

    [Fact]
    public async Task Open_TheCommitWasLost_IsTheSameNumberWhenSentAgain()
    {
        var town = await cluster.FoundAsync();
        await OpenAsync(town, Command(town));
        var command = Command(town);
        town.Journal.FailNext("case/YD00000002");
        await Should.ThrowAsync<Exception>(() => OpenAsync(town, command));
        (await OpenAsync(town, command)).ShouldSucceed().Number.ShouldBe("YD00000002");
    }

    [Fact]
    public async Task Open_AtACounterThatIsNotItsOwn_IsRefused()
    {
        var town = await cluster.FoundAsync();
        (await town.Grains.GetGrain<IIntakeGrain>($"{town.World}/yandian/1").OpenAsync(Command(town))).ShouldBeRefused(
            RefusalCode.OtherCounter
        );
        (await town.Grains.GetGrain<IIntakeGrain>($"{town.World}/guyun/0").OpenAsync(Command(town))).ShouldBeRefused(
            RefusalCode.OtherCounter
        );
        (
            await town.Grains.GetGrain<IIntakeGrain>($"{town.World}/atlantis/0").OpenAsync(Command(town) with { Town = "atlantis" })
        ).ShouldBeRefused(RefusalCode.TownUnknown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public async Task Reserve_BeyondABlock_IsNoBlock(int count)
    {
        var town = await cluster.FoundAsync();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            town.Grains.GetGrain<ITownInside>(Address.Town(town.World, "yandian")).ReserveCaseNumbersAsync(count, PureCase.At(PureCase.Day))
        );
    }

    [Fact]
    public void OpenedBefore_BeyondItsBound_ForgetsTheOldest()
    {
        var seen = new OpenedBefore(most: 2);
        for (var n = 1; n <= 5; n++)
        {
            seen.Add(new Guid(n, 0, 0, new byte[8]), $"{n}");
        }

        seen.NumberOf(new Guid(3, 0, 0, new byte[8])).ShouldBe("3");
        seen.NumberOf(new Guid(2, 0, 0, new byte[8])).ShouldBeNull();
    }

    [Fact]
    public void Counters_OfManyCommands_AreUsedEvenly()
    {
        var used = Enumerable
            .Range(0, 32_000)
            .CountBy(n => Address.CounterOf(new Guid(0, 0, 0, BitConverter.GetBytes((long)n))))
            .ToDictionary();
        used.Count.ShouldBe(Address.Counters);
        used.Values.ShouldAllBe(count => count > 500 && count < 1500);
    }

    private static Task<Outcome<CaseView>> OpenAsync(TestTown town, OpenCase command) => town.Grains.OpenCaseAsync(town.World, command);

    private static int Number(string number) => int.Parse(number[2..], CultureInfo.InvariantCulture);

    private static OpenCase Command(TestTown town) =>
        new(
            Stamp: Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()),
            Town: town.Plan.Code,
            Procedure: "permit",
            Subject: town.Plan.Item("permit").Code,
            Party: new Party(PureCase.Public().Id, "张三", false),
            Green: false,
            Fields: []
        );

    private sealed class SameRefusal : IEqualityComparer<Refusal>
    {
        public bool Equals(Refusal? x, Refusal? y) => x?.Code == y?.Code && x?.Because == y?.Because;

        public int GetHashCode(Refusal obj) => obj.Code.GetHashCode();
    }
}
