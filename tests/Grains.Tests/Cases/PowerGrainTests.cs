using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Powers granted, suspended, adjusted and recalled by procedure while cases are under way (A4, A5).</summary>
[ShowsClause("A3", "A4", "A5", "A6")]
public sealed class PowerGrainTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateOnly From = new(2019, 4, 22);

    [Theory]
    [InlineData(InFlightRule.Finish, "recall", "decision", false)]
    [InlineData(InFlightRule.Finish, "suspend", "decision", false)]
    [InlineData(InFlightRule.HandBack, "recall", "handed-back", false)]
    [InlineData(InFlightRule.HandBack, "suspend", "handed-back", false)]
    [InlineData(InFlightRule.Freeze, "recall", "decision", true)]
    [InlineData(InFlightRule.Freeze, "suspend", "decision", true)]
    public async Task Power_LeavesTheTown_OpenCasesFollowTheirItem(InFlightRule inFlight, string change, string step, bool frozen)
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit", inFlight);
        var permit = await AtDecisionAsync(town, item);
        var granted = await AtDecisionAsync(town, item);
        await granted.DoAsync("grant", Day);
        await AdjustAsync(town, item, change, From);

        await town.SweepAsync(From.AddDays(-1));
        (await permit.ViewAsync()).Step.ShouldBe("decision");
        await town.SweepAsync(From);
        var view = await permit.ViewAsync();
        (view.Step, view.Frozen).ShouldBe((step, frozen));
        await granted.DoAsync("deliver", From);

        (await town.NextCase().TryOpenAsync("permit", item.Code, PureCase.Public(), From)).Refusal.ShouldNotBeNull().Clause.ShouldBe("A3");
        await town.OpenAsync("permit-by-county", item, PureCase.Public(), From);
        if (inFlight == InFlightRule.Finish)
        {
            await permit.DoAsync("grant", From);
        }
    }

    [Fact]
    public async Task Power_Returned_FrozenCasesGoOn()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit", InFlightRule.Freeze);
        var permit = await AtDecisionAsync(town, item);
        await AdjustAsync(town, item, "suspend", From);
        await town.SweepAsync(From);
        (await permit.TryAsync("grant", await permit.OfficerAsync(), From)).ShouldBeRefused(RefusalCode.CaseFrozen);
        await AdjustAsync(town, item, "grant", From.AddDays(14));
        await town.SweepAsync(From.AddDays(14));
        (await permit.ViewAsync()).Frozen.ShouldBeFalse();
        await permit.DoAsync("grant", From.AddDays(14));
    }

    [Fact]
    public async Task Recall_OnItsDayBeforeTheSweep_AlreadyStopsDecisions()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit", InFlightRule.HandBack);
        var (early, late) = (await AtDecisionAsync(town, item), await AtDecisionAsync(town, item));
        await AdjustAsync(town, item, "recall", From);
        (await WhyNotAsync(late, "grant", From.AddDays(-1))).ShouldBeNull();
        await early.DoAsync("grant", From.AddDays(-1));
        (await WhyNotAsync(late, "grant", From)).ShouldNotBeNull().Code.ShouldBe(RefusalCode.PowerRecalled, "told before trying");
        (await late.TryAsync("grant", await late.OfficerAsync(), From)).ShouldBeRefused(RefusalCode.PowerRecalled).Clause.ShouldBe("A3");
    }

    [Fact]
    public async Task Adjust_Promise_HoldsForNewCasesOnly()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit");
        var old = await AtDecisionAsync(town, item);
        await AdjustAsync(town, item, "adjust", From, F("promised", "2wd"));
        var fresh = await town.OpenAsync("permit", item, PureCase.Public(), From);
        ((await old.ViewAsync()).ItemVersion, (await old.ViewAsync()).Clock.Limit).ShouldBe((1, item.Promised.Days));
        ((await fresh.ViewAsync()).ItemVersion, (await fresh.ViewAsync()).Clock.Limit).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Adjust_WhatTheCatalogueWouldRefuse_IsRefusedInTheCase()
    {
        var town = await cluster.FoundAsync();
        var (item, retained) = (town.Plan.Item("permit"), town.Plan.RetainedItem());
        (await ProposeAsync(town, item, "grant", From)).ShouldBeRefused(RefusalCode.PowerInWrongState).Clause.ShouldBe("A4");
        (await ProposeAsync(town, retained, "grant", From)).ShouldBeRefused(RefusalCode.PowerInWrongState).Clause.ShouldBe("A6");
        (await ProposeAsync(town, item, "adjust", From, F("promised", "21wd"))).ShouldBeRefused(RefusalCode.PromiseLongerThanLaw);
        (await ProposeAsync(town, item, "adjust", From, F("promised", "soon"))).ShouldBeRefused(RefusalCode.FieldMalformed);
        (await town.KindsAsync("catalogue/yandian")).ShouldBe(["catalogue.founded"]);
    }

    [Fact]
    public async Task Grant_ItemRecalledBefore_NeedsAReadyBureau()
    {
        var town = await cluster.FoundAsync();
        var item = town
            .Plan.Items.Values.OrderBy(i => i.Code, StringComparer.Ordinal)
            .First(i => i.Certificates.Any(c => c.Certificate == "food") && i.Kind == "permit");
        await AdjustAsync(town, item, "recall", From);
        var holders = town
            .Plan.Staff.Concat(town.Plan.StationedStaff)
            .Where(p => p.Organ == item.Bureau && p.Certificates.Any(c => c.Code == "food"))
            .ToArray();
        foreach (var holder in holders)
        {
            await SecondAsync(town, holder.Id, From.AddDays(10), From.AddDays(40));
        }

        var grant = town.NextCase();
        await ReviewedAsync(town, grant, item, From);
        var refusal = (await grant.TryAsync("grant", await grant.OfficerAsync(), From.AddDays(10))).ShouldBeRefused(RefusalCode.NotReady);
        (refusal.Clause, refusal.Of("certificate:food")).ShouldBe(("A5", "0/1"));
        await grant.DoAsync("grant", From.AddDays(41));
        (await town.Catalogue.HoldingAsync(item.Code, From.AddDays(41))).ShouldSucceed().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Grant_Given_PutsTheItemInForceUnderGuidance()
    {
        var town = await cluster.NewTown("guyun").FoundAsync(null, "permit");
        var item = town.Plan.Item("permit");
        var grant = town.NextCase();
        await ReviewedAsync(town, grant, item, From);
        await grant.DoAsync("grant", From);
        (await grant.ViewAsync()).Ending.ShouldBe("in-force");
        await town.OpenAsync("permit", item, PureCase.Public(), From);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Filing_AroundTheEndOfGuidance_SaysWhetherTheDecisionWasGuided(int days, bool guided)
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit");
        var day = town.Plan.PlanDate.AddMonths(town.Plan.Policy.GuidanceMonths).AddDays(days);
        var permit = await AtDecisionAsync(town, item, day);
        await permit.DoAsync("grant", day);
        var office = town.County(item.CountyDepartment);
        (await office.ListFilingsAsync(openOnly: true)).ShouldHaveSingleItem().Guided.ShouldBe(guided);
        var filed = (
            await office.AnswerFilingAsync(
                new AnswerFiling(
                    Stamps.Next(PureCase.At(day), new Actor($"{item.CountyDepartment}-1", item.CountyDepartment)),
                    permit.Number,
                    FilingAnswer.File,
                    null,
                    "勘验记录应附照片"
                )
            )
        ).ShouldSucceed();
        (filed.Answer, filed.Comment).ShouldBe((FilingAnswer.File, "勘验记录应附照片"));
        await cluster.ForgetAsync(office);
        (await office.ListFilingsAsync(openOnly: false)).ShouldHaveSingleItem().Comment.ShouldBe("勘验记录应附照片");
    }

    [Fact]
    public async Task Found_AfterCertificatesRanOut_PassesOverItemsThatNobodyCanCarry()
    {
        // Every certificate of the seeds is valid until the end of 2027 at the latest.
        var last = new DateOnly(2027, 12, 31);
        var ready = await cluster.NewTown().FoundAsync(last);
        (await ready.Catalogue.ListAsync(last)).ShouldSucceed().NotReady.ShouldBeEmpty();
        var town = await cluster.NewTown().FoundAsync(last.AddDays(1));
        var list = (await town.Catalogue.ListAsync(last.AddDays(1))).ShouldSucceed();
        list.NotReady.Order()
            .ShouldBe(town.Plan.Items.Values.Where(i => !i.Retained && !i.Certificates.IsEmpty).Select(i => i.Code).Order());
        list.Items.Where(h => list.NotReady.Contains(h.Item)).ShouldAllBe(h => h.Standing == PowerStanding.NotHeld);
    }

    private static async Task<TestCase> AtDecisionAsync(TestTown town, TownReform.Grains.Rules.Plans.PowerItem item, DateOnly? on = null)
    {
        var permit = await town.OpenAsync("permit", item, PureCase.Public(), on ?? Day);
        await permit.DoAsync("accept", on ?? Day);
        return await permit.DoAsync("recommend", on ?? Day, F("recommendation", "grant"));
    }

    private static Actor County(TownReform.Grains.Rules.Plans.PowerItem item) => new($"{item.CountyDepartment}-1", item.CountyDepartment);

    private static Task<Outcome<CaseView>> ProposeAsync(
        TestTown town,
        TownReform.Grains.Rules.Plans.PowerItem item,
        string change,
        DateOnly from,
        params Field[] more
    ) =>
        town.NextCase()
            .TryOpenAsync(
                "power-adjustment",
                item.Code,
                County(item),
                Day,
                [F("change", change), Date("from", from), F("reason", "评估"), .. more]
            );

    private static async Task<Refusal?> WhyNotAsync(TestCase permit, string act, DateOnly day) =>
        (await permit.Grain.AskAsync(Stamps.Next(PureCase.At(day), await permit.OfficerAsync())))
            .ShouldSucceed()
            .Acts.Single(a => a.Act == act)
            .Refusal;

    private static async Task AdjustAsync(
        TestTown town,
        TownReform.Grains.Rules.Plans.PowerItem item,
        string change,
        DateOnly from,
        params Field[] more
    )
    {
        if (change == "grant")
        {
            var grant = town.NextCase();
            await ReviewedAsync(town, grant, item, from);
            await grant.DoAsync("grant", from);
            return;
        }

        var adjustment = await town.OpenAsync(
            "power-adjustment",
            item,
            County(item),
            Day,
            [F("change", change), Date("from", from), F("reason", "评估"), .. more]
        );
        await adjustment.DoAsync("agree", Day);
        await adjustment.DoAsync("heard", Day, F("opinion", "同意"));
        await adjustment.DoAsync("order", Day);
        (await adjustment.ViewAsync()).Ending.ShouldBe("in-force");
    }

    private static async Task ReviewedAsync(TestTown town, TestCase grant, TownReform.Grains.Rules.Plans.PowerItem item, DateOnly from)
    {
        (
            await grant.TryOpenAsync(
                "power-adjustment",
                item.Code,
                County(item),
                Day,
                F("change", "grant"),
                Date("from", from),
                F("reason", "评估")
            )
        ).ShouldSucceed();
        await grant.DoAsync("approve", Day);
    }

    private static async Task SecondAsync(TestTown town, string staff, DateOnly from, DateOnly until)
    {
        await town.Staff(staff).ReceiveAsync([TestTown.From($"S-{staff}", 1, new BeginSecondment($"S-{staff}", "housing", from, until))]);
        await town.DrainAsync();
    }
}
