using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Which day's law a case goes by: procedure by the act's day, a period by its beginning, offence and amount by the offence's day
/// unless the decision's is milder.</summary>
public sealed class LawOfTheDayTests
{
    [Theory]
    [InlineData("2019-06-03", false, "49.99", true)]
    [InlineData("2019-06-03", false, "50.00", true)]
    [InlineData("2019-06-03", false, "50.01", false)]
    [InlineData("2019-06-03", true, "1000.00", true)]
    [InlineData("2019-06-03", true, "1000.01", false)]
    [InlineData("2021-07-14", false, "50.00", true)]
    [InlineData("2021-07-14", false, "50.01", false)]
    [InlineData("2021-07-14", true, "1000.01", false)]
    [InlineData("2021-07-15", false, "199.99", true)]
    [InlineData("2021-07-15", false, "200.00", true)]
    [InlineData("2021-07-15", false, "200.01", false)]
    [InlineData("2021-07-15", true, "3000.00", true)]
    [InlineData("2021-07-15", true, "3000.01", false)]
    public void OnTheSpot_AroundTheLimitOfTheDay_PassesOnIt(string on, bool organisation, string fine, bool passes)
    {
        var refusal = Summary(organisation, on: On(on))
            .Act("impose", Officer(0), On(on), With(1), F("circumstance", "serious"), F("fine", fine), Date("served-on", On(on)))
            .Refusal;
        refusal?.Code.ShouldBe(RefusalCode.SummaryLimitExceeded);
        (refusal is null).ShouldBe(passes);
    }

    [Fact]
    public void OnTheSpot_AboveTheLimit_CitesFigureAndVersion()
    {
        Told("2019-06-03", "50.01").ShouldBe(("50.00", "行政处罚法(2017) §33"));
        Told("2021-07-15", "200.01").ShouldBe(("200.00", "行政处罚法(2021) §51"));

        static (string, string) Told(string on, string fine)
        {
            var refusal = Summary(on: On(on))
                .Act("impose", Officer(0), On(on), With(1), F("circumstance", "serious"), F("fine", fine), Date("served-on", On(on)))
                .Refusal!;
            refusal.Because.Zh.ShouldContain(refusal.Of("most"));
            refusal.Because.Zh.ShouldContain(refusal.Of("article"));
            refusal.Because.En.ShouldContain(refusal.Of("article"));
            return (refusal.Of("most"), refusal.Of("article"));
        }
    }

    [Theory]
    [InlineData("2019-06-13", "2019-06-16", true)]
    [InlineData("2019-06-13", "2019-06-17", true)]
    [InlineData("2019-06-13", "2019-06-18", false)]
    [InlineData("2021-07-14", "2021-07-16", true)]
    [InlineData("2021-07-14", "2021-07-19", true)]
    [InlineData("2021-07-14", "2021-07-20", false)]
    [InlineData("2021-07-15", "2021-07-22", true)]
    [InlineData("2021-07-15", "2021-07-23", false)]
    public void Hearing_AskedFor_KeepsTheVersionThatTheNoticeTold(string notice, string asked, bool passes)
    {
        // 2021-07-14 is a Wednesday: three calendar days end on the Saturday, so on the Monday; five working days would end on the 21st.
        var penalty = PenaltyAtResponse(On(notice));
        var refusal = penalty.Act("request-hearing", PureCase.Public(), On(asked)).Refusal;
        refusal?.Code.ShouldBe(RefusalCode.HearingNotDue);
        (refusal is null).ShouldBe(passes);
        refusal?.Of("article").ShouldBe(On(notice) < new DateOnly(2021, 7, 15) ? "行政处罚法(2017) §42" : "行政处罚法(2021) §64");
    }

    [Theory]
    [InlineData("2019-06-13", "2019-06-20", true)]
    [InlineData("2019-06-13", "2019-06-19", false)]
    [InlineData("2021-07-14", "2021-07-21", true)]
    [InlineData("2021-07-15", "2021-07-23", false)]
    [InlineData("2021-07-15", "2021-07-26", true)]
    public void Hearing_Notice_IsGivenSoManyDaysBefore(string notice, string hearing, bool passes)
    {
        var penalty = PenaltyAtResponse(On(notice)).Do("request-hearing", PureCase.Public(), On(notice));
        var refusal = penalty.Act("set-hearing", Legal(0), On(notice), Date("hearing-on", On(hearing))).Refusal;
        refusal?.Code.ShouldBe(RefusalCode.HearingNoticeTooShort);
        (refusal is null).ShouldBe(passes);
    }

