using TownReform.Grains.Tests.Audit;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Establishment;

/// <summary>An office goes with its post, from the moment of the release to that of another appointment (mechanisms.md, O).</summary>
public sealed class FreedPostTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateTimeOffset Freed = PureCase.At(Day).AddHours(1);

    [Fact]
    public async Task Release_TakesTheOfficeFromThatMomentOn_AndAnAppointmentGivesItBack()
    {
        var (town, permit) = await AtReviewAsync();
        var officer = await permit.OfficerAsync();
        var posts = Posts(town);
        (await posts.FreePostAsync(new(Stamps.Next(Freed, Stamps.Personnel), officer.Id))).ShouldSucceed();

        // A moment before, somebody is not late for their last act; the moment itself and after are without office. Nothing had to be
        // delivered for that.
        (await ActAsync(permit, officer, Freed.AddTicks(-1), "request-papers-that-are-not")).Code.ShouldBe(RefusalCode.ActUnknown);
        foreach (var at in new[] { Freed, Freed.AddSeconds(1), Freed.AddDays(3) })
        {
            (await ActAsync(permit, officer, at, "recommend")).Code.ShouldBe(RefusalCode.OfficeNotHeld, $"{at:O}");
        }

        await town.DrainAsync();
        (await town.KindsAsync($"staff/yandian/{officer.Id}")).Count(kind => kind == "staff.office-ended").ShouldBe(1);

        // What they had in hand is handed to somebody who is there.
        var successor = await permit.OfficerAsync();
        successor.Id.ShouldNotBe(officer.Id);

        var back = Freed.AddDays(4);
        (await posts.FillPostAsync(new(Stamps.Next(back, Stamps.Personnel), officer.Id, PostClass.Administrative))).ShouldSucceed();
        await town.DrainAsync();
        var facts = (await town.Staff(officer.Id).ReadAsync()).ShouldSucceed();
        facts.OutOfOffice.ShouldNotBeNull().ShouldBe([new OutOfOffice(Freed, back)]);
        var other = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day.AddDays(7));
        (await other.Grain.ActAsync(new ActOnCase(Stamps.Next(back.AddDays(3), officer), "accept", []))).Refusal?.Code.ShouldNotBe(
            RefusalCode.OfficeNotHeld
        );
        (await History.OfAsync(town.World, town.Scan)).Check().ShouldBeSound();
    }

    [Fact]
    public async Task Personnel_WhosePostWasFreed_FreesNobody()
    {
        var (town, _) = await AtReviewAsync();
        (await Posts(town).FreePostAsync(new(Stamps.Next(Freed, Stamps.Personnel), Stamps.Personnel.Id))).ShouldSucceed();
        (await Posts(town).FreePostAsync(new(Stamps.Next(Freed, Stamps.Personnel), "YD-024")))
            .ShouldBeRefused(RefusalCode.OfficeNotHeld)
            .Facts.ShouldContain(fact => fact.Name == "from");
        (await town.Staff("YD-025").TakeLeaveAsync(new(Stamps.Next(Freed, Stamps.Personnel), Day, Day))).Refusal!.Code.ShouldBe(
            RefusalCode.OfficeNotHeld
        );

        // Who freed their own post held the office until then.
        await town.DrainAsync();
        (await History.OfAsync(town.World, town.Scan)).Check().ShouldBeSound();
    }

    [Fact]
    public async Task Act_OfSomebodyWithoutOffice_IsABreachAndOneMomentBeforeIsNone()
    {
        var (town, permit) = await AtReviewAsync();
        var officer = await permit.OfficerAsync();
        await permit.DoAsync("recommend", officer, Day, F("recommendation", "grant"));
        (await Posts(town).FreePostAsync(new(Stamps.Next(Freed, Stamps.Personnel), officer.Id))).ShouldSucceed();
        await town.DrainAsync();
        var history = await History.OfAsync(town.World, town.Scan);
        history.Copy().Check().ShouldBeSound();

        // The same act, stamped later, in a record that goes on after the release.
        var acts = history.Records.Where(record => record.Stream == permit.Stream).ToArray();
        var act = (TownReform.Grains.Rules.Cases.ActTaken)TownReform.Grains.Cases.CaseCodec.Instance.Read(acts[^1]);
        history
            .Remove(permit.Stream, acts[^1].Version)
            .AppendLate(TownReform.Grains.Cases.CaseCodec.Instance, permit.Stream, act with { At = Freed }, officer, Freed)
            .Check()
            .ShouldBreach("transitions", permit.Stream, acts[^1].Version)
            .Why.En.ShouldContain("freed");
    }

    [Fact]
    public async Task Release_OfAnIdThatTheTownHasNobodyOf_TellsNobody()
    {
        var (town, _) = await AtReviewAsync();
        (await Posts(town).FillPostAsync(new(Stamps.Next(Freed, Stamps.Personnel), "YD-901", PostClass.Administrative))).ShouldSucceed();
        (await Posts(town).FreePostAsync(new(Stamps.Next(Freed, Stamps.Personnel), "YD-901"))).ShouldSucceed();
        await town.DrainAsync();
        (await town.KindsAsync("staff/yandian/YD-901")).ShouldBeEmpty();
    }

    private static IEstablishmentInside Posts(TestTown town) =>
        town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));

    private static async Task<Refusal> ActAsync(TestCase permit, Actor actor, DateTimeOffset at, string act) =>
        (
            await permit.Grain.ActAsync(
                new ActOnCase(Stamps.Next(at, actor), act, act == "recommend" ? [F("recommendation", "grant")] : [])
            )
        ).Refusal.ShouldNotBeNull();

    private async Task<(TestTown Town, TestCase Permit)> AtReviewAsync()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        return (town, await permit.DoAsync("accept", Day));
    }
}
