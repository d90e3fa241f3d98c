using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>C3: statement and hearing are both open until the time is over; the notice is the ceiling of the decision; nobody is punished
/// the harder for speaking.</summary>
[ShowsClause("C3")]
public sealed class StatementAndHearingTests
{
    private static readonly DateOnly Day = new(2022, 4, 8);

    [Fact]
    public void Hearing_AfterAStatement_IsStillAskedForUntilTheTimeIsOver()
    {
        // Noticed on a Friday: the fifth working day is the next Friday, and a statement doesn't move it.
        var penalty = PenaltyAtResponse(Day).Do("state", PureCase.Public(), Day.AddDays(3), F("statement", "请求从轻"));
        (penalty.File.Step, penalty.File.StepOn).ShouldBe(("response", Day));
        penalty.Do("state", PureCase.Public(), Day.AddDays(4), F("statement", "再次陈述"));
        penalty.Clock(Day.AddDays(7)).Due.ShouldBe(Day.AddDays(7));
        penalty.Do("request-hearing", PureCase.Public(), Day.AddDays(6)).File.Step.ShouldBe("hearing-notice");
        penalty.Act("impose", Head(0), Day.AddDays(6), F("fine", "1.00")).ShouldBeRefused(RefusalCode.ActNotHere);
    }

    [Fact]
    public void Statement_InTime_DoesNotEndTheTime()
    {
        var penalty = PenaltyAtResponse(Day).Do("state", PureCase.Public(), Day.AddDays(3), F("statement", "请求从轻"));
        penalty.Act("pass", Legal(0), Day.AddDays(3), F("opinion", "agree")).ShouldBeRefused(RefusalCode.ActNotHere);
        penalty.Clock(Day.AddDays(7)).Expired.ShouldBeFalse();
        penalty.Clock(Day.AddDays(10)).Expired.ShouldBeTrue();
        penalty.DoSystem("period-over", Day.AddDays(10)).File.Step.ShouldBe("legal-review");
        penalty.File.Value("statement").ShouldBe("请求从轻");
    }

    [Fact]
    public void Waive_InWriting_EndsTheTimeAtOnce()
    {
        var penalty = PenaltyAtResponse(Day);
        penalty.Act("waive", PureCase.Public(), Day).ShouldBeRefused(RefusalCode.FieldMissing);
        penalty.Act("waive", Officer(0), Day, F("waiver", "代填")).ShouldBeRefused(RefusalCode.ActorWrongRole);
        penalty.Do("waive", PureCase.Public(), Day, F("waiver", "书面声明")).File.Step.ShouldBe("legal-review");
    }

    [Theory]
    [InlineData(false, "4999.99", null, false)]
    [InlineData(false, "5000.00", null, true)]
    [InlineData(true, "29999.99", null, false)]
    [InlineData(true, "30000.00", null, true)]
    [InlineData(false, "1.00", "none", false)]
    [InlineData(false, "1.00", "stop-business", true)]
    [InlineData(true, "1.00", "revoke-licence", true)]
    public void Hearing_ByWhatWasNoticed_IsForLargeFinesAndHeavyMeasures(bool organisation, string intended, string? measure, bool passes)
    {
        var penalty = PenaltyAtInvestigation(Day, party: PureCase.Citizen with { Organisation = organisation })
            .Do("conclude", Officer(0), Day, With(1), F("circumstance", "ordinary"), F("facts", "占道经营"));
        Field[] measures = measure is null ? [] : [F("intended-measure", measure)];
        penalty.Do("notify", Officer(0), Day, [With(1), F("intended", intended), .. measures]);
        var refusal = penalty.Act("request-hearing", PureCase.Public(), Day).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.NoHearingCase, "C3"));
        refusal?.Of("from").ShouldBe(organisation ? "30000.00" : "5000.00");
        refusal?.Of("intended").ShouldBe(intended);
    }

    [Theory]
    [InlineData("500.00", null, true)]
    [InlineData("500.01", null, false)]
    [InlineData("0.00", null, true)]
    [InlineData("500.00", "none", true)]
    [InlineData("500.00", "stop-business", false)]
    public void Impose_AgainstTheNotice_IsNoHeavier(string fine, string? measure, bool passes)
    {
        var penalty = WithBand(PenaltyAtDecision(intended: "500.00"));
        Field[] measures = measure is null ? [] : [F("measure", measure)];
        var refusal = penalty.Act("impose", Head(0), PureCase.Day, [F("fine", fine), .. measures]).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.FineAboveNotice, "C3"));
        refusal?.Of("noticed").ShouldBe("500.00");
    }

    [Fact]
    public void Impose_AboveTheNotice_PassesAfterANewNotice()
    {
        var penalty = WithBand(PenaltyAtDecision(intended: "500.00"));
        penalty
            .Do("notify-anew", Head(0), PureCase.Day, F("reason", "拟加重处罚"))
            .Do("notify", Officer(0), PureCase.Day, With(1), F("intended", "500.01"))
            .Do("waive", PureCase.Public(), PureCase.Day, F("waiver", "书面放弃"))
            .Do("pass", Legal(0), PureCase.Day, F("opinion", "agree"))
            .Do("impose", Head(0), PureCase.Day, F("fine", "500.01"));
    }

    [Theory]
    [InlineData("500.00", "none", null, true)]
    [InlineData("500.01", "none", null, false)]
    [InlineData("500.01", "none", "又查明三次违法", true)]
    [InlineData("500.00", "stop-business", null, false)]
    [InlineData("499.99", "none", null, true)]
    public void Notice_AfterTheyHaveSpoken_IsHeavierOnlyWithNewFacts(string intended, string measure, string? facts, bool passes)
    {
        var penalty = PenaltyAtResponse(intended: "500.00")
            .Do("state", PureCase.Public(), PureCase.Day, F("statement", "不服"))
            .DoSystem("period-over", PureCase.Day.AddDays(10))
            .Do("pass", Legal(0), PureCase.Day.AddDays(10), F("opinion", "agree"))
            .Do("notify-anew", Head(0), PureCase.Day.AddDays(10), F("reason", "重新告知"));
        Field[] found = facts is null ? [] : [F("new-facts", facts)];
        var refusal = penalty
            .Act(
                "notify",
                Officer(0),
                PureCase.Day.AddDays(10),
                [With(1), F("intended", intended), F("intended-measure", measure), .. found]
            )
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.HeavierForSpeaking, "C3"));
    }

    private static PureCase WithBand(PureCase penalty)
    {
        penalty.Item = penalty.Item! with { Bands = [new("ordinary", 0, 1_000)] };
        return penalty;
    }
}
