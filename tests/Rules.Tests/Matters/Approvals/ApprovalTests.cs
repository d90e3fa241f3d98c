using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Approvals;

/// <summary>One seal, agents, one-time notice, green channel, order of the steps (B1, B4, B6, B9).</summary>
[ShowsClause("A3", "B1", "B4", "B6", "B9")]
public sealed class ApprovalTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public void Deliver_BeforeTheCertificateIsNumbered_IsRefused()
    {
        var permit = PermitAtDelivery();
        permit.Act("deliver", permit.Who("window"), Day).ShouldBeRefused(RefusalCode.SealNotSet).Clause.ShouldBe("B1");
        permit.Keep(new CertificateSet("烟行许〔2019〕1号", PureCase.At(Day)));
        var file = permit.Do("deliver", permit.Who("window"), Day).File;
        (file.Ending, file.Granted, file.Visits).ShouldBe(("granted", true, 2));
    }

    [Fact]
    public void Withdraw_OnceDecided_IsRefused()
    {
        PermitAtDelivery().Act("withdraw", PureCase.Public(), Day).ShouldBeRefused(RefusalCode.CaseDecided).Clause.ShouldBe("B1");
        PermitAtDecision().Do("withdraw", PureCase.Public(), Day).File.Ending.ShouldBe("withdrawn");
    }

    [Theory]
    [InlineData("11010119900307803X", "11010119900307803x")]
    [InlineData("11010119900307803x", "11010119900307803X")]
    public void Withdraw_ByTheHolderOfAnIdInOtherWriting_IsDone(string opened, string withdrawn)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Party = new Party(opened, "李四", false);
        permit.Open(new Actor(opened, Actor.Public), Day).ShouldSucceed();
        permit.Do("withdraw", new Actor(withdrawn, Actor.Public), Day).File.Ending.ShouldBe("withdrawn");
    }

    [Fact]
    public void Withdraw_BySomebodyElse_IsToldThatTheyAreNotTheParty()
    {
        var refusal = Permit().Act("withdraw", new Actor("somebody", Actor.Public), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
        refusal.Because.En.ShouldContain("not the party");
        refusal.Because.Zh.ShouldContain("不是案件");
    }

    [Theory]
    [InlineData("营业执照", null)]
    [InlineData("营业执照;图纸", null)]
    [InlineData("图纸；营业执照", null)]
    [InlineData("图纸、营业执照", null)]
    [InlineData("图纸；公章", RefusalCode.PapersAlreadyTold)]
    [InlineData("公章", RefusalCode.PapersAlreadyTold)]
    [InlineData("图纸;公章", RefusalCode.PapersAlreadyTold)]
    public void Notify_Again_MayOnlyRepeatWhatWasTold(string missing, RefusalCode? code)
    {
        var permit = Noticed();
        var refusal = permit.Act("notify", permit.Who("window"), Day, F("missing", missing)).Refusal;
        (refusal?.Code, refusal?.Clause ?? "B6").ShouldBe((code, "B6"));
    }

    [Fact]
    public void Notify_ThirdTime_IsMeasuredAgainstTheFirst()
    {
        var permit = Noticed();
        permit.Do("notify", permit.Who("window"), Day, F("missing", "营业执照")).Do("supply", PureCase.Public(), Day);
        permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸")).File.Visits.ShouldBe(3);
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("village-point", null, null, false)]
    [InlineData("village-point", "授权委托书", null, true)]
    [InlineData(null, null, "citizen", false)]
    [InlineData(null, "授权委托书", "citizen", true)]
    public void Open_ByAnAgent_NeedsTheAuthorisation(string? agent, string? authorisation, string? onBehalfOf, bool passes)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        Field[] fields =
        [
            .. agent is null ? [] : new[] { F("agent", agent) },
            .. authorisation is null ? [] : new[] { F("authorisation", authorisation) },
        ];
        var actor = onBehalfOf is null ? PureCase.Public() : new Actor("agent-1", Actor.Public, onBehalfOf);
        var refusal = permit.Open(actor, Day, fields).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.AuthorisationMissing, "B4"));
    }

    [Fact]
    public void Act_ByTheParty_IsOpenToItAndItsAgentOnly()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Open(new Actor("agent-1", Actor.Public, "citizen"), Day, F("authorisation", "授权委托书")).ShouldSucceed();
        permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸"));
        permit.Act("supply", new Actor("stranger", Actor.Public), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
        permit.Act("supply", new Actor("agent-2", Actor.Public, "citizen"), Day).ShouldBeRefused(RefusalCode.AuthorisationMissing);
        permit.Do("supply", new Actor("agent-1", Actor.Public, "citizen"), Day);
        permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸")).Do("supply", PureCase.Public(), Day);
    }

    [Fact]
    public void Act_ForThePartyThatAuthorisedNobody_IsRefused()
    {
        var permit = Permit();
        permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸"));
        permit.Act("supply", new Actor("agent-1", Actor.Public, "citizen"), Day).ShouldBeRefused(RefusalCode.AuthorisationMissing);
    }

    [Fact]
    public void Open_ForSomebodyElseWithoutSayingSo_IsRefused()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit
            .Open(new Actor("stranger", Actor.Public), Day, F("authorisation", "授权委托书"))
            .ShouldBeRefused(RefusalCode.AuthorisationMissing);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(20, 10)]
    public void GreenLimit_HalfThePromise_RoundsUpToWholeDays(int promised, int green)
    {
        var policy = RealSeeds.Guyun.Policy with { GreenLimitFraction = 0.5m };
        ServiceRules.GreenLimit(new TimeLimit(promised, DayUnit.Working), policy).ShouldBe(new TimeLimit(green, DayUnit.Working));
        ServiceRules.GreenLimit(new TimeLimit(promised, DayUnit.Working), policy with { GreenLimitFraction = 1m }).Days.ShouldBe(promised);
    }

    [Fact]
    public void Open_GreenCase_HasItsOwnLimit()
    {
        var item = RealSeeds.Guyun.Item("permit");
        var green = PureCase.Of(RealSeeds.Guyun, "permit", item);
        green.Green = true;
        green
            .Open(PureCase.Public(), Day)
            .ShouldSucceed()
            .Promised.ShouldBe(ServiceRules.GreenLimit(item.Promised, RealSeeds.Guyun.Policy));
        PureCase.Of(RealSeeds.Guyun, "permit", item).Open(PureCase.Public(), Day).ShouldSucceed().Promised.ShouldBe(item.Promised);
    }

    [Fact]
    public void Open_GreenChannel_OnlyWhereThePlanHasOne()
    {
        var yandian = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        yandian.Green = true;
        yandian.Open(PureCase.Public(), Day).ShouldBeRefused(RefusalCode.GreenChannelUnknown).Clause.ShouldBe("B9");
        var guyun = PureCase.Of(RealSeeds.Guyun, "permit", RealSeeds.Guyun.Item("permit"));
        guyun.Green = true;
        guyun.Open(PureCase.Public(), Day).ShouldSucceed().Green.ShouldBeTrue();
    }

    [Theory]
    [InlineData("grant", RefusalCode.ActNotHere)]
    [InlineData("deliver", RefusalCode.ActNotHere)]
    [InlineData("fly", RefusalCode.ActUnknown)]
    public void Act_OutOfOrder_IsRefused(string act, RefusalCode code)
    {
        var permit = Permit();
        permit.Act(act, new Actor("YD-021", "government-service"), Day).ShouldBeRefused(code);
    }

    [Fact]
    public void Act_OnAnEndedCase_IsRefused()
    {
        var permit = PermitAtDecision().Do("withdraw", PureCase.Public(), Day);
        permit.Act("grant", new Actor("YD-021", "government-service"), Day).ShouldBeRefused(RefusalCode.CaseEnded).Clause.ShouldBe("A3");
    }

    [Fact]
    public void Decide_ByWhoReviewed_IsRefused()
    {
        var permit = PermitAtDecision();
        var reviewer = RealSeeds.Yandian.Staff.First(p => permit.File.HasDone("review", p.Id));
        permit.Staff[reviewer.Id] = reviewer with { Roles = ["reviewer", "decider"] };
        permit.Act("grant", new Actor(reviewer.Id, reviewer.Organ), Day).ShouldBeRefused(RefusalCode.ReviewerHandledCase);
    }

    private static PureCase Noticed()
    {
        var permit = Permit();
        return permit.Do("notify", permit.Who("window"), Day, F("missing", "营业执照; 图纸")).Do("supply", PureCase.Public(), Day);
    }
}
