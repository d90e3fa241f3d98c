using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Powers;

[ShowsClause("A4", "A5")]
public sealed class CatalogueRulesTests
{
    private static readonly DateOnly From = new(2019, 4, 10);
    private static readonly TownPlan Plan = TestPlans.Elm;
    private static readonly CatalogueState Founded = CatalogueRules.Apply(
        CatalogueState.Empty,
        CatalogueRules.Found(CatalogueState.Empty, Plan, From, []).ShouldSucceed()
    );

    [Theory]
    [InlineData("2019-04-09", PowerStanding.NotHeld, 0)]
    [InlineData("2019-04-10", PowerStanding.InForce, 1)]
    [InlineData("2019-04-11", PowerStanding.InForce, 1)]
    public void Holding_AroundTheFirstDay_IsInForceFromIt(string day, PowerStanding standing, int version)
    {
        var holding = CatalogueRules.Holding(Founded, TestPlans.Permit, Day(day));
        (holding.Standing, holding.Version).ShouldBe((standing, version));
    }

    [Theory]
    [InlineData(0, 2, true)]
    [InlineData(1, 2, false)]
    [InlineData(0, 3, false)]
    public void Found_AroundReadiness_PassesOverWhatTheBureauCannotCarry(int daysAfterCertificates, int people, bool ready)
    {
        // The town's officer and the stationed one hold the certificate until 30 June 2020, that day included.
        var item = Plan.Items[TestPlans.Permit] with
        {
            Certificates = [new CertificateNeed("approval", people)],
            Equipment = ["printer"],
        };
        var plan = Plan with { Items = Plan.Items.SetItem(item.Code, item) };
        var day = new DateOnly(2020, 6, 30).AddDays(daysAfterCertificates);
        var state = CatalogueRules.Apply(CatalogueState.Empty, CatalogueRules.Found(CatalogueState.Empty, plan, day, []).ShouldSucceed());
        CatalogueRules.Holding(state, item.Code, day).Standing.ShouldBe(ready ? PowerStanding.InForce : PowerStanding.NotHeld);
        CatalogueRules.View(state, plan, day).NotReady.ShouldBe(ready ? [] : [item.Code]);
        var granted = ready
            ? state
            : CatalogueRules.Apply(
                state,
                CatalogueRules
                    .Adjust(state, plan, new AdjustPower("C-1", item.Code, PowerChange.Grant, day, null), RealSeeds.Library.Law)
                    .ShouldSucceed()
            );
        CatalogueRules.View(granted, plan, day).NotReady.ShouldBeEmpty();
    }

    [Fact]
    public void Found_EquipmentMissing_PassesOverTheItem()
    {
        var item = Plan.Items[TestPlans.Permit] with { Equipment = ["rangefinder"] };
        var founded = CatalogueRules
            .Found(CatalogueState.Empty, Plan with { Items = Plan.Items.SetItem(item.Code, item) }, From, [])
            .ShouldSucceed()
            .ShouldBeOfType<CatalogueFounded>();
        (founded.NotReady.Single(), founded.Items.Contains(item.Code)).ShouldBe((item.Code, false));
    }

    [Theory]
    [InlineData("2019-05-31", PowerStanding.InForce)]
    [InlineData("2019-06-01", PowerStanding.Recalled)]
    [InlineData("2019-06-02", PowerStanding.Recalled)]
    public void Holding_AroundTheRecall_IsRecalledFromIt(string day, PowerStanding standing) =>
        CatalogueRules
            .Holding(Changed(Founded, PowerChange.Recall, new(2019, 6, 1)), TestPlans.Permit, Day(day))
            .Standing.ShouldBe(standing);

