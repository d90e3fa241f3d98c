using System.Collections.Immutable;
using TownReform.Grains.Tests.Audit;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Recording;

/// <summary>The examples of mechanisms.md, O, each by the grain that is asked.</summary>
public sealed class OfficeAndTimeTests(CaseCluster cluster)
{
    private static readonly Actor Citizen = new("C1", Actor.Public);
    private static readonly DateOnly Day = PureCase.Day;

    /// <summary>Each is refused with the role wanted, changes nothing, and is on record.</summary>
    [Fact]
    public async Task Citizen_AnswersAppointsGivesLeaveAndMarks_IsRefusedWithTheRoleWanted()
    {
        var town = await cluster.FoundAsync();
        var permit = await GrantedAsync(town);
        var department = town.Plan.Item("permit").CountyDepartment;
        (await town.County(department).AnswerFilingAsync(new(Now(), permit.Number, FilingAnswer.File)))
            .ShouldBeRefused(RefusalCode.ActorWrongRole)
            .Of("wanted")
            .ShouldBe(department);
        (await town.County(department).ListFilingsAsync(openOnly: true)).ShouldContain(task => task.Case == permit.Number);
        (await town.KindsAsync($"county-office/{town.Plan.County.Code}/{department}"))[^1].ShouldBe("county.filing-refused");

        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        var held = (await posts.ReadAsync()).ShouldSucceed();
        (await posts.FillPostAsync(new(Now(), "YD-901", PostClass.Institution)))
            .ShouldBeRefused(RefusalCode.ActorWrongRole)
            .Of("wanted")
            .ShouldBe("personnel");
        (await posts.FreePostAsync(new(Now(), "YD-025"))).ShouldBeRefused(RefusalCode.ActorWrongRole).Of("wanted").ShouldBe("personnel");
        (await posts.ReadAsync()).ShouldSucceed().ShouldBe(held);
        (await town.KindsAsync("establishment/yandian"))[^1].ShouldBe("establishment.refused");

        // Leave for a head: of the government service, YD-021.
        var head = town.Plan.Staff.First(p => p.Organ == "government-service" && p.Roles.Contains("head"));
        (await town.Staff(head.Id).TakeLeaveAsync(new(Now(), Day.AddDays(7), Day.AddDays(8))))
            .ShouldBeRefused(RefusalCode.ActorWrongRole)
            .Of("wanted")
            .ShouldBe("government-service: head | deputy | committee");
        (await town.Staff(head.Id).ReadAsync()).ShouldSucceed().Absences.ShouldBeEmpty();

        var round = town.Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(town.World, town.Plan.Code, "2019"));
        (await round.OpenAsync(new(Stamps.Next(PureCase.At(Day.AddDays(1)), Stamps.Personnel), 2019, People(town)))).ShouldSucceed();
        (await round.MarkAsync(new(Now(), head.Id, Grade.Excellent)))
            .ShouldBeRefused(RefusalCode.ActorWrongRole)
            .Of("wanted")
            .ShouldBe("government-service: head | deputy | committee");
        (await round.MarkAsync(new(Stamps.Next(PureCase.At(Day.AddDays(1)), new(head.Id, head.Organ)), head.Id, Grade.Excellent)))
            .ShouldBeRefused(RefusalCode.OwnMatter)
            .Facts.ShouldContain(f => f.Name == "wanted");
        (await round.ReadAsync()).ShouldSucceed().Groups.Sum(group => group.Excellent).ShouldBe(0);
        (await round.MarkAsync(new(Stamps.Next(PureCase.At(Day.AddDays(1)), Stamps.Leader), head.Id, Grade.Excellent))).ShouldSucceed();
        await town.DrainAsync();
        (await History.OfAsync(town.World, town.Scan)).Check().ShouldBeSound();
    }

    /// <summary>A simulated world has no other clock than its commands; its streams don't go back all the same.</summary>
    [Theory]
    [InlineData("2019-06-04", RefusalCode.MomentBeforeLastRecord)]
    [InlineData("2019-06-28", null)]
    [InlineData("2019-07-01", null)]
    public async Task Grant_DatedBeforeTheReview_IsRefusedNamingBoth(string granted, RefusalCode? refused)
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), new(2019, 5, 31));
        await permit.DoAsync("accept", new(2019, 6, 3));
        await permit.DoAsync("recommend", new(2019, 6, 28), F("recommendation", "grant"));
        var decider = await permit.OfficerAsync();
        var refusal = (await permit.TryAsync("grant", decider, DateOnly.ParseExact(granted, "O"))).Refusal;
        (refusal?.Code).ShouldBe(refused);
        if (refused is not null)
        {
            refusal!.Because.En.ShouldContain("2019-06-04 09:00:00 +08:00");
            refusal.Because.En.ShouldContain("2019-06-28 09:00:00 +08:00");
            (await permit.ViewAsync()).Step.ShouldBe("decision");
        }
    }

    [Fact]
    public async Task Accept_BeforeItWasOpened_IsRefused()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        (await permit.TryAsync("accept", await permit.OfficerAsync(), Day.AddDays(-1)))
            .ShouldBeRefused(RefusalCode.MomentBeforeLastRecord)
            .Facts.Length.ShouldBe(2);
    }

    /// <summary>Every kind of stream, not only the case's.</summary>
    [Fact]
    public async Task Streams_OfEveryOffice_DontGoBack()
    {
        var town = await cluster.FoundAsync();
        var permit = await GrantedAsync(town);
        var department = town.Plan.County.Departments.First(d => d.Code == town.Plan.Item("permit").CountyDepartment);
        var (late, early) = (PureCase.At(Day.AddDays(20)), PureCase.At(Day.AddDays(19)));
        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        var round = town.Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(town.World, town.Plan.Code, "2019"));
        var county = new Actor(department.People[0].Id, department.Code);

        (await posts.FreePostAsync(new(Stamps.Next(late, Stamps.Personnel), "YD-025"))).ShouldSucceed();
        (await posts.FillPostAsync(new(Stamps.Next(early, Stamps.Personnel), "YD-025", PostClass.Institution))).ShouldBeRefused(
            RefusalCode.MomentBeforeLastRecord
        );
        (
            await town.Staff("YD-024").TakeLeaveAsync(new(Stamps.Next(late, Stamps.Leader), Day.AddDays(40), Day.AddDays(41)))
        ).ShouldSucceed();
        (
            await town.Staff("YD-024").TakeLeaveAsync(new(Stamps.Next(early, Stamps.Leader), Day.AddDays(50), Day.AddDays(51)))
        ).ShouldBeRefused(RefusalCode.MomentBeforeLastRecord);
        (
            await town.County(department.Code)
                .AnswerFilingAsync(new(Stamps.Next(PureCase.At(Day.AddDays(-1)), county), permit.Number, FilingAnswer.File))
        ).ShouldBeRefused(RefusalCode.MomentBeforeLastRecord);
        await town.DrainAsync();
        (await round.OpenAsync(new(Stamps.Next(late, Stamps.Personnel), 2019, People(town, "YD-025")))).ShouldSucceed();
        (await round.MarkAsync(new(Stamps.Next(early, Stamps.Leader), "YD-024", Grade.Excellent))).ShouldBeRefused(
            RefusalCode.MomentBeforeLastRecord
        );
    }

    private static Stamp Now() => Stamps.Next(PureCase.At(Day.AddDays(1)), Citizen);

    private static ImmutableArray<Assessee> People(TestTown town, params string[] without) =>
        [.. town.Plan.Staff.Where(p => !without.Contains(p.Id)).Select(p => new Assessee(p.Id, p.Class, false, 0))];

    private static async Task<TestCase> GrantedAsync(TestTown town)
    {
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        await permit.DoAsync("grant", Day);
        await town.DrainAsync();
        return permit;
    }
}
