using System.Globalization;
using CsCheck;
using TownReform.Grains.Matters.Penalties;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>Order of the steps, limitation, discretion, and the two separate lines for money (C3–C5).</summary>
[ShowsClause("C3", "C4", "C5")]
public sealed class PenaltyTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData("2017-04-10", false, true)]
    [InlineData("2017-04-09", false, false)]
    [InlineData("2017-04-10", true, true)]
    [InlineData("2017-04-09", true, false)]
    public void File_AroundTheLimitation_PassesOnItsLastDay(string offence, bool harm, bool passes)
    {
        var penalty = Penalty(DateOnly.ParseExact(offence, "O"), harm).Do("propose", Officer(0), Day);
        var refusal = penalty.Act("file", Head(0), Day).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.LimitationPassed, "C3"));
    }

    [Theory]
    [InlineData("2017-04-10", true)]
    [InlineData("2017-04-09", false)]
    public void Warn_OnTheSpotAroundTheLimitation_PassesOnItsLastDay(string offence, bool passes) =>
        (
            Summary(offence: DateOnly.ParseExact(offence, "O")).Act("warn", Officer(0), Day, With(1), F("circumstance", "minor")).Refusal
            is null
        ).ShouldBe(passes);

    [Fact]
    public void LetGo_OnTheSpot_TakesTwoOfficers() =>
        Summary()
            .Do("let-go", Officer(0), Day, With(1), F("ground", "not-established"), F("reason", "违法事实不能成立"))
            .File.Ending.ShouldBe("no-penalty");

    [Fact]
    public void GeneralProcedure_Steps_FollowTheLawsOrder()
    {
        var penalty = PenaltyAtPayment(50m);
        penalty
            .Do("pay", PureCase.Public(), Day, F("paid", "50.00"), Date("paid-on", Day))
            .Do("collect", Collector, Day, F("account", Treasury))
            .Do("close", Officer(0), Day);
        penalty
            .File.Done.Select(d => d.Step)
            .Distinct()
            .ShouldBe([
                "source",
                "filing",
                "investigation",
                "notice",
                "response",
                "legal-review",
                "decision",
                "delivery",
                "payment",
                "collection",
                "closing",
            ]);
    }

    [Theory]
    [InlineData("impose")]
    [InlineData("serve")]
    [InlineData("collect")]
    public void Act_BeforeTheInvestigation_IsRefused(string act) =>
        PenaltyAtInvestigation().Act(act, Head(0), Day).ShouldBeRefused(RefusalCode.ActNotHere);

    [Theory]
    [InlineData("2022-04-15", true)]
    [InlineData("2022-04-14", true)]
    [InlineData("2022-04-18", false)]
    public void Hearing_AroundTheFifthWorkingDay_IsAskedForUpToIt(string on, bool passes)
    {
        // 2022-04-08, a Friday: the fifth working day is the next Friday; the day of rest after it adds no working day.
        var refusal = PenaltyAtResponse(new(2022, 4, 8)).Act("request-hearing", PureCase.Public(), DateOnly.ParseExact(on, "O")).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.HearingNotDue, "C3"));
    }

    [Fact]
    public void Hearing_Asked_StopsTheClockUntilItsReport()
    {
        var penalty = PenaltyAtResponse().Do("request-hearing", PureCase.Public(), Day.AddDays(2));
        penalty.Used(Day.AddDays(20)).ShouldBe(2);
        penalty.Do("set-hearing", Legal(0), Day.AddDays(2), Date("hearing-on", Day.AddDays(9)));
        penalty.Clock(Day.AddDays(9)).Expired.ShouldBeFalse();
        penalty.Clock(Day.AddDays(10)).Expired.ShouldBeTrue();
        penalty.DoSystem("begin-hearing", Day.AddDays(10));
        penalty.Do("report-hearing", Legal(0), Day.AddDays(12), F("hearing-report", "听证完毕")).Used(Day.AddDays(13)).ShouldBe(3);
        penalty.Act("pass", Legal(0), Day.AddDays(13), F("opinion", "agree")).ShouldBeRefused(RefusalCode.ReviewerHandledCase);
        penalty.Do("pass", Legal(1), Day.AddDays(13), F("opinion", "agree")).File.Step.ShouldBe("decision");
    }

    [Theory]
    [InlineData("99.99", false)]
    [InlineData("100.00", true)]
    [InlineData("300.00", true)]
    [InlineData("300.01", false)]
    public void Impose_AroundTheBand_PassesOnItsEnds(string fine, bool passes)
    {
        var penalty = PenaltyAtDecision();
        penalty.Item = penalty.Item! with { Bands = [new FineBand("minor", 0, 50), new FineBand("ordinary", 100, 300)] };
        var refusal = penalty.Act("impose", Head(0), Day, F("fine", fine)).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.FineOutsideBand, "C4"));
    }

    [Theory]
    [InlineData(false, "200.00", true)]
    [InlineData(false, "200.01", false)]
    [InlineData(true, "3000.00", true)]
    [InlineData(true, "3000.01", false)]
    public void Impose_OnTheSpotAroundTheLimit_PassesOnIt(bool organisation, string fine, bool passes)
    {
        var day = new DateOnly(2022, 4, 8);
        var refusal = Summary(organisation, on: day)
            .Act("impose", Officer(0), day, With(1), F("circumstance", "serious"), F("fine", fine), Date("served-on", day))
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.SummaryLimitExceeded, "C3"));
    }

    [Theory]
    [InlineData("100.00", true)]
    [InlineData("100.01", false)]
    public void PayOnTheSpot_AroundTheLimit_PassesOnIt(string fine, bool passes)
    {
        var day = new DateOnly(2022, 4, 8);
        var refusal = SummaryAtPayment(fine, day)
            .Act("pay-on-the-spot", PureCase.Public(), day, F("paid", fine), Date("paid-on", day))
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.OnTheSpotTooMuch, "C5"));
    }

    [Theory]
    [InlineData("2022-04-08", "2022-04-12", null, true)]
    [InlineData("2022-04-08", "2022-04-13", null, false)]
    [InlineData("2022-04-08", "2022-04-13", "银行停电", true)]
    [InlineData("2019-04-10", "2019-04-12", null, true)]
    [InlineData("2019-04-10", "2019-04-13", null, false)]
    [InlineData("2019-04-12", "2019-04-15", null, true)]
    [InlineData("2019-04-12", "2019-04-16", null, false)]
    public void HandIn_AroundTheSecondDay_PassesOnItOrWithTheReason(string paid, string on, string? reason, bool passes)
    {
        // Two working days since 2021-07-15; before, two calendar days, from a Friday until the Monday (民法典 §203). Officers and agency
        // alike.
        Field[] late = reason is null ? [] : [F("late-reason", reason)];
        Told(Taken(paid), "hand-in", Officer(0), late);
        Told(Taken(paid).Do("hand-in", Officer(0), On(paid)), "bank", Collector, [F("account", Treasury), .. late]);

        void Told(PureCase summary, string act, Actor who, Field[] fields)
        {
            var refusal = summary.Act(act, who, On(on), fields).Refusal;
            (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.TakingsHandedInLate, "C5"));
        }
    }

    [Fact]
    public void HandIn_ToTheBureausAccount_IsRefused() =>
        Taken("2019-04-10")
            .Do("hand-in", Officer(0), Day)
            .Act("bank", Collector, Day, F("account", "YD-ENFORCEMENT"))
            .ShouldBeRefused(RefusalCode.AccountNotTreasury)
            .Clause.ShouldBe("C5");

    [Fact]
    public void Collect_ByWhoDecided_IsRefused()
    {
        var penalty = PenaltyAtPayment(50m).Do("pay", PureCase.Public(), Day, F("paid", "50.00"), Date("paid-on", Day));
        penalty.Staff["YD-041"] = penalty.Person("YD-041")! with { Organ = Collector.Office, Roles = ["collector"] };
        penalty
            .Act("collect", new Actor("YD-041", Collector.Office), Day, F("account", Treasury))
            .ShouldBeRefused(RefusalCode.CollectorSameAsDecider)
            .Clause.ShouldBe("C5");
        penalty.Act("collect", Collector, Day, F("account", "YD-ENFORCEMENT")).ShouldBeRefused(RefusalCode.AccountNotTreasury);
        penalty.Act("collect", Collector, Day, F("account", Treasury)).ShouldSucceed();
    }

    [Theory]
    [InlineData(15, "333.33")]
    [InlineData(16, "343.33")]
    [InlineData(17, "353.33")]
    [InlineData(48, "663.33")]
    [InlineData(49, "666.66")]
    [InlineData(300, "666.66")]
    public void Pay_DaysAfterDelivery_OwesTheFineAndThreePercentADay(int days, string owed)
    {
        // 3 % of 333.33 is 9.9999: one day 10.00, thirty-three days 330.00 rounded once, and never more than the fine.
        var on = Day.AddDays(days);
        var sum = decimal.Parse(owed, CultureInfo.InvariantCulture);
        Paying(sum - 0.01m).ShouldBeRefused(RefusalCode.AmountNotPaid).Of("owed").ShouldBe(owed);
        Paying(sum + 0.01m).ShouldBeRefused(RefusalCode.AmountNotPaid).Clause.ShouldBe("C5");
        Paying(sum).ShouldSucceed();

        Outcome<ActTaken> Paying(decimal paid) =>
            PenaltyAtPayment(333.33m)
                .Act("pay", PureCase.Public(), on, F("paid", paid.ToString("F2", CultureInfo.InvariantCulture)), Date("paid-on", on));
    }

    [Theory]
    [InlineData("2019-04-25", false)]
    [InlineData("2019-04-26", true)]
    public void Read_PaymentAroundTheFifteenthDay_FallsDueAfterIt(string on, bool expired) =>
        PenaltyAtPayment(50m).Clock(DateOnly.ParseExact(on, "O")).Expired.ShouldBe(expired);

    [Fact]
    public void LateFee_AnyFineAndDays_IsMonotoneAndNeverAboveTheFine() =>
        Gen.Select(Gen.Int[0, 1_000_000_00], Gen.Int[-30, 400], Gen.Int[0, 60])
            .Sample(
                (fen, days, more) =>
                {
                    var (fine, last) = (fen / 100m, new DateOnly(2019, 6, 1));
                    var fee = MoneyRules.LateFee(fine, last, last.AddDays(days), 0.03m, 1m);
                    var later = MoneyRules.LateFee(fine, last, last.AddDays(days + more), 0.03m, 1m);
                    fee.ShouldBeInRange(0m, fine);
                    later.ShouldBeGreaterThanOrEqualTo(fee);
                    decimal.Round(fee, 2).ShouldBe(fee);
                    (days > 0 || fee == 0m).ShouldBeTrue();
                }
            );

    [Fact]
    public void LateFee_CapOfHalf_StopsAtHalfOfTheFine() =>
        MoneyRules.LateFee(100m, new(2019, 6, 1), new(2019, 8, 1), 0.03m, 0.5m).ShouldBe(50m);

    private static DateOnly On(string day) => DateOnly.ParseExact(day, "O");

    private static PureCase Taken(string on) =>
        SummaryAtPayment("20.00", On(on)).Do("pay-on-the-spot", PureCase.Public(), On(on), F("paid", "20.00"), Date("paid-on", On(on)));

    private static string Treasury => RealSeeds.Yandian.Policy.TreasuryAccount;
}