    [Fact]
    public void Holding_AfterLaterChanges_KeepsItsHistory()
    {
        var state = Changed(Changed(Founded, PowerChange.Adjust, new(2019, 5, 1), "5wd"), PowerChange.Suspend, new(2019, 6, 1));
        CatalogueRules
            .Holding(state, TestPlans.Permit, new(2019, 4, 30))
            .ShouldBe(new(TestPlans.Permit, 1, PowerStanding.InForce, From, null));
        CatalogueRules
            .Holding(state, TestPlans.Permit, new(2019, 5, 1))
            .ShouldBe(new(TestPlans.Permit, 2, PowerStanding.InForce, From, "5wd"));
        CatalogueRules
            .Holding(state, TestPlans.Permit, new(2019, 6, 1))
            .ShouldBe(new(TestPlans.Permit, 2, PowerStanding.Suspended, new(2019, 6, 1), "5wd"));
    }

    [Fact]
    public void Grant_Suspended_RestoresTheSameVersion()
    {
        var state = Changed(Changed(Founded, PowerChange.Suspend, new(2019, 5, 1)), PowerChange.Grant, new(2019, 6, 1));
        CatalogueRules
            .Holding(state, TestPlans.Permit, new(2019, 6, 1))
            .ShouldBe(new(TestPlans.Permit, 1, PowerStanding.InForce, new(2019, 6, 1), null));
    }

    [Fact]
    public void Grant_Recalled_IsANewVersion()
    {
        var state = Changed(Changed(Founded, PowerChange.Recall, new(2019, 5, 1)), PowerChange.Grant, new(2019, 6, 1));
        CatalogueRules.Holding(state, TestPlans.Permit, new(2019, 6, 1)).Version.ShouldBe(2);
    }

    [Fact]
    public void Adjust_WithoutAPromise_KeepsTheOneThatStood()
    {
        var state = Changed(Changed(Founded, PowerChange.Adjust, new(2019, 5, 1), "5wd"), PowerChange.Adjust, new(2019, 6, 1));
        CatalogueRules.Holding(state, TestPlans.Permit, new(2019, 6, 1)).PromisedLimit.ShouldBe("5wd");
    }

    [Theory]
    [InlineData(PowerStanding.InForce, PowerChange.Grant, false)]
    [InlineData(PowerStanding.InForce, PowerChange.Suspend, true)]
    [InlineData(PowerStanding.InForce, PowerChange.Adjust, true)]
    [InlineData(PowerStanding.InForce, PowerChange.Recall, true)]
    [InlineData(PowerStanding.Suspended, PowerChange.Grant, true)]
    [InlineData(PowerStanding.Suspended, PowerChange.Suspend, false)]
    [InlineData(PowerStanding.Suspended, PowerChange.Adjust, false)]
    [InlineData(PowerStanding.Suspended, PowerChange.Recall, true)]
    [InlineData(PowerStanding.Recalled, PowerChange.Grant, true)]
    [InlineData(PowerStanding.Recalled, PowerChange.Suspend, false)]
    [InlineData(PowerStanding.Recalled, PowerChange.Adjust, false)]
    [InlineData(PowerStanding.Recalled, PowerChange.Recall, false)]
    public void Adjust_StandingAndChange_FollowTheTable(PowerStanding standing, PowerChange change, bool possible)
    {
        var state = standing switch
        {
            PowerStanding.Suspended => Changed(Founded, PowerChange.Suspend, From),
            PowerStanding.Recalled => Changed(Founded, PowerChange.Recall, From),
            _ => Founded,
        };
        Ask(state, TestPlans.Permit, change, From)!.Refusal?.Code.ShouldBe(RefusalCode.PowerInWrongState);
        (Ask(state, TestPlans.Permit, change, From)!.Refusal is null).ShouldBe(possible);
    }

