using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Towns;

public sealed class TownGrainTests(TownCluster cluster)
{
    [Fact]
    public async Task Found_NewTown_FoundsEveryOffice()
    {
        var town = cluster.NewTown("ash");
        var view = (await town.Town.FoundAsync(new(Stamps.Next(), []))).ShouldSucceed();
        await town.DeliverAllAsync(times: 2);

        (view.PlanHash, view.FoundedOn).ShouldBe((town.Plan.Hash, new DateOnly(2019, 4, 10)));
        (await town.Establishment.ReadAsync()).ShouldSucceed().ShouldBe(new("ash", 50, 1, 65, 1));
        (await town.Catalogue.HoldingAsync(TestPlans.Permit, view.FoundedOn)).ShouldSucceed().Standing.ShouldBe(PowerStanding.InForce);
        (await town.Staff("EL-S01").ReadAsync()).ShouldSucceed().Organ.ShouldBe("service");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Found_RecordLostHalfWay_IsFinishedByTheSameCommand(int after)
    {
        var town = cluster.NewTown("ash");
        var command = new FoundTown(Stamps.Next(), []);
        town.Journal.FailAfter(after);
        await Should.ThrowAsync<IOException>(() => town.Town.FoundAsync(command));

        var view = (await town.Town.FoundAsync(command)).ShouldSucceed();
        view.Staff.Length.ShouldBe(3);
        (await town.Establishment.ReadAsync()).ShouldSucceed().ShouldBe(new("ash", 50, 1, 65, 1));
        (await town.KindsAsync("staff/ash/EL-001")).ShouldBe(["staff.hired"]);
        (await town.KindsAsync("establishment/ash")).ShouldBe(["establishment.post-filled", "establishment.post-filled"]);
        (await town.KindsAsync("town/ash")).ShouldBe(["town.founded", "town.settled"]);
    }

    [Fact]
    public async Task Found_Again_ChangesNothing()
    {
        var town = cluster.NewTown("elm");
        var command = new FoundTown(Stamps.Next(), []);
        await town.Town.FoundAsync(command);
        (await town.Town.FoundAsync(command)).ShouldSucceed();
        (await town.Town.FoundAsync(new(Stamps.Next(), []))).ShouldSucceed();
        (await town.KindsAsync("town/elm")).ShouldBe(["town.founded", "town.settled"]);
        (await town.KindsAsync("staff/elm/EL-001")).ShouldBe(["staff.hired"]);
    }

    [Fact]
    public async Task Found_Otherwise_IsRefusedAndRecorded()
    {
        var town = cluster.NewTown("elm");
        await town.Town.FoundAsync(new(Stamps.Next(), []));
        (await town.Town.FoundAsync(new(Stamps.Next(), ["permit"]))).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
        (await town.KindsAsync("town/elm"))[^1].ShouldBe("town.refused");
    }

    [Fact]
    public async Task Found_NoPlan_IsRefused() =>
        (await cluster.NewTown("nowhere").Town.FoundAsync(new(Stamps.Next(), []))).ShouldBeRefused(RefusalCode.TownUnknown);

    [Fact]
    public async Task Reserve_ManyAtOnceAndACrash_NeverHandsOutANumberTwice()
    {
        var town = cluster.NewTown("elm");
        (await town.Town.ReserveCaseNumbersAsync(1, Stamps.Morning)).ShouldBeRefused(RefusalCode.TownNotFounded);
        await town.Town.FoundAsync(new(Stamps.Next(), []));
        var first = await Task.WhenAll(Enumerable.Range(1, 50).Select(n => town.Town.ReserveCaseNumbersAsync(n, Stamps.Morning)));
        await cluster.ForgetAsync(town.Town);
        var last = (await town.Town.ReserveCaseNumbersAsync(10, Stamps.Morning)).ShouldSucceed();

        var numbers = first
            .Select(b => b.ShouldSucceed())
            .Append(last)
            .SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b.First + i))
            .ToList();
        numbers.ShouldBeUnique();
        numbers.Max().ShouldBe((50 * 51 / 2) + 10);
        last.Prefix.ShouldBe("EL");
    }
}
