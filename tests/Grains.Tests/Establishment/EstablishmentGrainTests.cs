using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Establishment;

public sealed class EstablishmentGrainTests(TownCluster cluster)
{
    [Fact]
    public async Task Appoint_FourHundredAtOnce_FillsExactlyTheApprovedPosts()
    {
        var town = cluster.NewTown("ash");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    town.Establishment.AppointAsync(
                        new(Stamps.Next(), $"p{i}", i % 2 == 0 ? PostClass.Administrative : PostClass.Institution)
                    )
                )
        );

        answers.Count(a => a.Refusal is null).ShouldBe(115);
        answers.Where(a => a.Refusal is not null).ShouldAllBe(a => a.Refusal!.Code == RefusalCode.PostsExhausted);
        (await town.Establishment.ReadAsync()).ShouldSucceed().ShouldBe(new("ash", 50, 50, 65, 65));
        (await town.KindsAsync("establishment/ash")).Length.ShouldBe(400);
    }

    [Fact]
    public async Task Appoint_HundredsWithReleasesBetween_IsNeverOver()
    {
        var town = cluster.NewTown("elm");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    i % 3 == 2
                        ? town.Establishment.ReleaseAsync(new(Stamps.Next(), $"p{i / 3}"))
                        : town.Establishment.AppointAsync(new(Stamps.Next(), $"p{i / 3}", PostClass.Administrative))
                )
        );

        answers.Where(a => a.Value is not null).ShouldAllBe(a => a.Value!.HeldAdministrative <= 5);
    }

    [Fact]
    public async Task Appoint_Repeated_AnswersTheSameAndHoldsOnePost()
    {
        var town = cluster.NewTown("elm");
        var command = new AppointToPost(Stamps.Next(), "a", PostClass.Administrative);
        var first = (await town.Establishment.AppointAsync(command)).ShouldSucceed();
        (await town.Establishment.AppointAsync(new(Stamps.Next(), "b", PostClass.Administrative))).ShouldSucceed();
        await cluster.ForgetAsync(town.Establishment);

        (await town.Establishment.AppointAsync(command)).ShouldSucceed().ShouldBe(first);
        (await town.Establishment.ReadAsync()).ShouldSucceed().HeldAdministrative.ShouldBe(2);
    }

    [Fact]
    public async Task Appoint_IdOfAnotherCommand_IsRefusedAndNotRecorded()
    {
        var town = cluster.NewTown("elm");
        var command = new AppointToPost(Stamps.Next(), "a", PostClass.Administrative);
        await town.Establishment.AppointAsync(command);
        (await town.Establishment.AppointAsync(command with { Staff = "b" })).ShouldBeRefused(RefusalCode.CommandIdReused);
        (await town.Establishment.ReleaseAsync(new(command.Stamp, "a"))).ShouldBeRefused(RefusalCode.CommandIdReused);
        (await town.KindsAsync("establishment/elm")).ShouldBe(["establishment.post-filled"]);
    }

    [Fact]
    public async Task Refusal_Repeated_IsAnsweredAgainAndRecordedOnce()
    {
        var town = cluster.NewTown("elm");
        var command = new ReleasePost(Stamps.Next(), "a");
        (await town.Establishment.ReleaseAsync(command)).ShouldBeRefused(RefusalCode.PostNotHeld);
        await town.Establishment.AppointAsync(new(Stamps.Next(), "a", PostClass.Administrative));
        (await town.Establishment.ReleaseAsync(command)).ShouldBeRefused(RefusalCode.PostNotHeld).Of("staff").ShouldBe("a");
        (await town.KindsAsync("establishment/elm")).ShouldBe(["establishment.refused", "establishment.post-filled"]);
    }

    [Fact]
    public async Task Appoint_RecordLost_HoldsNothingUntilRetried()
    {
        var town = cluster.NewTown("elm");
        var command = new AppointToPost(Stamps.Next(), "a", PostClass.Administrative);
        town.Journal.FailAfter(0);
        await Should.ThrowAsync<IOException>(() => town.Establishment.AppointAsync(command));
        (await town.Establishment.ReadAsync()).ShouldSucceed().HeldAdministrative.ShouldBe(0);
        (await town.Establishment.AppointAsync(command)).ShouldSucceed().HeldAdministrative.ShouldBe(1);
    }

    [Fact]
    public async Task Read_AfterASnapshotAndMore_IsTheSame()
    {
        var town = cluster.NewTown("ash");
        for (var i = 0; i < 70; i++)
        {
            await town.Establishment.AppointAsync(new(Stamps.Next(), $"p{i}", PostClass.Institution));
        }

        var before = (await town.Establishment.ReadAsync()).ShouldSucceed();
        await cluster.ForgetAsync(town.Establishment);
        (await town.Establishment.ReadAsync()).ShouldSucceed().ShouldBe(before);
        (await town.Establishment.AppointAsync(new(Stamps.Next(), "p0", PostClass.Institution))).ShouldBeRefused(
            RefusalCode.PostAlreadyHeld
        );
    }

    [Fact]
    public async Task Read_ManyAtOnceWhileLoading_CountNothingTwice()
    {
        var town = cluster.NewTown("ash");
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => town.Establishment.AppointAsync(new(Stamps.Next(), $"p{i}", PostClass.Administrative)))
        );
        await cluster.ForgetAsync(town.Establishment);
        var (over, before) = (new TaskCompletionSource(), town.Journal.Reads);
        town.Journal.HoldReads(over.Task);
        var begun = cluster.Calls.Begun(town.Establishment);
        var reading = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => town.Establishment.ReadAsync()));
        await cluster.Calls.BegunAsync(town.Establishment, begun + 20);
        over.SetResult();
        (await reading).ShouldAllBe(v => v.Value!.HeldAdministrative == 20);
        town.Journal.Reads.ShouldBe(before + 1, "all waited for one load");
        (await town.Establishment.AppointAsync(new(Stamps.Next(), "q", PostClass.Administrative)))
            .ShouldSucceed()
            .HeldAdministrative.ShouldBe(21);
    }

    [Fact]
    public async Task Appoint_UnknownTown_IsRefused()
    {
        var town = cluster.NewTown("nowhere");
        (await town.Establishment.AppointAsync(new(Stamps.Next(), "a", PostClass.Administrative))).ShouldBeRefused(RefusalCode.TownUnknown);
    }
}
