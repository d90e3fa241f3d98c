using TownReform.Grains.Tests.Fixtures;
using TownReform.Grains.Work;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Work;

/// <summary>Cases come to the desk of a workplace on their silo while its grain is there, and by its grain when it isn't.</summary>
public sealed class LocalDesksTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    private static readonly WorkItem Item = new(
        Case: "C-1",
        Version: 3,
        Step: "work",
        Item: "I-1",
        Role: "clerk",
        Hands: 1,
        Certificates: [],
        NotBy: [],
        Prefer: null,
        Green: false,
        Since: PureCase.At(Day),
        NextCheckOn: null,
        Due: null,
        Officers: []
    );

    [Fact]
    public void Desk_BeforeItIsFilledAndAfterItWasClosed_TurnsCasesAway()
    {
        var desk = Desk();
        desk.TryEnqueue(Item, out _).ShouldBeFalse();
        desk.Open([]);
        desk.TryEnqueue(Item, out var taken).ShouldBeTrue();
        taken!.Officers.ShouldBe(["a"]);
        desk.Close();
        desk.TryEnqueue(Item with { Version = 4 }, out _).ShouldBeFalse();
        desk.TryRelease(Item.Case, Item.Version).ShouldBeFalse();
        desk.Find(Item.Case)!.Version.ShouldBe(3);

        // Its grain still answers what has reached it.
        desk.Enqueue(Item with { Version = 4 }).Officers.ShouldBe(["a"]);
        desk.Release(Item.Case, 4);
        desk.Find(Item.Case).ShouldBeNull();
    }

    [Fact]
    public void Desk_StepThatWasReplaced_IsNotLetGoForTheOneBefore()
    {
        var desk = Desk();
        desk.Open([Item]);
        var found = desk.Find(Item.Case)!;
        desk.TryEnqueue(Item with { Version = 4 }, out _).ShouldBeTrue();
        desk.TryRelease(found).ShouldBeFalse();
        desk.TryRelease(desk.Find(Item.Case)!).ShouldBeTrue();
        desk.Find(Item.Case).ShouldBeNull();
    }

    [Fact]
    public async Task Case_WhoseWorkplaceLeavesAndComesBack_IsOnTheNewDeskOnly()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        var workplace = (await permit.ViewAsync()).Workplace!;
        cluster.NeighboursOf(town).Queues.TryFind(workplace, out var before).ShouldBeTrue();
        ((LockedWorkQueue)before!).Find(permit.Number).ShouldNotBeNull();

        await cluster.ForgetAsync(town.Workplace(workplace));
        cluster.NeighboursOf(town).Queues.TryFind(workplace, out _).ShouldBeFalse();
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));

        var view = await permit.ViewAsync();
        view.Officers.ShouldNotBeEmpty();
        cluster.NeighboursOf(town).Queues.TryFind(view.Workplace!, out var after).ShouldBeTrue();
        after.ShouldNotBeSameAs(before);
        ((LockedWorkQueue)after!).Find(permit.Number)!.Step.ShouldBe(view.Step);
        (await town.Workplace(view.Workplace!).ListAsync(null)).ShouldHaveSingleItem().Case.ShouldBe(permit.Number);
    }

    private static LockedWorkQueue Desk()
    {
        var desk = new LockedWorkQueue(RealSeeds.Yandian.DayOf);
        desk.Join(new Colleague("a", ["clerk"], []));
        return desk;
    }
}
