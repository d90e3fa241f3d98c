using TownReform.Grains.Rules;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Counties;

public sealed class CountyOfficeGrainTests(TownCluster cluster)
{
    [Fact]
    public async Task Answer_RefuseRepeated_IsOneInterference()
    {
        var (town, office) = await ReceivedAsync("construction");
        var refuse = new AnswerFiling(Stamps.Next(actor: By("construction")), "C-1", FilingAnswer.Refuse);
        (await office.AnswerFilingAsync(refuse)).ShouldBeRefused(RefusalCode.CountyMayOnlyFile);
        await cluster.ForgetAsync(office);
        (await office.AnswerFilingAsync(refuse)).ShouldBeRefused(RefusalCode.CountyMayOnlyFile);
        (await office.ListFilingsAsync(openOnly: true)).ShouldHaveSingleItem().Interferences.ShouldBe(1);
        (await town.KindsAsync("county-office/grove/construction")).ShouldBe(["county.filing-received", "county.interference-recorded"]);
    }

    [Fact]
    public async Task Answer_CityWithSpecialCircumstance_MayDemandASealWhereThePlanKnowsIt()
    {
        var (_, city) = await ReceivedAsync("city-construction");
        (await city.AnswerFilingAsync(new(Stamps.Next(actor: By("city-construction")), "C-1", FilingAnswer.DemandSeal))).ShouldBeRefused(
            RefusalCode.SecondSealDemanded
        );
        (await city.AnswerFilingAsync(new(Stamps.Next(actor: By("city-construction")), "C-1", FilingAnswer.DemandSeal, "listed building")))
            .ShouldSucceed()
            .Answer.ShouldBe(FilingAnswer.DemandSeal);
    }