    [Theory]
    [InlineData("2018-03-01", false, "2020-03-01", true)]
    [InlineData("2018-03-01", false, "2020-03-02", false)]
    [InlineData("2018-03-01", true, "2020-03-01", true)]
    [InlineData("2018-03-01", true, "2020-03-02", false)]
    [InlineData("2018-03-01", true, "2021-09-01", false)]
    [InlineData("2021-07-14", true, "2023-07-14", true)]
    [InlineData("2021-07-14", true, "2023-07-15", false)]
    [InlineData("2021-07-15", true, "2026-07-15", true)]
    [InlineData("2021-07-20", true, "2026-07-19", true)]
    [InlineData("2021-07-20", true, "2026-07-20", true)]
    [InlineData("2021-07-20", true, "2026-07-21", false)]
    [InlineData("2021-07-20", false, "2023-07-20", true)]
    [InlineData("2021-07-20", false, "2023-07-21", false)]
    [InlineData("2020-02-29", false, "2022-02-28", true)]
    [InlineData("2020-02-29", false, "2022-03-01", false)]
    public void Limitation_Found_GoesByTheLawOfTheOffence(string offence, bool harm, string found, bool passes)
    {
        var penalty = Penalty(On(offence), harm, on: On(found)).Do("propose", Officer(0), On(found));
        var refusal = penalty.Act("file", Head(0), On(found)).Refusal;
        refusal?.Code.ShouldBe(RefusalCode.LimitationPassed);
        (refusal is null).ShouldBe(passes);
    }

    [Fact]
    public void Limitation_FoundInTimeFiledLater_IsKept()
    {
        var (offence, found) = (new DateOnly(2017, 4, 10), new DateOnly(2019, 4, 10));
        Penalty(offence, on: found).Do("propose", Officer(0), found).Do("file", Head(0), new(2019, 4, 19));
        Penalty(offence, on: found.AddDays(1))
            .Do("propose", Officer(0), found.AddDays(1))
            .Act("file", Head(0), found.AddDays(1))
            .ShouldBeRefused(RefusalCode.LimitationPassed);
    }

    [Theory]
    [InlineData("2020-05-06", "19.99", null, true)]
    [InlineData("2020-05-06", "20.00", null, true)]
    [InlineData("2020-05-06", "20.01", null, false)]
    [InlineData("2020-05-06", "20.01", "流动摊贩,事后难以执行", true)]
    [InlineData("2021-07-14", "20.01", null, false)]
    [InlineData("2021-07-15", "100.00", null, true)]
    [InlineData("2022-05-06", "99.99", null, true)]
    [InlineData("2022-05-06", "100.00", null, true)]
    [InlineData("2022-05-06", "100.01", null, false)]
    public void CollectedOnTheSpot_AroundTheLimitOfTheDay_PassesOnItOrWithAGround(string on, string fine, string? ground, bool passes)
    {
        Field[] grounds = ground is null ? [] : [F("hard-to-collect", ground)];
        var summary = Summary(on: On(on))
            .Do(
                "impose",
                Officer(0),
                On(on),
                [With(1), F("circumstance", "serious"), F("fine", fine), Date("served-on", On(on)), .. grounds]
            );
        var refusal = summary.Act("pay-on-the-spot", PureCase.Public(), On(on), F("paid", fine), Date("paid-on", On(on))).Refusal;
        refusal?.Code.ShouldBe(RefusalCode.OnTheSpotTooMuch);
        (refusal is null).ShouldBe(passes);
    }

    [Theory]
    [InlineData("2019-06-03", true)]
    [InlineData("2021-07-14", true)]
    [InlineData("2021-07-15", false)]
    public void OnTheSpot_ByOneOfficer_IsForTheActsDayToSay(string on, bool passes)
    {
        var refusal = Summary(on: On(on)).Act("warn", Officer(0), On(on), F("circumstance", "minor")).Refusal;
        (refusal?.Code, refusal?.Of("article")).ShouldBe(passes ? (null, null) : (RefusalCode.OfficersNotTwo, "行政处罚法(2021) §42"));
    }

    [Fact]
    public void OnTheSpot_BegunBeforeTheDay_TakesTwoFromThatDay() =>
        Summary(on: new(2021, 7, 14))
            .Act("warn", Officer(0), new(2021, 7, 15), F("circumstance", "minor"))
            .ShouldBeRefused(RefusalCode.OfficersNotTwo);

