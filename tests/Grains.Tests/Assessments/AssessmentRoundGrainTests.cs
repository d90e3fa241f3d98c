using System.Collections.Immutable;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Assessments;

public sealed class AssessmentRoundGrainTests(TownCluster cluster)
{
    private static readonly ImmutableArray<Assessee> People =
        [.. Enumerable.Range(0, 200).Select(i => new Assessee($"p{i}", i < 99 ? PostClass.Administrative : PostClass.Institution, false, 0))];

    [Fact]
    public async Task Mark_FourHundredExcellentAtOnce_StopsAtTheCapOfEachGroup()
    {
        var round = cluster.NewTown("elm").Round("2019");
        await round.OpenAsync(new(Stamps.Next(), 2019, People));
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => round.MarkAsync(new(Stamps.Next(), $"p{i % 200}", Grade.Excellent))));

        var groups = (await round.ReadAsync()).ShouldSucceed().Groups;
        groups.Select(g => (g.Group, g.ExcellentCap, g.Excellent)).ShouldBe([(PostClass.Administrative, 19, 19), (PostClass.Institution, 20, 20)]);
        answers.Where(a => a.Refusal is not null).ShouldAllBe(a => a.Refusal!.Code == RefusalCode.ExcellentShareExhausted);
    }

    [Fact]
    public async Task Mark_ExcellentAndBackAtOnce_IsNeverOver()
    {
        var round = cluster.NewTown("elm").Round("2019");
        await round.OpenAsync(new(Stamps.Next(), 2019, People));
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            round.MarkAsync(new(Stamps.Next(), $"p{i * 7 % 60}", i % 3 == 0 ? Grade.Competent : Grade.Excellent))));
        answers.Where(a => a.Value is not null).ShouldAllBe(a => a.Value!.Groups.All(g => g.Excellent <= g.ExcellentCap));
    }

    [Fact]
    public async Task Open_HalfTheWorkingDaysAbsent_IsGradedAndOneMoreIsNot()
    {
        // 2019 has 261 days from Monday to Friday in a calendar without holidays; more than half begins at 131.
        var round = cluster.NewTown("elm").Round("2019");
        var view = (await round.OpenAsync(new(Stamps.Next(), 2019,
        [
            new("a", PostClass.Administrative, false, 130), new("b", PostClass.Administrative, false, 131),
        ]))).ShouldSucceed();
        (view.Groups[0].Graded, view.Groups[0].NotGraded).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Mark_BeforeOpeningAndAfterClosing_IsRefused()
    {
        var round = cluster.NewTown("elm").Round("2019");
        (await round.MarkAsync(new(Stamps.Next(), "p0", Grade.Competent))).ShouldBeRefused(RefusalCode.RoundUnknown);
        await round.OpenAsync(new(Stamps.Next(), 2019, People));
        var close = new CloseAssessment(Stamps.Next());
        (await round.CloseAsync(close)).ShouldSucceed().Closed.ShouldBeTrue();
        (await round.MarkAsync(new(Stamps.Next(), "p0", Grade.Competent))).ShouldBeRefused(RefusalCode.RoundClosed);
        (await round.CloseAsync(close)).ShouldSucceed().Closed.ShouldBeTrue();
        (await round.CloseAsync(new(Stamps.Next()))).ShouldBeRefused(RefusalCode.RoundClosed);
    }

    [Fact]
    public async Task Open_RepeatedAfterACrash_AnswersTheSame()
    {
        var round = cluster.NewTown("elm").Round("2019");
        var command = new OpenAssessment(Stamps.Next(), 2019, People);
        await round.OpenAsync(command);
        await round.MarkAsync(new(Stamps.Next(), "p0", Grade.Excellent));
        await cluster.ForgetAsync(round);
        (await round.OpenAsync(command)).ShouldSucceed().Groups[0].Excellent.ShouldBe(0);
        (await round.ReadAsync()).ShouldSucceed().Groups[0].Excellent.ShouldBe(1);
    }
}
