using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>C4: band, statute's own range, group discussion, mitigation, no penalty. The band is 1,000–3,000, the statute's range
/// 500–5,000.</summary>
[ShowsClause("C4")]
public sealed class DiscretionTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData("999.99", false)]
    [InlineData("1000.00", true)]
    [InlineData("3000.00", true)]
    [InlineData("3000.01", false)]
    public void Impose_WithoutADiscussion_StaysInTheBand(string fine, bool passes)
    {
        var refusal = AtDecision().Act("impose", Head(0), Day, F("fine", fine)).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.FineOutsideBand, "C4"));
        refusal?.Of("band").ShouldBe("1000.00–3000.00");
    }

    [Theory]
    [InlineData("3000.01", null, null)]
    [InlineData("5000.00", null, null)]
    [InlineData("5000.01", null, RefusalCode.FineAboveLaw)]
    [InlineData("5000.01", "confessed", RefusalCode.FineAboveLaw)]
    [InlineData("500.00", null, null)]
    [InlineData("499.99", null, RefusalCode.FineBelowLaw)]
    [InlineData("499.99", "harm-removed", null)]
    public void Discussed_Fine_StaysInTheStatutesRangeOrHasAGround(string fine, string? mitigation, RefusalCode? code)
    {
        Field[] grounds = mitigation is null ? [] : [F("mitigation", mitigation)];
        var penalty = AtDecision();
        var refusal = penalty.Act("discuss", Head(0), Day, [F("fine", fine), .. Discussion(), .. grounds]).Refusal;
        (refusal?.Code).ShouldBe(code);
        (refusal?.Clause).ShouldBe(code is null ? null : "C4");
        if (code is null)
        {
            penalty.Act("impose", Head(0), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
            penalty.Do("impose", TownHead, Day).File.Step.ShouldBe("delivery");
            penalty.File.Value("fine").ShouldBe(fine);
        }
    }

    [Theory]
    [InlineData("王强;李敏", "2", "0", RefusalCode.GroupTooSmall)]
    [InlineData("王强;李敏;王强", "3", "0", RefusalCode.GroupTooSmall)]
    [InlineData("王强;李敏;张伟", "2", "1", null)]
    [InlineData("王强;李敏;张伟", "1", "2", RefusalCode.GroupNotAgreed)]
    [InlineData("王强;李敏;张伟;赵刚", "2", "2", RefusalCode.GroupNotAgreed)]
    [InlineData("王强;李敏;张伟;赵刚", "3", "1", null)]
    [InlineData("王强;李敏;张伟", "3", "1", RefusalCode.GroupNotAgreed)]
    public void Discussion_MembersAndVotes_AreThreeAndMoreThanHalf(string members, string votesFor, string against, RefusalCode? code)
    {
        var refusal = AtDecision()
            .Act(
                "discuss",
                Head(0),
                Day,
                F("fine", "4000.00"),
                F("group-discussion", "社会影响恶劣"),
                Date("discussion-on", Day),
                F("discussion-members", members),
                F("votes-for", votesFor),
                F("votes-against", against)
            )
            .Refusal;
        (refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Discussion_Day_LiesNeitherBeforeTheStepNorAhead(int days, bool passes)
    {
        Field[] discussion = [.. Discussion().Where(f => f.Name != "discussion-on"), Date("discussion-on", Day.AddDays(days))];
        var refusal = AtDecision().Act("discuss", Head(0), Day, [F("fine", "4000.00"), .. discussion]).Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.StatedDayOutside);
    }

    [Fact]
    public void SummaryProcedure_Band_CannotBeLeft()
    {
        var summary = Summary();
        summary.Item = summary.Item! with { Bands = [new FineBand("minor", 10, 20) { LawMin = 0, LawMax = 50 }] };
        Field[] fields = [With(1), F("circumstance", "minor"), Date("served-on", Day)];
        summary.Act("impose", Officer(0), Day, [.. fields, F("fine", "20.01")]).ShouldBeRefused(RefusalCode.FineOutsideBand);
        summary
            .Act("impose", Officer(0), Day, [.. fields, F("fine", "20.01"), F("group-discussion", "集体讨论")])
            .ShouldBeRefused(RefusalCode.FieldUnknown);
        summary.Act("impose", Officer(0), Day, [.. fields, F("fine", "20.00")]).ShouldSucceed();
    }

    [Theory]
    [InlineData("2021-07-14", "first-slight-put-right", "minor", 0, false)]
    [InlineData("2021-07-15", "first-slight-put-right", "minor", 0, true)]
    [InlineData("2019-06-03", "slight-put-right", "minor", 0, true)]
    [InlineData("2022-04-08", "first-slight-put-right", "ordinary", 0, false)]
    [InlineData("2022-04-08", "first-slight-put-right", null, 0, false)]
    [InlineData("2022-04-08", "first-slight-put-right", "minor", null, false)]
    [InlineData("2022-04-08", "no-fault", null, null, true)]
    public void NoPenalty_Ground_IsOneOfTheLawOfTheDay(string on, string ground, string? circumstance, int? putRight, bool passes)
    {
        var day = DateOnly.ParseExact(on, "O");
        Field[] fields =
        [
            With(1),
            F("ground", ground),
            F("reason", "当场改正"),
            .. circumstance is null ? Array.Empty<Field>() : [F("circumstance", circumstance)],
            .. putRight is { } days ? [Date("put-right-on", day.AddDays(days))] : Array.Empty<Field>(),
        ];
        var refusal = Summary(on: day).Act("let-go", Officer(0), day, fields).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.NoPenaltyGroundMissing, "C4"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void NoPenalty_PutRight_IsBetweenTheOffenceAndToday(int days, bool passes)
    {
        var refusal = Summary()
            .Act(
                "let-go",
                Officer(0),
                Day,
                With(1),
                F("ground", "slight-put-right"),
                F("reason", "当场改正"),
                F("circumstance", "minor"),
                Date("put-right-on", Day.AddDays(days))
            )
            .Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.StatedDayOutside);
    }

    [Fact]
    public void NoPenalty_Proposed_IsForTheHeadToDecide()
    {
        var penalty = PenaltyAtInvestigation()
            .Do("no-penalty", Officer(0), Day, With(1), F("ground", "not-established"), F("reason", "违法事实不能成立"));
        penalty.File.IsOpen.ShouldBeTrue();
        penalty.Do("spare", Head(0), Day).File.Ending.ShouldBe("no-penalty");
    }

    private static Actor TownHead => new("YD-001", "party-government-office");

    private static Field[] Discussion() =>
        [
            F("group-discussion", "社会影响恶劣"),
            Date("discussion-on", Day),
            F("discussion-members", "王强;李敏;张伟"),
            F("votes-for", "3"),
            F("votes-against", "0"),
        ];

    private static PureCase AtDecision()
    {
        var penalty = PenaltyAtDecision();
        penalty.Item = penalty.Item! with { Bands = [new FineBand("ordinary", 1000, 3000) { LawMin = 500, LawMax = 5000 }] };
        return penalty;
    }
}