    [Fact]
    public void OnTheSpot_ASecondNamedWhereOneSuffices_IsHeldToTheSame()
    {
        var summary = Summary();
        summary.Staff["YD-044"] = summary.Person("YD-044")! with { Certificates = [] };
        summary.Act("warn", Officer(0), PureCase.Day, With(1), F("circumstance", "minor")).ShouldBeRefused(RefusalCode.OfficerNotCertified);
    }

    [Theory]
    [InlineData("2021-08-31", "2021-08-31", "20000.00", false)]
    [InlineData("2021-08-31", "2021-09-01", "10000.00", true)]
    [InlineData("2021-08-31", "2021-09-01", "10000.01", false)]
    [InlineData("2021-09-01", "2021-09-01", "20000.00", true)]
    [InlineData("2021-09-01", "2021-09-01", "20000.01", false)]
    public void Fine_ByABandThatBecameHeavier_GoesByTheDayOfTheOffence(string offence, string decided, string fine, bool passes) =>
        Impose("YD-CF-041", offence, decided, fine).ShouldBe(passes ? null : RefusalCode.FineOutsideBand);

    [Theory]
    [InlineData("2021-08-31", "2021-08-31", "100000.00", true)]
    [InlineData("2021-08-31", "2021-09-01", "100000.00", false)]
    [InlineData("2021-08-31", "2021-09-01", "10000.00", true)]
    public void Fine_ByABandThatBecameMilder_GoesByTheDayOfTheDecision(string offence, string decided, string fine, bool passes) =>
        Impose("YD-CF-054", offence, decided, fine).ShouldBe(passes ? null : RefusalCode.FineOutsideBand);

    [Theory]
    [InlineData("2019-04-10", "2019-04-10", null)]
    [InlineData("2019-04-10", "2019-04-11", RefusalCode.NotAnOffence)]
    [InlineData("2019-04-11", "2019-04-12", RefusalCode.NotAnOffence)]
    public void Offence_ThatTheLawNoLongerPunishes_IsSpared(string offence, string decided, RefusalCode? code)
    {
        var penalty = Penalty(On(offence), on: On(decided));
        penalty.Item = penalty.Item! with { Versions = [new(new(2019, 4, 11), "《…》(2019年修正)", penalty.Item.Statutory, [], false)] };
        var refusal = penalty.Do("propose", Officer(0), On(decided)).Act("file", Head(0), On(decided)).Refusal;
        refusal?.Code.ShouldBe(code!.Value);
        (refusal is null).ShouldBe(code is null);
    }

    [Theory]
    [InlineData(2, 5, 2)]
    [InlineData(5, 2, 2)]
    [InlineData(3, 3, 3)]
    public void Milder_OfTwo_IsTheLighterAndElseThatOfTheOffence(int offence, int decision, int expected)
    {
        var (then, now) = (new Weighed(offence), new Weighed(decision));
        var milder = MilderLaw.Of(then, now, (a, b) => a.Weight.CompareTo(b.Weight));
        milder.Weight.ShouldBe(expected);
        if (offence == decision)
        {
            milder.ShouldBeSameAs(then);
        }
    }

    [Theory]
    [InlineData("2019-06-03", 7, DayUnit.Calendar)]
    [InlineData("2021-07-14", 7, DayUnit.Calendar)]
    [InlineData("2021-07-15", 7, DayUnit.Working)]
    public void Delivery_Limit_IsThatOfTheDayItBegan(string on, int days, DayUnit unit) =>
        RealSeeds
            .Library.Procedures["penalty-general"]
            .Steps["delivery"]
            .Limit!.On(RealSeeds.Library.Law.On(On(on)))
            .ShouldBe(new TimeLimit(days, unit));

    [Theory]
    [InlineData("2021-07-14", "2021-07-21", false)]
    [InlineData("2021-07-14", "2021-07-22", true)]
    [InlineData("2021-07-15", "2021-07-26", false)]
    [InlineData("2021-07-15", "2021-07-27", true)]
    public void Delivery_AfterItsLastDay_IsOverdue(string decided, string on, bool overdue)
    {
        var penalty = PenaltyAtDecision(On(decided));
        penalty.Item = penalty.Item! with { Bands = [new FineBand("ordinary", 0, 1000)] };
        penalty.Do("impose", Head(0), On(decided), F("fine", "10.00"));
        (penalty.Clock(On(on)).Colour >= ClockColour.Overdue).ShouldBe(overdue);
    }

