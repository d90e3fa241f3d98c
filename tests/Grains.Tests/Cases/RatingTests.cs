using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Rating by the party (好差评, B12): by whom, when, once; a bad one opens a return visit at another office.</summary>
[ShowsClause("B12")]
public sealed class RatingTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    public async Task Rating_OfEachLevel_OpensAVisitWhenItIsBad(int level, bool opens)
    {
        var (town, permit) = await EndedAsync();
        var given = (await RateAsync(town, permit, level, words: "等得太久")).ShouldSucceed();
        (given.Level, given.Words).ShouldBe((level, "等得太久"));
        await town.DrainAsync();
        var rating = (await Rating(town, permit).ReadAsync()).ShouldSucceed();
        (rating.Visit is not null).ShouldBe(opens);
        if (rating.Visit is { } number)
        {
            var visit = (await town.Grains.GetGrain<ICaseGrain>(Address.Case(town.World, number)).ReadAsync()).ShouldSucceed();
            (visit.Procedure, visit.Step, visit.Workplace).ShouldBe(("return-visit", "contact", "yandian/party-building-office"));
            visit.Party.ShouldBe(PureCase.Citizen);
            visit.Fields.ShouldBe([new("rated", permit.Number), new("level", $"{level}"), new("words", "等得太久")]);
            (await town.Bureau("party-building-office").ListAsync(visit.Officers.Single())).ShouldHaveSingleItem();
        }

        (await permit.ViewAsync()).Fields.ShouldNotContain(field => field.Name == "level", "who handled it doesn't read it in the file");
        await SoundAsync(town);
    }

    /// <summary>Day 30 after the end, and day 31.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(29, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Rating_WithinItsDaysAndAfter_IsTakenAndIsNot(int later, bool refused)
    {
        var (town, permit) = await EndedAsync();
        var last = (await Rating(town, permit).ReadAsync()).ShouldSucceed().LastDay.ShouldNotBeNull();
        last.ShouldBe(Day.AddDays(30), "a Wednesday");
        var answer = await RateAsync(town, permit, 4, day: Day.AddDays(later));
        if (refused)
        {
            answer.ShouldBeRefused(RefusalCode.RatingTooLate);
        }
        else
        {
            answer.ShouldSucceed();
        }
    }

    [Fact]
    public async Task Rating_TwiceTooEarlyOrByOthers_IsRefused()
    {
        var (town, permit) = await TakenInAsync();
        (await RateAsync(town, permit, 5)).ShouldBeRefused(RefusalCode.RatingTooEarly);
        await WithdrawAsync(permit);
        (await RateAsync(town, permit, 0)).ShouldBeRefused(RefusalCode.FieldMalformed);
        (await RateAsync(town, permit, 6)).ShouldBeRefused(RefusalCode.FieldMalformed);
        (await RateAsync(town, permit, 5, who: new Actor("370000199001010000", Actor.Public))).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await RateAsync(town, permit, 5, who: new Actor("YD-024", "government-service"))).ShouldBeRefused(RefusalCode.ActorWrongRole);
        var stranger = new Actor("370000199001010000", Actor.Public, For: PureCase.Citizen.Id);
        (await RateAsync(town, permit, 5, who: stranger)).ShouldBeRefused(RefusalCode.ActorWrongRole);

        var command = new RateCase(Stamps.Next(PureCase.At(Day), PureCase.Public()), 5);
        (await Rating(town, permit).RateAsync(command)).ShouldSucceed();
        (await Rating(town, permit).RateAsync(command)).ShouldSucceed().Level.ShouldBe(5, "the same command again");
        (await Rating(town, permit).RateAsync(command with { Level = 1 })).ShouldBeRefused(RefusalCode.CommandIdReused);
        (await RateAsync(town, permit, 1)).ShouldBeRefused(RefusalCode.RatingGivenAlready);
        await town.DrainAsync();
        (await Rating(town, permit).ReadAsync()).ShouldSucceed().Visit.ShouldBeNull();
        (await town.Grains.GetGrain<IRatingGrain>(Address.Case(town.World, "YD00000099")).ReadAsync()).ShouldBeRefused(
            RefusalCode.CaseUnknown
        );
    }

    [Fact]
    public async Task Visit_DealtWith_IsRatedAgainAndOpensNoOther()
    {
        var (town, permit) = await EndedAsync();
        await RateAsync(town, permit, 1);
        await town.DrainAsync();
        var number = (await Rating(town, permit).ReadAsync()).ShouldSucceed().Visit.ShouldNotBeNull();
        var visit = town.Grains.GetGrain<ICaseGrain>(Address.Case(town.World, number));
        await ActAsync(visit, "contacted", ("said", "窗口等了一小时"));
        await ActAsync(visit, "resolve", ("result", "增设窗口"));
        (await visit.ReadAsync()).ShouldSucceed().Ending.ShouldBe("resolved");
        var again = town.Grains.GetGrain<IRatingGrain>(Address.Case(town.World, number));
        (await again.RateAsync(new(Stamps.Next(PureCase.At(Day), PureCase.Public()), 2))).ShouldSucceed();
        await town.DrainAsync();
        (await again.ReadAsync()).ShouldSucceed().Visit.ShouldBeNull("a return visit opens no other");
        await SoundAsync(town);
    }

    // By the town's own numbers, as the return visit is.
    private async Task<(TestTown Town, TestCase Permit)> TakenInAsync()
    {
        var town = await cluster.FoundAsync();
        return (town, town.Case((await town.Grains.OpenCaseAsync(town.World, Opening(town))).ShouldSucceed().Number));
    }

    private async Task<(TestTown Town, TestCase Permit)> EndedAsync()
    {
        var (town, permit) = await TakenInAsync();
        await WithdrawAsync(permit);
        return (town, permit);
    }

    private static async Task WithdrawAsync(TestCase permit) =>
        (await permit.Grain.ActAsync(new(Stamps.Next(PureCase.At(Day), PureCase.Public()), "withdraw", []))).ShouldSucceed();

    private static async Task ActAsync(ICaseGrain visit, string act, (string Name, string Value) field)
    {
        var officer = new Actor((await visit.ReadAsync()).ShouldSucceed().Officers.Single(), "party-building-office");
        var command = new ActOnCase(Stamps.Next(PureCase.At(Day), officer), act, [new Field(field.Name, field.Value)]);
        (await visit.ActAsync(command)).ShouldSucceed();
    }

    private static IRatingGrain Rating(TestTown town, TestCase permit) =>
        town.Grains.GetGrain<IRatingGrain>(Address.Case(town.World, permit.Number));

    private static Task<Outcome<RatingView>> RateAsync(
        TestTown town,
        TestCase permit,
        int level,
        DateOnly? day = null,
        Actor? who = null,
        string? words = null
    ) => Rating(town, permit).RateAsync(new(Stamps.Next(PureCase.At(day ?? Day), who ?? PureCase.Public()), level, words));

    private static async Task SoundAsync(TestTown town)
    {
        var audit = await EndStateCheck.RunAsync(
            town.Scan,
            RealSeeds.Library,
            world: town.World,
            cancellation: TestContext.Current.CancellationToken
        );
        audit.Checks.SelectMany(check => check.First).Select(found => $"{found}").ShouldBeEmpty();
    }
}