    [Theory]
    [InlineData(PowerChange.Grant, true)]
    [InlineData(PowerChange.Suspend, false)]
    [InlineData(PowerChange.Adjust, false)]
    [InlineData(PowerChange.Recall, false)]
    public void Adjust_NeverGranted_OnlyGrantIsPossible(PowerChange change, bool possible)
    {
        var without = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, Plan, From, ["permit"]).ShouldSucceed()
        );
        (Ask(without, TestPlans.Permit, change, From)!.Refusal is null).ShouldBe(possible);
    }

    [Theory]
    [InlineData("2019-04-30", true)]
    [InlineData("2019-05-01", false)]
    [InlineData("2019-05-02", false)]
    public void Adjust_BeforeTheLastChange_IsRefused(string from, bool refused)
    {
        var state = Changed(Founded, PowerChange.Adjust, new(2019, 5, 1));
        (Ask(state, TestPlans.Permit, PowerChange.Recall, Day(from))!.Refusal?.Code == RefusalCode.PowerInWrongState).ShouldBe(refused);
    }

    [Fact]
    public void Found_KindLeftOut_StaysWithTheCounty()
    {
        var without = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, Plan, From, ["permit"]).ShouldSucceed()
        );
        CatalogueRules.Holding(without, TestPlans.Permit, From).Standing.ShouldBe(PowerStanding.NotHeld);
        CatalogueRules.Holding(without, TestPlans.Penalty, From).Standing.ShouldBe(PowerStanding.InForce);
    }

    [Fact]
    public void Retained_FoundOrGranted_IsNeverHeld()
    {
        CatalogueRules.Holding(Founded, TestPlans.Retained, From).Standing.ShouldBe(PowerStanding.NotHeld);
        Ask(Founded, TestPlans.Retained, PowerChange.Grant, From).ShouldBeRefused(RefusalCode.PowerInWrongState).Clause.ShouldBe("A6");
    }

    [Fact]
    public void Found_Again_RecordsNothingUnlessItDiffers()
    {
        CatalogueRules.Found(Founded, Plan, From, []).ShouldBeNull();
        CatalogueRules.Found(Founded, Plan, From.AddDays(1), []).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
        CatalogueRules.Found(Founded, Plan, From, ["permit"]).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
    }

    [Fact]
    public void Adjust_UnknownItemOrUnfoundedTown_IsRefused()
    {
        Ask(Founded, "X", PowerChange.Grant, From).ShouldBeRefused(RefusalCode.PowerUnknown);
        Ask(CatalogueState.Empty, TestPlans.Permit, PowerChange.Grant, From).ShouldBeRefused(RefusalCode.TownNotFounded);
    }

    [Fact]
    public void Found_ItemOutsideGuidance_IsRefused()
    {
        var plan = TestPlans.Oak with { Guidance = ["G-1"] };
        CatalogueRules
            .Found(CatalogueState.Empty, plan, From, [])
            .ShouldBeRefused(RefusalCode.OutsideGuidance)
            .Of("item")
            .ShouldBe(TestPlans.Penalty);
    }

    [Fact]
    public void Grant_OutsideGuidance_IsRefused()
    {
        var plan = TestPlans.Oak with { Guidance = ["G-2"] };
        var founded = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, plan, From, ["permit"]).ShouldSucceed()
        );
        CatalogueRules
            .Adjust(founded, plan, new("C-1", TestPlans.Permit, PowerChange.Grant, From, null), RealSeeds.Library.Law)
            .ShouldBeRefused(RefusalCode.OutsideGuidance);
    }

    [Fact]
    public void Found_ItemsAndKinds_StandInOrder()
    {
        var item = Plan.Items[TestPlans.Permit];
        var codes = new[] { "EL-P-3", "EL-P-1", "EL-P-4", "EL-P-2" };
        var plan = Plan with { Items = TestPlans.Items([.. codes.Select(code => item with { Code = code })]) };
        var founded = CatalogueRules
            .Found(CatalogueState.Empty, plan, From, ["penalty", "confirmation", "payment"])
            .ShouldSucceed()
            .ShouldBeOfType<CatalogueFounded>();
        founded.Items.ShouldBe(codes.Order(StringComparer.Ordinal));
        founded.Without.ShouldBe(["confirmation", "payment", "penalty"]);
        var state = CatalogueRules.Apply(CatalogueState.Empty, founded);
        CatalogueRules.View(state, plan, From).Items.Select(it => it.Item).ShouldBe(codes.Order(StringComparer.Ordinal));
        CatalogueRules
            .Found(state, plan, From, ["payment", "confirmation"])
            .ShouldBeRefused(RefusalCode.TownFoundedOtherwise)
            .Facts.Select(fact => fact.Value)
            .ShouldContain(value => value.EndsWith("[confirmation;payment]", StringComparison.Ordinal));
    }

    [Fact]
    public void Adjust_ItemOutsideGuidance_MayBeTakenAwayAndIsToldFirstWhenGranted()
    {
        var plan = TestPlans.Oak;
        var founded = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, plan, From, []).ShouldSucceed()
        );
        var bound = plan with { Guidance = ["G-9"] };
        Outcome<CatalogueEvent>? Change(CatalogueState state, PowerChange change, string? promised) =>
            CatalogueRules.Adjust(state, bound, new("C-1", TestPlans.Permit, change, From, promised), RealSeeds.Library.Law);
        var suspended = CatalogueRules.Apply(founded, Change(founded, PowerChange.Suspend, null).ShouldSucceed());
        Change(suspended, PowerChange.Grant, "99wd").ShouldBeRefused(RefusalCode.OutsideGuidance).Of("guidance").ShouldBe("G-1");
        Change(founded, PowerChange.Adjust, "99wd").ShouldBeRefused(RefusalCode.PromiseLongerThanLaw);
    }

    [Theory]
    [InlineData(null, "5wd")]
    [InlineData("7wd", "7wd")]
    public void GrantOrAdjust_WithAPromise_TakesItAndElseKeepsTheOneThatStood(string? promised, string stands)
    {
        var adjusted = Changed(Founded, PowerChange.Adjust, new(2019, 5, 1), "5wd");
        Promised(Changed(adjusted, PowerChange.Adjust, new(2019, 6, 1), promised)).ShouldBe(stands);
        var suspended = Changed(adjusted, PowerChange.Suspend, new(2019, 5, 15));
        Promised(Changed(suspended, PowerChange.Grant, new(2019, 6, 1), promised)).ShouldBe(stands);
    }

    [Fact]
    public void Adjust_WrongState_TellsHowItStandsAndSinceWhen()
    {
        var recalled = Ask(Changed(Founded, PowerChange.Recall, new(2019, 5, 1)), TestPlans.Permit, PowerChange.Recall, new(2019, 6, 1))
            .ShouldBeRefused(RefusalCode.PowerInWrongState);
        (recalled.Of("standing"), recalled.Of("since")).ShouldBe(("Recalled", "2019-05-01"));
        recalled.Because.En.ShouldContain("2019-05-01");

        var without = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, Plan, From, ["permit"]).ShouldSucceed()
        );
        var never = Ask(without, TestPlans.Permit, PowerChange.Recall, new(2019, 6, 1)).ShouldBeRefused(RefusalCode.PowerInWrongState);
        (never.Of("standing"), never.Of("since")).ShouldBe(("NotHeld", "-"));
    }

    private static string? Promised(CatalogueState state) => CatalogueRules.Holding(state, TestPlans.Permit, new(2019, 6, 1)).PromisedLimit;

    private static Outcome<CatalogueEvent>? Ask(
        CatalogueState state,
        string item,
        PowerChange change,
        DateOnly from,
        string? promised = null
    ) => CatalogueRules.Adjust(state, Plan, new("C-1", item, change, from, promised), RealSeeds.Library.Law);

    private static CatalogueState Changed(CatalogueState state, PowerChange change, DateOnly from, string? promised = null) =>
        CatalogueRules.Apply(state, Ask(state, TestPlans.Permit, change, from, promised).ShouldSucceed());

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "O");
}