    [Theory]
    [InlineData("2020-02-03", "100.00")]
    [InlineData("2020-02-04", "103.00")]
    public void Pay_WhereTheLastDayIsAHoliday_IsInTimeOnTheNextWorkingDay(string on, string owed)
    {
        // Served on 2020-01-10: the fifteenth day is 01-25, the first of the Spring Festival; the next working day was 02-03.
        var penalty = PenaltyAtPayment(100m, new(2020, 1, 10));
        penalty.Clock(On("2020-02-03")).Expired.ShouldBeFalse();
        penalty.Clock(On("2020-02-04")).Expired.ShouldBeTrue();
        penalty.Act("pay", PureCase.Public(), On(on), F("paid", owed), Date("paid-on", On(on))).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("2021-07-14", 90, false)]
    [InlineData("2021-07-15", 90, true)]
    public void Decide_LimitByLaw_IsNoneBeforeTheDayAndTheOwnRuleStandsIn(string on, int days, bool statute)
    {
        var (law, item) = (RealSeeds.Library.Law.On(On(on)), RealSeeds.Yandian.Items["YD-CF-041"]);
        var figure = item.Statutory.FigureOn(law)!;
        (figure.Days, figure.Limit.Unit, figure.Own).ShouldBe((days, DayUnit.Calendar, !statute));
        figure.Article.ShouldBe(statute ? "行政处罚法(2021) §60" : "服务承诺(方案二(一)4) C3");
    }

    [Theory]
    [InlineData("2017-12-31", null)]
    [InlineData("2018-01-01", "行政处罚法(2017) §38(3)")]
    [InlineData("2021-07-15", "行政处罚法(2021) §58")]
    public void LegalReview_Reviewers_AreAskedForByLawFromItsDay(string on, string? article)
    {
        var step = RealSeeds.Library.Procedures["penalty-general"].Steps["legal-review"];
        var law = RealSeeds.Library.Law.On(On(on));
        (step.Hands.On(law), step.Hands.FigureOn(law)?.Article).ShouldBe((1, article));
    }

    [Theory]
    [InlineData("2020-12-27", "0.15", "0.10")]
    [InlineData("2020-12-28", "0.20", "0.10")]
    [InlineData("2023-01-11", "0.20", "0.10")]
    [InlineData("2023-01-12", "0.20", "0.20")]
    public void Excellent_GeneralShares_AreThoseOfTheDayAndToBeVerified(string on, string civil, string institution)
    {
        var law = RealSeeds.Library.Law.On(On(on));
        var (c, i) = (law.Figure(LawNames.AssessmentExcellentCivil), law.Figure(LawNames.AssessmentExcellentInstitution));
        (c.Value, i.Value, c.Verify, i.Verify).ShouldBe(
            (
                decimal.Parse(civil, System.Globalization.CultureInfo.InvariantCulture),
                decimal.Parse(institution, System.Globalization.CultureInfo.InvariantCulture),
                true,
                true
            )
        );
    }

    [Fact]
    public void Decision_Record_CitesTheTextOfItsDay()
    {
        Warned("2019-06-03").ShouldBe("行政处罚法(2017)");
        Warned("2021-07-14").ShouldBe("行政处罚法(2017)");
        Warned("2021-07-15").ShouldBe("行政处罚法(2021)");
        var permit = PermitAtDecision();
        permit.Act("grant", permit.Who("decider"), PureCase.Day).Value!.Law.ShouldBe("行政许可法(2003)");

        static string? Warned(string on) =>
            Summary(on: On(on)).Act("warn", Officer(0), On(on), With(1), F("circumstance", "minor")).Value!.Law;
    }

    private static DateOnly On(string day) => DateOnly.ParseExact(day, "O");

    private static RefusalCode? Impose(string item, string offence, string decided, string fine)
    {
        var (found, day) = (On(offence), On(decided));
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Items[item]);
        penalty.Open(Officer(0), found, Date("offence-date", found), F("found-by", "patrol")).ShouldSucceed();
        penalty
            .Do("propose", Officer(0), found)
            .Do("file", Head(0), found)
            .Do("conclude", Officer(0), found, With(1), F("circumstance", "minor"), F("facts", "事实清楚"))
            .Do("notify", Officer(0), found, With(1), F("intended", fine))
            .Do("waive", PureCase.Public(), found, F("waiver", "书面放弃"))
            .Do("pass", Legal(0), found, F("opinion", "agree"));
        return penalty.Act("impose", Head(0), day, F("fine", fine)).Refusal?.Code;
    }

    private sealed record Weighed(int Weight);
}
