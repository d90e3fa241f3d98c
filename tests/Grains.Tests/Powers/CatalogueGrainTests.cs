using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Powers;

public sealed class CatalogueGrainTests(TownCluster cluster)
{
    private static readonly DateOnly From = new(2019, 4, 10);

    [Fact]
    public async Task Found_Repeated_GrantsOnceAndNeverTheRetained()
    {
        var town = cluster.NewTown("elm");
        (await town.Catalogue.FoundAsync(new(Stamps.Next(), From, []))).ShouldSucceed();
        var view = (await town.Catalogue.FoundAsync(new(Stamps.Next(), From, []))).ShouldSucceed();
        view.Items.Select(i => (i.Item, i.Standing))
            .ShouldBe([
                (TestPlans.Penalty, PowerStanding.InForce),
                (TestPlans.Permit, PowerStanding.InForce),
                (TestPlans.Retained, PowerStanding.NotHeld),
            ]);
        (await town.KindsAsync("catalogue/elm")).ShouldBe(["catalogue.founded"]);
    }

    [Fact]
    public async Task Adjust_Recall_IsToldToTheBureauThatHandlesTheItem()
    {
        var town = await FoundedAsync();
        await town.Catalogue.ReceiveAsync([
            TestTown.From("C-9", 4, new AdjustPower("C-9", TestPlans.Penalty, PowerChange.Recall, new(2019, 6, 1), null)),
        ]);
        var told = town.Journal.Left.ShouldHaveSingleItem();
        (told.TargetType, told.TargetKey, told.Effect).ShouldBe(
            ("bureau", $"{town.World}/elm/enforcement", new PowerChanged(TestPlans.Penalty, PowerChange.Recall, new(2019, 6, 1)))
        );
        (await town.Catalogue.HoldingAsync(TestPlans.Penalty, new(2019, 5, 31))).ShouldSucceed().Standing.ShouldBe(PowerStanding.InForce);
        (await town.Catalogue.HoldingAsync(TestPlans.Penalty, new(2019, 6, 1))).ShouldSucceed().Standing.ShouldBe(PowerStanding.Recalled);
    }

    [Fact]
    public async Task Adjust_DeliveredTwiceAndByACrash_MakesOneVersion()
    {
        var town = await FoundedAsync();
        var delivery = TestTown.From("C-9", 4, new AdjustPower("C-9", TestPlans.Permit, PowerChange.Adjust, new(2019, 6, 1), "5wd"));
        await town.Catalogue.ReceiveAsync([delivery]);
        await cluster.ForgetAsync(town.Catalogue);
        await town.Catalogue.ReceiveAsync([delivery]);
        var holding = (await town.Catalogue.HoldingAsync(TestPlans.Permit, new(2019, 6, 1))).ShouldSucceed();
        (holding.Version, holding.PromisedLimit).ShouldBe((2, "5wd"));
    }

    [Fact]
    public async Task Adjust_ImpossibleChange_IsRecordedAsRefusedAndToldToNobody()
    {
        var town = await FoundedAsync();
        await town.Catalogue.ReceiveAsync([
            TestTown.From("C-9", 4, new AdjustPower("C-9", TestPlans.Retained, PowerChange.Recall, new(2019, 6, 1), null)),
        ]);
        (await town.KindsAsync("catalogue/elm")).ShouldBe(["catalogue.founded", "catalogue.refused"]);
        town.Journal.Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Holding_UnknownItem_IsRefused() =>
        (await cluster.NewTown("elm").Catalogue.HoldingAsync("X", From)).ShouldBeRefused(RefusalCode.PowerUnknown);

    private async Task<TestTown> FoundedAsync()
    {
        var town = cluster.NewTown("elm");
        (await town.Catalogue.FoundAsync(new(Stamps.Next(), From, []))).ShouldSucceed();
        return town;
    }
}