    [Fact]
    public async Task Answer_File_ClosesTheTask()
    {
        var (_, office) = await ReceivedAsync("construction");
        (await office.AnswerFilingAsync(new(Stamps.Next(actor: By("construction")), "C-1", FilingAnswer.File)))
            .ShouldSucceed()
            .AnsweredOn.ShouldBe(new(2019, 4, 10));
        (await office.ListFilingsAsync(openOnly: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_UnknownCase_IsRefusedAndRecorded()
    {
        var (town, office) = await ReceivedAsync("construction");
        (await office.AnswerFilingAsync(new(Stamps.Next(actor: By("construction")), "C-9", FilingAnswer.File))).ShouldBeRefused(
            RefusalCode.FilingUnknown
        );
        (await town.KindsAsync("county-office/grove/construction"))[^1].ShouldBe("county.filing-refused");
    }

    [Fact]
    public async Task Answer_TaskThatIsNoLongerAtHand_IsAnsweredFromTheRecord()
    {
        var (town, office) = await ReceivedAsync("construction");
        var file = new AnswerFiling(Stamps.Next(actor: By("construction")), "C-1", FilingAnswer.File, null, "补拍照片");
        var filed = (await office.AnswerFilingAsync(file)).ShouldSucceed();
        var later = Enumerable.Range(2, RecentCases.Least * 2).Select(n => $"C-{n}").ToArray();
        await office.ReceiveAsync([.. later.Select(n => TestTown.From(n, 7, new FileWithCounty(n, "ash", "I-1", Forward: false)))]);
        foreach (var number in later)
        {
            await office.AnswerFilingAsync(new(Stamps.Next(actor: By("construction")), number, FilingAnswer.File));
        }

        (await office.ListFilingsAsync(openOnly: false)).ShouldNotContain(f => f.Case == "C-1");
        (await office.AnswerFilingAsync(file)).ShouldSucceed().ShouldBe(filed);
        (await office.AnswerFilingAsync(file with { Stamp = Stamps.Next(actor: By("construction")) })).ShouldSucceed().ShouldBe(filed);
        var refuse = new AnswerFiling(Stamps.Next(actor: By("construction")), "C-1", FilingAnswer.Refuse);
        (await office.AnswerFilingAsync(refuse)).ShouldBeRefused(RefusalCode.CountyMayOnlyFile);
        await cluster.ForgetAsync(office);
        (await office.AnswerFilingAsync(refuse)).ShouldBeRefused(RefusalCode.CountyMayOnlyFile);
        (await office.ListFilingsAsync(openOnly: false)).ShouldContain(filed with { Interferences = 1 });
        (await town.KindsAsync("county-office/grove/construction")).Count(k => k == "county.interference-recorded").ShouldBe(1);
    }

    [Fact]
    public async Task Answer_DepartmentThatOnlyOneTownOfTheCountyHas_IsOfTheCountysOwnLevel()
    {
        var (_, office) = await ReceivedAsync("city-water", "oak");
        (
            await office.AnswerFilingAsync(new(Stamps.Next(actor: By("city-water")), "C-1", FilingAnswer.DemandSeal, "listed building"))
        ).ShouldBeRefused(RefusalCode.SecondSealDemanded);
        var (_, elms) = await ReceivedAsync("city-water", "elm");
        (
            await elms.AnswerFilingAsync(new(Stamps.Next(actor: By("city-water")), "C-1", FilingAnswer.DemandSeal, "listed building"))
        ).ShouldSucceed();
    }

    [Fact]
    public async Task TakeIn_DepartmentThatOnlyOneTownOfTheCountyHas_HasItsPeople()
    {
        var office = cluster.NewTown("oak").County("city-water");
        (await office.EnqueueAsync(Work("C-1", Stamps.Morning))).Officers.ShouldBe(["city-water-1"]);
    }

    [Theory]
    [InlineData("2015-03-01", "")]
    [InlineData("2015-03-02", "construction-1 construction-2")]
    [InlineData("2019-12-31", "construction-1 construction-2")]
    [InlineData("2020-01-01", "construction-1 construction-1")]
    public async Task TakeIn_WorkIsGiven_ToWhoHoldsTheOfficeOnTheDay(string day, string officers)
    {
        var office = cluster.NewTown("ash").County("construction");
        var at = new DateTimeOffset(DateOnly.ParseExact(day, "O"), new(9, 0), TimeSpan.FromHours(8));
        var taken = new[] { await office.EnqueueAsync(Work("C-1", at)), await office.EnqueueAsync(Work("C-2", at)) };
        string.Join(' ', taken.SelectMany(t => t.Officers)).ShouldBe(officers);
    }

    [Theory]
    [InlineData("C1", "public", RefusalCode.ActorWrongRole)]
    [InlineData("city-construction-1", "city-construction", RefusalCode.ActorWrongRole)]
    [InlineData("construction-9", "construction", RefusalCode.OfficeNotHeld)]
    [InlineData("construction-1", "service", RefusalCode.ActorWrongRole)]
    public async Task Answer_ByAnybodyElse_IsRefusedAndNoInterference(string who, string office, RefusalCode code)
    {
        var (town, construction) = await ReceivedAsync("construction");
        (await construction.AnswerFilingAsync(new(Stamps.Next(actor: new Actor(who, office)), "C-1", FilingAnswer.Refuse))).ShouldBeRefused(
            code
        );
        (await town.KindsAsync("county-office/grove/construction"))[^1].ShouldBe("county.filing-refused");
        (await construction.ListFilingsAsync(openOnly: true)).ShouldHaveSingleItem().Interferences.ShouldBe(0);
    }

    private static Actor By(string department) => new($"{department}-1", department);

    private static WorkItem Work(string number, DateTimeOffset at) =>
        new(
            Case: number,
            Version: 1,
            Step: "decide",
            Item: "I-1",
            Role: "county",
            Hands: 1,
            Certificates: [],
            NotBy: [],
            Prefer: null,
            Green: false,
            Since: at,
            NextCheckOn: null,
            Due: null,
            Officers: []
        );

    private async Task<(TestTown Town, ICountyOfficeInside Office)> ReceivedAsync(string code, string of = "ash")
    {
        var town = cluster.NewTown(of);
        var office = town.County(code);
        var copy = TestTown.From("C-1", 7, new FileWithCounty("C-1", of, "I-1", Forward: false));
        await office.ReceiveAsync([copy]);
        await office.ReceiveAsync([copy]);
        return (town, office);
    }
}
