using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

/// <summary>A silo that has as much as it can do in time says so at once, and nothing comes of the command.</summary>
public sealed class AdmissionTests(CaseCluster cluster)
{
    private readonly ManualTime time = new();

    [Fact]
    public void Enter_UpToTheBound_IsLetIn()
    {
        var admission = new Admission(3, time);
        admission.Enter().ShouldBeNull();
        admission.Enter().ShouldBeNull();
        admission.Enter().ShouldBeNull();
        admission.Enter().ShouldNotBeNull().Code.ShouldBe(RefusalCode.Busy);
        admission.UnderWay.ShouldBe(3);
        admission.Leave();
        admission.Enter().ShouldBeNull();
    }

    [Fact]
    public async Task Answer_WhetherGivenFailedOrThrown_LeavesOnce()
    {
        var admission = new Admission(1, time);
        var later = new TaskCompletionSource<Outcome<CaseView>>();
        var answering = admission.AnswerAsync("late", (string _) => later.Task);
        (await admission.AnswerAsync("beside it", (string _) => later.Task)).Refusal!.Code.ShouldBe(RefusalCode.Busy);
        admission.UnderWay.ShouldBe(1);
        later.SetResult(CaseRefusals.Unknown("C-1"));
        (await answering).Refusal!.Code.ShouldNotBe(RefusalCode.Busy);
        admission.UnderWay.ShouldBe(0);
        await Should.ThrowAsync<IOException>(admission.AnswerAsync("fails", (string _) => Task.FromException<Outcome<CaseView>>(new IOException())));
        admission.UnderWay.ShouldBe(0);
        Should.Throw<IOException>(() => { _ = admission.AnswerAsync<string, CaseView>("throws", _ => throw new IOException()); });
        admission.UnderWay.ShouldBe(0);
    }

    [Fact]
    public void Enter_BeyondTheBound_HintFollowsTheRateOfAnswers()
    {
        var admission = new Admission(100, time);
        for (var n = 0; n < 500; n++)
        {
            admission.Enter().ShouldBeNull();
            admission.Leave();
        }

        // 500 answers in a second: a hundred under way take 200 ms.
        time.Passed = TimeSpan.FromSeconds(1);
        Hint(Filled(admission, 100)).ShouldBe("200");
    }

    [Fact]
    public void Enter_BeyondTheBoundWithoutARate_AsksForTheShortestWait() => Hint(Filled(new Admission(1, time), 1)).ShouldBe("20");

    [Fact]
    public async Task Command_TownBusy_IsToldAndNothingIsRecorded()
    {
        var town = await cluster.FoundAsync();
        var admission = new Admission(1, TimeProvider.System);
        town.Limit(admission);
        var next = town.NextCase();
        var command = new OpenCase(Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()), town.Plan.Code, "permit", town.Plan.Item("permit").Code, new Party("P1", "张三", false), false, []);

        admission.Enter().ShouldBeNull();
        (await next.Grain.OpenAsync(command)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.Busy);
        (await town.Storage.Journal.ReadAsync($"case/{next.Number}", 0, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        admission.Leave();
        (await next.Grain.OpenAsync(command)).ShouldSucceed().Step.ShouldBe("intake");
        admission.UnderWay.ShouldBe(0);
    }

    private static Refusal Filled(Admission admission, int most)
    {
        for (var n = 0; n < most; n++)
        {
            admission.Enter().ShouldBeNull();
        }

        return admission.Enter().ShouldNotBeNull();
    }

    private static string Hint(Refusal busy) => busy.Facts.Single(f => f.Name == Busy.RetryAfter).Value;

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
