using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;

namespace TownReform.Grains.Tests.Cases;

/// <summary>The head of an office gives a task to another of its officers (改派): who may, to whom, and what goes on as it was.</summary>
public sealed class ReassignTests(CaseCluster cluster)
{
    private const string Office = "government-service";

    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Task_GivenByTheHead_IsTheOthersWithItsLimitAndOnRecord()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var before = await permit.ViewAsync();
        var (from, to) = (before.Officers.Single(), Other(town, before));
        var given = (await GiveAsync(permit, Head(town), to, reason: "熟悉该事项")).ShouldSucceed();
        (given.Officers.Single(), given.Step, given.Due, given.Workplace).ShouldBe((to, before.Step, before.Due, before.Workplace));
        (await town.Bureau(Office).ListAsync(from)).ShouldBeEmpty();
        (await town.Bureau(Office).ListAsync(to)).ShouldHaveSingleItem().Case.ShouldBe(permit.Number);

        var record = (await permit.Grain.HistoryAsync(1)).ShouldSucceed().Records.ShouldHaveSingleItem();
        record.Actor.ShouldBe(Head(town));
        record.Sentence.Zh.ShouldBe($"改派：{from} → {to}");
        record.Fields.ShouldHaveSingleItem().Value.ShouldBe("熟悉该事项");

        // What the workplace had under way for the officers before comes too late; the step is done as ever.
        await permit.Grain.HandOverAsync(new Grains.Inside.HandOver(PureCase.At(Day), 1, [from]));
        (await permit.ViewAsync()).Officers.ShouldBe([to]);
        (await permit.DoAsync("accept", Day)).ShouldNotBeNull();
        (await permit.ViewAsync()).Step.ShouldBe("review");
        var audit = await EndStateCheck.RunAsync(
            town.Scan,
            RealSeeds.Library,
            world: town.World,
            cancellation: TestContext.Current.CancellationToken
        );
        audit.Checks.SelectMany(check => check.First).Select(found => $"{found}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Task_GivenTwiceUnderOneId_IsGivenOnce()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var view = await permit.ViewAsync();
        var command = Command(Head(town), Other(town, view));
        var first = (await permit.Grain.ActAsync(command)).ShouldSucceed();
        Same((await permit.Grain.ActAsync(command)).ShouldSucceed(), first);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.handed-over"]);
        (await permit.Grain.ActAsync(command with { Act = "accept", Fields = [] })).ShouldBeRefused(RefusalCode.CommandIdReused);
    }

    [Fact]
    public async Task Task_GivenByOthersOrToOthers_IsRefusedAndRecorded()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var view = await permit.ViewAsync();
        var (officer, other) = (new Actor(view.Officers.Single(), Office), Other(town, view));
        var headElsewhere = town.Plan.Staff.First(it => it.Organ != Office && it.Roles.Contains("head"));
        var reviewer = town.Plan.Staff.First(it => it.Organ == Office && !it.Roles.Contains("window"));

        (await GiveAsync(permit, officer, other)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await GiveAsync(permit, new(headElsewhere.Id, headElsewhere.Organ), other)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await GiveAsync(permit, PureCase.Public(), other)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await GiveAsync(permit, Head(town), officer.Id)).ShouldBeRefused(RefusalCode.TaskInHandAlready);
        (await GiveAsync(permit, Head(town), headElsewhere.Id)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await GiveAsync(permit, Head(town), reviewer.Id)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await GiveAsync(permit, Head(town), "YD-999")).ShouldBeRefused(RefusalCode.StaffUnknown);
        (await permit.Grain.ActAsync(Command(Head(town), other) with { Fields = [] })).ShouldBeRefused(RefusalCode.FieldMissing);
        (await permit.Grain.ActAsync(Command(Head(town), other, ("from", "YD-999")))).ShouldBeRefused(RefusalCode.TaskNotInHand);
        (await permit.Grain.ActAsync(Command(Head(town), other, ("amount", "5")))).ShouldBeRefused(RefusalCode.FieldUnknown);
        (await permit.ViewAsync()).Officers.ShouldBe(view.Officers);
        (await permit.ViewAsync()).Version.ShouldBeGreaterThan(6, "a refusal of an act stands on the case");

        (await permit.Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(Day), PureCase.Public()), "withdraw", []))).ShouldSucceed();
        (await GiveAsync(permit, Head(town), other)).ShouldBeRefused(RefusalCode.CaseEnded);
    }

    /// <summary>The day before a leave begins, on its last day, and the day after.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Task_GivenToSomebodyWithLeave_IsTakenOnDaysWhenTheyAreThere(int later, bool refused)
    {
        var (town, permit) = await OpenedAsync(cluster);
        var to = Other(town, await permit.ViewAsync());
        await town.Staff(to).TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), Day.AddDays(1), Day.AddDays(3)));
        await town.DrainAsync();
        var answer = await GiveAsync(permit, Head(town), to, day: Day.AddDays(later));
        if (refused)
        {
            answer.ShouldBeRefused(RefusalCode.ActorAbsent);
        }
        else
        {
            answer.ShouldSucceed().Officers.ShouldBe([to]);
        }
    }

    [Fact]
    public async Task Acts_AskedByHeadAndOfficer_NameItToTheHeadAlone()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var officer = new Actor((await permit.ViewAsync()).Officers.Single(), Office);
        var ofHead = (await permit.Grain.AskAsync(Stamps.Next(PureCase.At(Day), Head(town)))).ShouldSucceed();
        var act = ofHead.Acts.Single(one => one.Act == ReassignRules.Act);
        act.Refusal.ShouldBeNull();
        act.Fields.Select(field => field.Name).ShouldBe(["to", "reason"]);
        var ofOfficer = (await permit.Grain.AskAsync(Stamps.Next(PureCase.At(Day), officer))).ShouldSucceed();
        ofOfficer.Acts.ShouldNotContain(one => one.Act == ReassignRules.Act);
        var to = Other(town, await permit.ViewAsync());
        (await permit.Grain.ForeseeAsync(Command(Head(town), to))).ShouldSucceed().After.Officers.ShouldBe([to]);
        (await permit.ViewAsync()).Version.ShouldBe(1, "looking ahead records nothing");
    }

    private static Actor Head(TestTown town) =>
        new(town.Plan.Staff.First(it => it.Organ == Office && it.Roles.Contains("head")).Id, Office);

    // Somebody else at the window.
    private static string Other(TestTown town, CaseView view) =>
        town.Plan.Staff.First(it => it.Organ == Office && it.Roles.Contains("window") && !view.Officers.Contains(it.Id)).Id;

    private static ActOnCase Command(Actor who, string to, params (string Name, string Value)[] more) =>
        new(
            Stamps.Next(PureCase.At(Day), who),
            ReassignRules.Act,
            [new Field(ReassignRules.To, to), .. more.Select(one => new Field(one.Name, one.Value))]
        );

    private static Task<Outcome<CaseView>> GiveAsync(TestCase permit, Actor who, string to, string? reason = null, DateOnly? day = null)
    {
        var command = reason is null ? Command(who, to) : Command(who, to, (ReassignRules.Reason, reason));
        return permit.Grain.ActAsync(command with { Stamp = Stamps.Next(PureCase.At(day ?? Day), who) });
    }
}
