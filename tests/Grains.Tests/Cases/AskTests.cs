using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Grains.Tests.Simulation;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>"Why can't I?" before trying, and what an act would lead to: by the rules of the act, and without a record.</summary>
public sealed class AskTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    /// <summary>Whatever two simulated months do, refusals included, was foreseen; and the questions change nothing.</summary>
    [Fact]
    public async Task Foresee_EveryActAndOpeningOfTwoMonths_TellsWhatBecomesOfIt()
    {
        using var scenario = ScenarioCopy.Small();
        var questions = new QuestionsFirst();
        var order = new SimulationOrder(
            Scenario: scenario.FullPath,
            Seed: 1,
            Replications: 1,
            Routes: [],
            DemandScale: null,
            Pace: null,
            Parallel: 1
        );
        var asked = new WrittenRun();
        await asked.GoAsync(order, Stop, configure: services => services.AddSingleton<IIncomingGrainCallFilter>(questions));
        questions.Otherwise.ShouldBeEmpty();
        questions.Compared.Acts.ShouldBeGreaterThan(300);
        questions.Compared.Openings.ShouldBeGreaterThan(100);
        questions.Compared.Refusals.ShouldBeGreaterThan(5);

        asked[1].Lines.ShouldBe((await WrittenRun.OfAsync(order, Stop))[1].Lines);
    }

    [Fact]
    public async Task Ask_AtTheWindow_TellsWhatIsPossibleAndWhyTheRestIsNot()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var acts = await AskAsync(permit, await permit.OfficerAsync());
        (acts.Number, acts.Version, acts.Step!.Zh).ShouldBe((permit.Number, 1, "窗口收件"));
        var accept = acts.Acts.Single(a => a.Act == "accept");
        (accept.Refusal, accept.Anywhere, accept.Ends, accept.Decides).ShouldBe((null, false, false, false));
        acts.Acts.Single(a => a.Act == "notify")
            .ShouldSatisfyAllConditions(
                a => a.Refusal.ShouldBeNull("its field can still be filled in"),
                a => a.Fields.Single(f => f.Needed).Name.ShouldBe("missing")
            );
        var withdraw = acts.Acts.Single(a => a.Act == "withdraw");
        (withdraw.Refusal!.Code, withdraw.Anywhere, withdraw.Ends).ShouldBe((RefusalCode.ActorWrongRole, true, true));
        acts.Acts.ShouldNotContain(a => a.Act == "hand-back", "only the system does it");

        (await AskAsync(permit, PureCase.Public())).Acts.Where(a => a.Refusal is null).Select(a => a.Act).ShouldBe(["withdraw"]);
        (await AskAsync(permit, new Actor("370000199001010000", Actor.Public))).Acts.ShouldAllBe(a => a.Refusal != null);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened"]);
    }

    [Fact]
    public async Task Ask_AsTheSystemOrOfNoCase_IsRefused()
    {
        var (town, permit) = await OpenedAsync(cluster);
        (await permit.Grain.AskAsync(Stamps.Next(PureCase.At(Day), Actor.System))).ShouldBeRefused(RefusalCode.SystemFromOutside);
        (await town.NextCase().Grain.AskAsync(Stamps.Next(PureCase.At(Day), PureCase.Public()))).ShouldBeRefused(RefusalCode.CaseUnknown);
    }

    [Fact]
    public async Task Ask_CaseHasEnded_HasNoActs()
    {
        var (_, permit) = await OpenedAsync(cluster);
        await permit.ByPublicAsync("withdraw", Day);
        var acts = await AskAsync(permit, PureCase.Public());
        (acts.Step, acts.Acts.Length, acts.Version).ShouldBe((null, 0, 2));
    }

    [Fact]
    public async Task Foresee_AnAct_TellsTheNextStepAndRecordsNothing()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var accept = new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "accept", []);
        var outlook = (await permit.Grain.ForeseeAsync(accept)).ShouldSucceed();
        (outlook.Version, outlook.After.Step, outlook.After.Clock.Started).ShouldBe((1, "review", true));
        outlook.Who!.Zh.ShouldContain("审查");
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened"]);
        (await permit.Grain.ActAsync(accept)).ShouldSucceed().Step.ShouldBe("review", "the id was not used up");
    }

    [Fact]
    public async Task ForeseeOpening_TakesNoNumberAndTellsTheRefusal()
    {
        var town = await cluster.FoundAsync();
        var intake = town.Grains.GetGrain<IIntakeGrain>(Address.Intake(town.World, town.Plan.Code, default));
        var opening = Opening(town);
        (await intake.ForeseeAsync(opening)).ShouldSucceed().After.Step.ShouldBe("intake");
        (await intake.ForeseeAsync(opening with { Subject = "YD-XX-001" })).ShouldBeRefused(RefusalCode.SubjectUnknown);
        (await intake.OpenAsync(opening)).ShouldSucceed().Number.ShouldEndWith("00000001");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Act_AtAVersion_IsDoneOnlyWhenTheCaseHasIt(long seen, bool done)
    {
        var (town, permit) = await OpenedAsync(cluster);
        await permit.DoAsync("accept", Day);
        var recommend = new ActOnCase(
            Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()),
            "recommend",
            [F("recommendation", "grant")],
            seen
        );
        var answer = await permit.Grain.ActAsync(recommend);
        if (done)
        {
            answer.ShouldSucceed().Step.ShouldBe("decision");
            Same((await permit.Grain.ActAsync(recommend)).ShouldSucceed(), answer.Value!);
            return;
        }

        answer.ShouldBeRefused(RefusalCode.CaseMovedOn).Facts.ShouldContain(new Fact("version", "2"));
        (await permit.Grain.ForeseeAsync(recommend)).ShouldBeRefused(RefusalCode.CaseMovedOn);
        (await town.KindsAsync(permit.Stream)).Length.ShouldBe(2, "a page that has aged is told, not recorded");
        (await permit.Grain.ActAsync(recommend with { AtVersion = 2 })).ShouldSucceed().Step.ShouldBe("decision");
    }

    [Fact]
    public async Task ReadAt_EachRecordAndMoment_IsWhatWasAnsweredThen()
    {
        var (_, permit) = await OpenedAsync(cluster);
        List<CaseView> then = [await permit.ViewAsync()];
        await permit.DoAsync("accept", Day.AddDays(1));
        then.Add(await permit.ViewAsync());
        await permit.DoAsync("recommend", Day.AddDays(2), F("recommendation", "grant"));
        then.Add(await permit.ViewAsync());
        await permit.TryAsync("accept", PureCase.Public(), Day.AddDays(2));
        for (var n = 1; n <= 3; n++)
        {
            Same((await permit.Grain.ReadAtAsync(new AsOf(n))).ShouldSucceed(), then[n - 1]);
        }

        var (accepted, recommended) = (then[1].ChangedAt, then[2].ChangedAt);
        (await AtAsync(accepted.AddTicks(-1))).ShouldSucceed().Version.ShouldBe(1);
        (await AtAsync(accepted)).ShouldSucceed().Version.ShouldBe(2);
        var between = (await AtAsync(recommended.AddTicks(-1))).ShouldSucceed();
        (between.Version, between.Clock.Used).ShouldBe((2, then[1].Clock.Used + 1), "its clock is of the day that was asked for");
        (await AtAsync(recommended.AddDays(1))).ShouldSucceed().Version.ShouldBe(4, "the refusal counts as a record");

        (await permit.Grain.ReadAtAsync(new AsOf(0))).ShouldBeRefused(RefusalCode.CaseNotThen);
        (await permit.Grain.ReadAtAsync(new AsOf(5)))
            .ShouldBeRefused(RefusalCode.CaseNotThen)
            .Facts.ShouldContain(new Fact("version", "4"));
        (await AtAsync(then[0].OpenedAt.AddTicks(-1))).ShouldBeRefused(RefusalCode.CaseNotThen);
        (await permit.Grain.ReadAtAsync(new AsOf(null))).ShouldBeRefused(RefusalCode.CaseNotThen);

        Task<Outcome<CaseView>> AtAsync(DateTimeOffset at) => permit.Grain.ReadAtAsync(new AsOf(null, at));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<AskedActs> AskAsync(TestCase permit, Actor actor) =>
        (await permit.Grain.AskAsync(Stamps.Next(PureCase.At(Day), actor))).ShouldSucceed();
}
