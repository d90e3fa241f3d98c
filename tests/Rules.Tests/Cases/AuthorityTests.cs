using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Powers;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Nothing without authority, at opening and at the moment of decision (A3, A4, A6, A7).</summary>
[ShowsClause("A3", "A4", "A6", "A7")]
public sealed class AuthorityTests
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateOnly Recall = new(2019, 4, 15);

    [Theory]
    [InlineData(PowerStanding.NotHeld, RefusalCode.PowerNotInForce)]
    [InlineData(PowerStanding.Suspended, RefusalCode.PowerSuspended)]
    [InlineData(PowerStanding.Recalled, RefusalCode.PowerRecalled)]
    public void Open_ItemNotInForce_IsRefused(PowerStanding standing, RefusalCode code)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Holding = permit.Holding with { Standing = standing };
        var refusal = permit.Open(PureCase.Public(), Day).ShouldBeRefused(code);
        (refusal.Clause, refusal.Of("item"), refusal.Of("day")).ShouldBe(("A3", permit.Subject, $"{Day:O}"));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RefusalCode.PowerRecalled)]
    [InlineData(1, RefusalCode.PowerRecalled)]
    public void Decide_AroundTheDayOfRecall_NeedsThePowerOnThatDay(int days, RefusalCode? code)
    {
        var permit = PermitAtDecision(InFlightRule.HandBack);
        var on = Recall.AddDays(days);
        permit.Holding = HoldingAfter(permit.Subject, PowerChange.Recall, on);
        var refusal = permit.Act("grant", permit.Who("decider"), on).Refusal;
        (refusal?.Code, refusal?.Clause ?? "A3").ShouldBe((code, "A3"));
    }

    [Fact]
    public void Decide_RecalledButItemSaysFinish_Passes()
    {
        var permit = PermitAtDecision();
        permit.Holding = HoldingAfter(permit.Subject, PowerChange.Recall, Recall);
        permit.Act("grant", permit.Who("decider"), Recall).ShouldSucceed().Decides.ShouldBeTrue();
    }

    [Theory]
    [InlineData(PowerChange.Recall, true)]
    [InlineData(PowerChange.Suspend, true)]
    [InlineData(PowerChange.Adjust, false)]
    [InlineData(PowerChange.Grant, false)]
    public void Follow_ItemSaysHandBack_HandsBackWhenThePowerLeaves(PowerChange change, bool handsBack)
    {
        PermitAtDecision(InFlightRule.HandBack).MustHandBack(change, Recall).ShouldBe(handsBack);
        PermitAtDecision().MustHandBack(change, Recall).ShouldBeFalse();
        PermitAtDecision(InFlightRule.Freeze).MustHandBack(change, Recall).ShouldBeFalse();
    }

    [Fact]
    public void HandBack_BySystem_EndsTransferred()
    {
        var permit = PermitAtDecision(InFlightRule.HandBack);
        permit.Act("hand-back", permit.Who("decider"), Recall).ShouldBeRefused(RefusalCode.ActorWrongRole);
        permit.DoSystem("hand-back", Recall).File.Disposition.ShouldBe(Disposition.Transferred);
    }

    [Fact]
    public void Follow_DecidedBeforeTheRecall_IsCarriedOut()
    {
        PermitAtDelivery(InFlightRule.HandBack).MustHandBack(PowerChange.Recall, Recall).ShouldBeFalse();
        PermitAtDelivery(InFlightRule.Freeze).Follow(PowerChange.Recall, Recall).ShouldBeNull();
    }

    [Fact]
    public void Follow_ItemSaysFreeze_StandsStillUntilThePowerReturns()
    {
        var permit = PermitAtDecision(InFlightRule.Freeze);
        permit.Follow(PowerChange.Adjust, Recall).ShouldBeNull();
        permit.Follow(PowerChange.Suspend, Recall).ShouldNotBeNull().Frozen.ShouldBeTrue();
        permit.Follow(PowerChange.Recall, Recall).ShouldBeNull();
        permit.Act("grant", permit.Who("decider"), Recall).ShouldBeRefused(RefusalCode.CaseFrozen).Clause.ShouldBe("A4");
        permit.Follow(PowerChange.Grant, Recall.AddDays(7)).ShouldNotBeNull().Frozen.ShouldBeFalse();
        permit.Act("grant", permit.Who("decider"), Recall.AddDays(7)).ShouldSucceed();
    }

    [Fact]
    public void Withdraw_Frozen_IsPossible()
    {
        var permit = PermitAtDecision(InFlightRule.Freeze);
        permit.Follow(PowerChange.Recall, Recall);
        permit.Do("withdraw", PureCase.Public(), Recall).File.Disposition.ShouldBe(Disposition.Withdrawn);
    }

    [Fact]
    public void Open_AfterAnAdjustment_KeepsItsVersionAndPromise()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Holding = permit.Holding with { Version = 3, PromisedLimit = "2wd" };
        var opened = permit.Open(PureCase.Public(), Day).ShouldSucceed();
        (opened.ItemVersion, opened.Promised).ShouldBe((3, new TimeLimit(2, DayUnit.Working)));
    }

    [Theory]
    [InlineData(PowerStanding.InForce, false)]
    [InlineData(PowerStanding.NotHeld, true)]
    [InlineData(PowerStanding.Suspended, true)]
    [InlineData(PowerStanding.Recalled, true)]
    public void Open_ByTheCountysRoute_OnlyWhileTheTownDoesNotHoldIt(PowerStanding standing, bool opens)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit-by-county", RealSeeds.Yandian.Item("permit"));
        permit.Holding = permit.Holding with { Standing = standing };
        var answer = permit.Open(PureCase.Public(), Day);
        if (opens)
        {
            answer.ShouldSucceed();
        }
        else
        {
            answer.ShouldBeRefused(RefusalCode.RouteClosed).Clause.ShouldBe("A7");
        }
    }

    [Fact]
    public void Open_ItemThatLawKeepsAtTheCounty_OnlyByTheCountysRoute()
    {
        var retained = RealSeeds.Yandian.RetainedItem();
        var other = retained.CountyDepartment == "housing" ? "water" : "housing";
        PureCase.Of(RealSeeds.Yandian, "permit", retained).Open(PureCase.Public(), Day).ShouldBeRefused(RefusalCode.ProcedureNotForKind);
        var kept = PureCase.Of(RealSeeds.Yandian, "permit-by-county", retained);
        kept.Holding = kept.Holding with { Standing = PowerStanding.NotHeld };
        kept.Open(PureCase.Public(), Day).ShouldSucceed();
        kept.Do("accept", kept.Who("window"), Day).File.Workplace.ShouldBe($"linqing/{retained.CountyDepartment}");
        kept.Act("register", new Actor($"{other}-1", other), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
        kept.Do("register", new Actor($"{retained.CountyDepartment}-1", retained.CountyDepartment), Day);
    }

    private static PowerHolding HoldingAfter(string item, PowerChange change, DateOnly on)
    {
        var state = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, RealSeeds.Yandian, RealSeeds.Yandian.PlanDate, []).ShouldSucceed()
        );
        var changed = CatalogueRules
            .Adjust(state, RealSeeds.Yandian, new AdjustPower("C-1", item, change, Recall, null), RealSeeds.Library.Law)
            .ShouldSucceed();
        return CatalogueRules.Holding(CatalogueRules.Apply(state, changed), item, on);
    }
}
