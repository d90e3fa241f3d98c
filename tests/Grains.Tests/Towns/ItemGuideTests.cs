using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Towns;

/// <summary>The service guide of an item, and the figures of a town's board.</summary>
[ShowsClause("B8")]
public sealed class ItemGuideTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Item_OfAPermit_TellsAllThatAnApplicantMayKnow()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit");
        var guide = (await Directory(town).ItemAsync(item.Code, Day)).ShouldSucceed();
        (guide.Town, guide.Day, guide.Item, guide.Kind.Name.Zh, guide.Field.Name.Zh).ShouldBe(
            ("yandian", Day, new ListedName(item.Code, item.Name), "行政许可", "产业发展")
        );
        (guide.Bureau.Name.En, guide.Department.Name.Zh.Length > 4, guide.LegalBasis).ShouldBe(
            ("Government Service Bureau", true, item.LegalBasis)
        );
        guide.Papers.ShouldBe(item.Papers);
        (guide.Statutory!.Days, guide.Statutory.Said.Zh, guide.Statutory.Article).ShouldBe((20, "20 个工作日", "行政许可法(2003) §42"));
        (guide.Promised!.Days, guide.Promised.CalendarDays, guide.Promised.Article).ShouldBe((item.Promised.Days, false, null));
        (guide.Power.Holding.Standing, guide.Power.Holding.Since, guide.Power.NotReady).ShouldBe(
            (PowerStanding.InForce, town.Plan.PlanDate, false)
        );
        guide.Power.Changes.ShouldHaveSingleItem().Version.ShouldBe(1);
        (guide.Bands.IsEmpty, guide.Taken, guide.Provenance).ShouldBe((true, null, "illustrative"));
        var procedure = guide.Procedures[0];
        (procedure.Code, procedure.Route).ShouldBe(("permit", "town"));
        procedure.Steps.Select(step => step.Code).ShouldBe(["intake", "review", "decision", "delivery"]);
        (procedure.Steps[0].Limit!.Days, procedure.Steps[1].Limit).ShouldBe((5, null));
    }

    /// <summary>Whatever a plan's catalogue holds has a guide in both languages, on any day.</summary>
    [Fact]
    public async Task Item_EachOfEachTown_HasAGuide()
    {
        foreach (var code in RealSeeds.Library.Towns.Keys)
        {
            var town = await cluster.FoundAsync(code);
            foreach (var item in town.Plan.Items.Values)
            {
                var guide = (await Directory(town).ItemAsync(item.Code, new(2026, 11, 30))).ShouldSucceed();
                guide.Procedures.ShouldNotBeEmpty(item.Code);
                guide.Procedures.ShouldAllBe(p => p.Steps.Length > 0);
                (guide.Retained, guide.Papers.IsEmpty && item.Kind != "penalty").ShouldBe((item.Retained, false), item.Code);
                guide.Versions.Length.ShouldBe(item.Versions.Length + 1);
                guide.Bands.Length.ShouldBe(item.On(new(2026, 11, 30)).Bands.Length);
            }
        }
    }

    [Fact]
    public async Task Item_AfterCases_TellsHowLongTheyTook()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit");
        foreach (var days in new[] { 1, 2, 7 })
        {
            var permit = await town.OpenAsync("permit", item, PureCase.Public(), Day);
            await permit.DoAsync("decline", Day.AddDays(days), F("reason", "不属于受理范围"));
        }

        var (last, directory) = (Day.AddDays(7), Directory(town));
        (await directory.ItemAsync(item.Code, last))
            .ShouldSucceed()
            .Taken.ShouldBe(new TimeTaken(3, 2, 5, CalendarDays: false, last.AddDays(-89), last));
        (await directory.ItemAsync(item.Code, Day.AddDays(6)))
            .ShouldSucceed()
            .Taken!.Cases.ShouldBe(2, "what lies ahead counts for nothing");
        (await directory.ItemAsync(item.Code, last.AddDays(89))).ShouldSucceed().Taken!.Cases.ShouldBe(1);
        (await directory.ItemAsync(item.Code, last.AddDays(90))).ShouldSucceed().Taken.ShouldBeNull();
    }

    [Fact]
    public async Task Item_PowerSuspendedAndItemUnknown_AreTold()
    {
        var town = await cluster.FoundAsync();
        (await Directory(town).ItemAsync("YD-XX-001", Day)).ShouldBeRefused(RefusalCode.PowerUnknown);
        (await Directory(town).ItemAsync(null!, Day)).ShouldBeRefused(RefusalCode.PowerUnknown);
        var nowhere = town.Grains.GetGrain<ITownDirectoryGrain>(Address.Town(town.World, "nowhere"));
        (await nowhere.ItemAsync("YD-XK-001", Day)).ShouldBeRefused(RefusalCode.TownUnknown);
        (await Directory(town).ItemAsync(town.Plan.RetainedItem().Code, Day))
            .ShouldSucceed()
            .Power.Holding.Standing.ShouldBe(PowerStanding.NotHeld);
    }

    /// <summary>What was refused, by town, clause and code; the open work by colour.</summary>
    [Fact]
    public async Task Board_RefusalsAndWork_AreCountedByTown()
    {
        var town = await cluster.FoundAsync();
        var index = town.Grains.GetGrain<ICaseIndexGrain>(town.World);
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.TryAsync("grant", PureCase.Public(), Day);
        await permit.TryAsync("grant", PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        await permit.DoAsync("grant", Day);
        var office = town.Plan.Item("permit").CountyDepartment;
        var clerk = town.Plan.County.Department(office)!.People[0].Id;
        await town.County(office)
            .AnswerFilingAsync(new(Stamps.Next(PureCase.At(Day), new Actor(clerk, office)), permit.Number, FilingAnswer.Refuse));

        var refusals = await index.CountRefusalsAsync(PureCase.At(Day));
        refusals.IsWhole.ShouldBeTrue();
        refusals.Totals.ShouldAllBe(total => total.Latest!.Zh.Length > 0 && total.Latest.En.Length > 0, "in words");
        refusals
            .Totals.Select(total => total with { Latest = null })
            .ShouldBe([
                new RefusalTotal("yandian", "A3", RefusalCode.ActNotHere, 2),
                new RefusalTotal("yandian", "B2", RefusalCode.CountyMayOnlyFile, 1),
            ]);
        (await index.CountRefusalsAsync(PureCase.At(Day).AddTicks(1))).Totals.ShouldBeEmpty();
        var work = (await index.CountWorkAsync("yandian")).ShouldHaveSingleItem();
        (work.Workplace, work.Colour, work.Due, work.Cases).ShouldBe(
            ("yandian/government-service", ClockColour.Green, (await permit.ViewAsync()).Due, 1)
        );
        (await index.CountWorkAsync("guyun")).ShouldBeEmpty();
    }

    private static ITownDirectoryGrain Directory(TestTown town) =>
        town.Grains.GetGrain<ITownDirectoryGrain>(Address.Town(town.World, town.Plan.Code));
}
