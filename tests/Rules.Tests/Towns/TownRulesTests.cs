using TownReform.Grains.Rules.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Towns;

public sealed class TownRulesTests
{
    private static readonly FoundTown Found = new(Stamps.Next(), []);
    private static readonly TownState Founded = TownRules.Apply(
        TownState.Empty,
        TownRules.Found(TownState.Empty, Found, TestPlans.Elm).ShouldSucceed()
    );

    [Fact]
    public void Found_EveningInUtc_IsTheTownsNextDay()
    {
        var late = new FoundTown(Stamps.Next(new DateTimeOffset(2019, 4, 9, 16, 0, 0, TimeSpan.Zero)), []);
        TownRules
            .Found(TownState.Empty, late, TestPlans.Elm)
            .ShouldSucceed()
            .ShouldBeOfType<TownFounded>()
            .FoundedOn.ShouldBe(new(2019, 4, 10));
    }

    [Fact]
    public void Found_SamePlanAgain_RecordsNothing() => TownRules.Found(Founded, new(Stamps.Next(), []), TestPlans.Elm).ShouldBeNull();

    [Fact]
    public void Found_OtherPlanOrOtherKindsLeftOut_IsRefused()
    {
        TownRules.Found(Founded, Found, TestPlans.Elm with { Hash = "other" }).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
        TownRules.Found(Founded, new(Stamps.Next(), ["permit"]), TestPlans.Elm).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
    }

    [Fact]
    public void Settlers_StationedPeople_HoldNoPost() =>
        TownRules.Settlers(TestPlans.Elm).Where(s => !s.HoldsPost).Select(s => s.Person.Id).ShouldBe(["EL-S01"]);

    [Fact]
    public void Bureaus_EachOrgan_HasItsOwnAndStationedPeople() =>
        TownRules.Bureaus(TestPlans.Elm)[0].People.Select(p => p.Id).ShouldBe(["EL-001", "EL-S01"]);

    [Fact]
    public void CountyOffices_Officers_AreNumbered() =>
        TownRules.CountyOffices(TestPlans.Oak)[0].People.Select(p => p.Id).ShouldBe(["construction-1", "construction-2"]);

    [Fact]
    public void Reserve_OneBlockAfterAnother_NeverGivesANumberTwice()
    {
        var first = TownRules.Reserve(Founded, "elm", 10).ShouldSucceed();
        var second = TownRules.Reserve(TownRules.Apply(Founded, first), "elm", 5).ShouldSucceed();
        (first, second).ShouldBe((new CaseNumbersReserved(1, 10), new CaseNumbersReserved(11, 5)));
    }

    [Fact]
    public void Reserve_NotFounded_IsRefused() => TownRules.Reserve(TownState.Empty, "elm", 1).ShouldBeRefused(RefusalCode.TownNotFounded);
}
