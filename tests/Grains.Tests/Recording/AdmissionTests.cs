using TownReform.Grains.Hosting;
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

    // Five at most: three may be under way with one that begins a case.
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void EnterToBegin_FindsRoomInTheFirstHalfOnly(int before, bool letIn)
    {
        var admission = new Admission(5, time);
        Fill(admission, before);
        (admission.EnterToBegin() is null).ShouldBe(letIn);
        admission.UnderWay.ShouldBe(letIn ? before + 1 : before);
        admission.Enter().ShouldBeNull();
    }

    [Fact]
    public void EnterToBegin_OneAtMost_IsLetInWhenNothingIsUnderWay()
    {
        var admission = new Admission(1, time);
        admission.EnterToBegin().ShouldBeNull();
        admission.EnterToBegin().ShouldNotBeNull().Code.ShouldBe(RefusalCode.Busy);
    }

    [Fact]
    public async Task Answer_WhetherGivenFailedOrThrown_LeavesOnce()
    {
        var admission = new Admission(1, time);
        var later = new TaskCompletionSource<Outcome<CaseView>>();
        var answering = admission.AnswerAsync(later, "late", (answer, _) => answer.Task);
        (await admission.AnswerAsync(later, "beside it", (answer, _) => answer.Task)).Refusal!.Code.ShouldBe(RefusalCode.Busy);
        admission.UnderWay.ShouldBe(1);
        later.SetResult(CaseRefusals.Unknown("C-1"));
        (await answering).Refusal!.Code.ShouldNotBe(RefusalCode.Busy);
        admission.UnderWay.ShouldBe(0);
        await Should.ThrowAsync<IOException>(
            admission.AnswerAsync(new IOException(), "fails", (fault, _) => Task.FromException<Outcome<CaseView>>(fault))
        );
        admission.UnderWay.ShouldBe(0);
        Should.Throw<IOException>(() =>
        {
            _ = admission.AnswerAsync<object?, string, CaseView>(null, "throws", (_, _) => throw new IOException());
        });
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
        Fill(admission, 100);
        Hint(admission.Enter()).ShouldBe("200");
        Hint(admission.EnterToBegin()).ShouldBe("200");
    }

    [Fact]
    public void Enter_BeyondTheBoundWithoutARate_AsksForTheShortestWait()
    {
        var admission = new Admission(1, time);
        Fill(admission, 1);
        Hint(admission.Enter()).ShouldBe("20");
    }

    [Fact]
    public async Task Commands_TownBusy_WhatHasBegunComesFirst()
    {
        var town = await cluster.FoundAsync();
        var admission = new Admission(2, TimeProvider.System);
        town.Limit(admission);
        var begun = town.Case((await town.Grains.OpenCaseAsync(town.World, Open(town))).ShouldSucceed().Number);
        await AllLeftAsync(admission);
        var command = Open(town);

        admission.Enter().ShouldBeNull();
        (await town.Grains.OpenCaseAsync(town.World, command)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.Busy);
        (await town.Storage.Journal.ReadAsync($"intake/{town.Plan.Code}/0", 0, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        var act = new ActOnCase(Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()), "withdraw", []);
        (await begun.Grain.ActAsync(act)).ShouldSucceed();

        admission.Leave();
        (await town.Grains.OpenCaseAsync(town.World, command)).ShouldSucceed().Step.ShouldBe("intake");
        await AllLeftAsync(admission);
    }

    // Who is answered leaves beside the answer, so a caller may hear it first.
    private static Task AllLeftAsync(Admission admission) => Eventually.HoldsAsync("nobody is under way", () => admission.UnderWay == 0);

    private static OpenCase Open(TestTown town) =>
        new(
            Stamp: Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()),
            Town: town.Plan.Code,
            Procedure: "permit",
            Subject: town.Plan.Item("permit").Code,
            Party: new Party(PureCase.Public().Id, "张三", false),
            Green: false,
            Fields: []
        );

    private static void Fill(Admission admission, int with)
    {
        for (var n = 0; n < with; n++)
        {
            admission.Enter().ShouldBeNull();
        }
    }

    private static string Hint(Refusal? busy) => busy.ShouldNotBeNull().Facts.Single(f => f.Name == Busy.RetryAfter).Value;

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
