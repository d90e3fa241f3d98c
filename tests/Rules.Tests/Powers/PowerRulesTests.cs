using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Powers;

[ShowsClause("A3", "A5", "A7", "A8")]
public sealed class PowerRulesTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);
    private static readonly PowerItem Item = TestPlans.Elm.Items[TestPlans.Permit];
    private static readonly Organ Bureau = TestPlans.Elm.Organs[0];

    [Theory]
    [InlineData(PowerStanding.NotHeld, RefusalCode.PowerNotInForce)]
    [InlineData(PowerStanding.Suspended, RefusalCode.PowerSuspended)]
    [InlineData(PowerStanding.Recalled, RefusalCode.PowerRecalled)]
    public void InForce_AnyOtherStanding_IsRefusedWithItsCode(PowerStanding standing, RefusalCode code)
    {
        var refusal = PowerRules.InForce(Holding(standing), Item, Day).ShouldBe(code);
        refusal.Clause.ShouldBe("A3");
        (refusal.Of("item"), refusal.Of("day"), refusal.Of("since")).ShouldBe((Item.Code, "2019-04-10", "2019-04-01"));
    }

    [Theory]
    [InlineData("2019-04-01", true)]
    [InlineData("2020-03-31", true)]
    [InlineData("2020-04-01", false)]
    public void IsGuided_AroundTheFirstTwelveMonths_IsOverOnTheDayThatCompletesThem(string day, bool guided)
    {
        var on = DateOnly.ParseExact(day, "O");
        PowerRules.IsGuided(Holding(PowerStanding.InForce), TestPlans.ElmPolicy, on).ShouldBe(guided);
        PowerRules.IsGuided(Holding(PowerStanding.Suspended), TestPlans.ElmPolicy, on).ShouldBeFalse();
        PowerRules.IsGuided(Holding(PowerStanding.InForce), TestPlans.ElmPolicy with { GuidanceMonths = 0 }, on).ShouldBeFalse();
    }

    [Fact]
    public void InForce_InForce_Passes() => PowerRules.InForce(Holding(PowerStanding.InForce), Item, Day).ShouldBeNull();

    [Theory]
    [InlineData("county", PowerStanding.InForce, true)]
    [InlineData("county", PowerStanding.NotHeld, false)]
    [InlineData("county", PowerStanding.Suspended, false)]
    [InlineData("county", PowerStanding.Recalled, false)]
    [InlineData("town", PowerStanding.InForce, false)]
    public void RouteOpen_CountyRoute_IsClosedWhileInForceAtTheTown(string route, PowerStanding standing, bool closed)
    {
        var refusal = PowerRules.RouteOpen(Holding(standing), Item, route, TestPlans.Elm, Day);
        (refusal?.Code == RefusalCode.RouteClosed).ShouldBe(closed);
        refusal?.Of("goTo").ShouldBe("elm/service");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("G-1", true)]
    [InlineData("G-9", false)]
    public void WithinGuidance_BoundPlan_NeedsARow(string? row, bool within) =>
        (PowerRules.WithinGuidance(TestPlans.Oak, Item with { Guidance = row }) is null).ShouldBe(within);

    [Fact]
    public void WithinGuidance_PlanNotBound_Passes() =>
        PowerRules.WithinGuidance(TestPlans.Elm, Item with { Guidance = null }).ShouldBeNull();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Readiness_CertifiedPeople_AtLeastTheNumber(int people, bool refused) =>
        (
            Ready(Needing("approval", 2), [.. Enumerable.Range(1, people).Select(i => TestPlans.Person($"p{i}", "service"))]) is not null
        ).ShouldBe(refused);

    [Theory]
    [InlineData("2020-06-29", false)]
    [InlineData("2020-06-30", false)]
    [InlineData("2020-07-01", true)]
    public void Readiness_CertificatesLastDay_StillCounts(string day, bool refused) =>
        (
            PowerRules.Readiness(Needing("approval", 1), Bureau, [TestPlans.Person("p", "service")], DateOnly.ParseExact(day, "O"))
            is not null
        ).ShouldBe(refused);

    [Fact]
    public void Readiness_ManyThingsMissing_ListsAllOfThem()
    {
        var item = Needing("approval", 2) with
        {
            Certificates = [new("approval", 2), new("fire", 1)],
            Equipment = ["printer", "camera", "drone"],
        };
        var refusal = Ready(item, [TestPlans.Person("p", "service")]).ShouldBe(RefusalCode.NotReady);
        refusal.Of("certificate:approval").ShouldBe("1/2");
        refusal.Of("certificate:fire").ShouldBe("0/1");
        refusal
            .Facts.Where(f => f.Name.StartsWith("equipment:", StringComparison.Ordinal))
            .Select(f => f.Name)
            .ShouldBe(["equipment:camera", "equipment:drone"]);
    }

    [Fact]
    public void Readiness_OtherBureausPeopleAndSecondedPeople_DoNotCount()
    {
        var seconded = TestPlans.Person("p", "service") with { Absences = [new(AbsenceKind.Secondment, Day, Day)] };
        Ready(Needing("approval", 1), [TestPlans.Person("q", "enforcement"), seconded])
            .ShouldBe(RefusalCode.NotReady)
            .Of("certificate:approval")
            .ShouldBe("0/1");
    }

    [Fact]
    public void Readiness_SomebodyWhosePostWasFreed_DoesNotCountUntilAppointedAgain()
    {
        var freed = TestPlans.Person("p", "service") with { OutOfOffice = [new(PureCase.At(Day), null)] };
        Ready(Needing("approval", 1), [freed]).ShouldBe(RefusalCode.NotReady).Of("certificate:approval").ShouldBe("0/1");
        Ready(Needing("approval", 1), [freed with { OutOfOffice = [new(PureCase.At(Day), PureCase.At(Day.AddDays(1)))] }]).ShouldBeNull();
    }

    [Theory]
    [InlineData("19wd", null)]
    [InlineData("20wd", null)]
    [InlineData("21wd", RefusalCode.PromiseLongerThanLaw)]
    [InlineData("20cd", RefusalCode.PromiseLongerThanLaw)]
    [InlineData("soon", RefusalCode.FieldMalformed)]
    [InlineData(null, null)]
    public void Promise_AgainstTheLaw_IsNeverLonger(string? promised, RefusalCode? code) =>
        (PowerRules.Promise(Item, promised, Day, RealSeeds.Library.Law)?.Code).ShouldBe(code);

    [Fact]
    public void Promise_LongerThanTheLaw_CitesTheFigureOrElseTheItemsBasis()
    {
        PowerRules
            .Promise(Item, "21wd", Day, RealSeeds.Library.Law)
            .ShouldBe(RefusalCode.PromiseLongerThanLaw)
            .Of("article")
            .ShouldBe("§1");
        var named = Item with { Statutory = new(default, FigureName.Read("law:licensing.supplement.days")) };
        var figure = RealSeeds.Library.Law.On(Day).Find("licensing.supplement.days").ShouldNotBeNull();
        var longer = new TimeLimit(figure.Limit.Days + 1, figure.Limit.Unit);
        PowerRules.Promise(named, figure.Limit.ToString(), Day, RealSeeds.Library.Law).ShouldBeNull();
        PowerRules
            .Promise(named, longer.ToString(), Day, RealSeeds.Library.Law)
            .ShouldBe(RefusalCode.PromiseLongerThanLaw)
            .Of("article")
            .ShouldBe(figure.Article);
    }

    private static Refusal? Ready(PowerItem item, ImmutableArray<StaffFacts> people) => PowerRules.Readiness(item, Bureau, people, Day);

    private static PowerItem Needing(string certificate, int people) => Item with { Certificates = [new(certificate, people)] };

    private static PowerHolding Holding(PowerStanding standing) => new(Item.Code, 1, standing, new DateOnly(2019, 4, 1), null);
}
