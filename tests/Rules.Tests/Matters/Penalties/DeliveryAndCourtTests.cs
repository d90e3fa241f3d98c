using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>C3: finding keeps the limitation, delivery has its proof, later payment, demand letter and the court's window; C5: days that a
/// command states.</summary>
[ShowsClause("C3", "C5")]
public sealed class DeliveryAndCourtTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData("2019-04-10", true)]
    [InlineData("2019-04-11", false)]
    public void Limitation_Found_IsKeptAlsoWhereFilingComesLater(string found, bool passes)
    {
        // An inspection on that day, written down and filed on 2019-04-20.
        var filed = new DateOnly(2019, 4, 20);
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty"));
        Field[] fields = [F("offence-date", "2017-04-10"), F("found-by", "inspection"), F("found-on", found)];
        penalty.Open(Officer(0), filed, fields).ShouldBeRefused(RefusalCode.FindingNotRecorded);
        penalty.Open(Officer(0), filed, [.. fields, F("found-record", "检查记录〔2019〕7号")]).ShouldSucceed();
        var refusal = penalty.Do("propose", Officer(0), filed).Act("file", Head(0), filed).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.LimitationPassed, "C3"));
    }

    [Theory]
    [InlineData("2017-04-10", true)]
    [InlineData("2017-04-09", false)]
    public void Limitation_ContinuingOffence_CountsFromItsEnd(string until, bool passes)
    {
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty"));
        penalty.Open(Officer(0), Day, F("offence-date", "2015-01-01"), F("offence-until", until), F("found-by", "patrol")).ShouldSucceed();
        var refusal = penalty.Do("propose", Officer(0), Day).Act("file", Head(0), Day).Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.LimitationPassed);
    }

    [Theory]
    [InlineData("2019-04-11", null, null)]
    [InlineData("2019-04-09", "2019-04-11", null)]
    [InlineData("2019-04-09", "2019-04-08", null)]
    [InlineData("2019-04-09", null, "2019-04-08")]
    [InlineData("2019-04-09", null, "2019-04-11")]
    public void Open_DaysThatLieAheadOrOutOfOrder_AreRefused(string offence, string? until, string? found)
    {
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty"));
        Field[] fields =
        [
            F("offence-date", offence),
            F("found-by", "patrol"),
            F("found-record", "检查记录"),
            .. until is null ? Array.Empty<Field>() : [F("offence-until", until)],
            .. found is null ? Array.Empty<Field>() : [F("found-on", found)],
        ];
        penalty.Open(Officer(0), Day, fields).ShouldBeRefused(RefusalCode.StatedDayOutside).Clause.ShouldBe("C3");
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Serve_Day_IsBetweenDecisionAndToday(int days, bool passes)
    {
        var refusal = AtDelivery().Act("serve", Officer(0), Day.AddDays(2), Served(Day.AddDays(days))).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.StatedDayOutside, "C5"));
    }

    [Fact]
    public void Serve_WithoutItsProof_IsRefused() =>
        AtDelivery().Act("serve", Officer(0), Day, Date("served-on", Day), F("delivery", "left")).ShouldBeRefused(RefusalCode.FieldMissing);

    [Theory]
    [InlineData("2019-04-10", "2019-06-08", "2019-06-08", RefusalCode.PublicNoticeRunning)]
    [InlineData("2019-04-10", "2019-06-09", "2019-06-09", null)]
    [InlineData("2019-04-10", "2019-06-20", "2019-06-09", null)]
    [InlineData("2019-04-10", "2019-06-20", "2019-06-20", RefusalCode.StatedDayOutside)]
    [InlineData("2021-12-31", "2022-02-28", "2022-02-28", RefusalCode.PublicNoticeRunning)]
    [InlineData("2021-12-31", "2022-03-01", "2022-03-01", null)]
    [InlineData("2022-01-04", "2022-02-02", "2022-02-02", RefusalCode.PublicNoticeRunning)]
    [InlineData("2022-01-04", "2022-02-03", "2022-02-03", null)]
    public void PublicNotice_Served_OnItsLastDayByTheLawOfItsFirst(string published, string on, string served, RefusalCode? code)
    {
        var (from, day) = (On(published), On(on));
        var penalty = AtDelivery(from)
            .Do("publish", Officer(0), from, Date("published-on", from), F("proof", "镇政府公告栏"))
            .DoSystem("notice-over", day);
        var refusal = penalty.Act("serve-published", Officer(0), day, F("served-on", served)).Refusal;
        (refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void OnTheSpot_Served_IsThatVeryDay(int days, bool passes)
    {
        var refusal = Summary()
            .Act(
                "impose",
                Officer(0),
                Day,
                With(1),
                F("circumstance", "ordinary"),
                F("fine", "20.00"),
                Date("served-on", Day.AddDays(days))
            )
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.StatedDayOutside, "C5"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Pay_Day_IsBetweenServiceAndToday(int days, bool passes)
    {
        var refusal = PenaltyAtPayment(50m)
            .Act("pay", PureCase.Public(), Day.AddDays(3), F("paid", "50.00"), Date("paid-on", Day.AddDays(days)))
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.StatedDayOutside, "C5"));
    }

    [Theory]
    [InlineData("2019-11-06", "2019-10-01", RefusalCode.CourtTooEarly)]
    [InlineData("2019-11-07", "2019-10-01", null)]
    [InlineData("2020-02-06", "2019-10-01", null)]
    [InlineData("2020-02-07", "2019-10-01", RefusalCode.CourtTooLate)]
    [InlineData("2019-11-07", "2019-10-28", null)]
    [InlineData("2019-11-08", "2019-10-29", null)]
    public void Court_ServedOnTheSixthOfMay_MayBeAskedInItsWindow(string on, string demanded, RefusalCode? code)
    {
        var penalty = AtCourt(On(demanded));
        var refusal = penalty.Act("enforce", Head(0), On(on), F("court", "临清市人民法院")).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(code is null ? (null, null) : (code, "C3"));
    }

    [Fact]
    public void Court_LessThanTenDaysAfterTheDemand_IsNotAskedYet()
    {
        var law = RealSeeds.Library.Law;
        Window(On("2019-11-07"), On("2019-10-29")).ShouldBe(RefusalCode.DemandTooShort);
        Window(On("2019-11-07"), On("2019-10-28")).ShouldBeNull();

        RefusalCode? Window(DateOnly on, DateOnly demanded) =>
            TownReform
                .Grains.Matters.Penalties.CourtRules.CourtWindow(
                    On("2019-05-06"),
                    demanded,
                    RealSeeds.Library.Calendar,
                    new(law, on, demanded),
                    on
                )
                ?.Code;
    }

    [Theory]
    [InlineData("2020-02-06", RefusalCode.CourtStillOpen)]
    [InlineData("2020-02-07", null)]
    public void Court_TimeForIt_LapsesOnlyWhenItIsOver(string on, RefusalCode? code)
    {
        var refusal = AtCourt(On("2019-10-01")).Act("lapse", Head(0), On(on), F("reason", "当事人下落不明")).Refusal;
        (refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void PayLater_AskedFor_WithinTheTimeToPay(int days, bool passes)
    {
        var refusal = PenaltyAtPayment(100m)
            .Act("ask-later", PureCase.Public(), Day.AddDays(days), F("deferral-reason", "经济困难"))
            .Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.DeferralTooLate);
    }

    [Theory]
    [InlineData(15, RefusalCode.DeferralNotLater)]
    [InlineData(16, null)]
    public void PayLater_Allowed_IsADayAfterTheTimeToPay(int days, RefusalCode? code)
    {
        var refusal = Asked().Act("allow-later", Head(0), Day.AddDays(3), Date("pay-until", Day.AddDays(days))).Refusal;
        (refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(60, "100.00")]
    [InlineData(61, "103.00")]
    public void PayLater_ByTheDayAllowed_OwesNothingMore(int days, string owed)
    {
        var penalty = Asked().Do("allow-later", Head(0), Day.AddDays(3), Date("pay-until", Day.AddDays(60)));
        penalty.Clock(Day.AddDays(60)).Expired.ShouldBeFalse();
        penalty.Clock(Day.AddDays(61)).Expired.ShouldBeTrue();
        var on = Day.AddDays(days);
        penalty.Act("pay", PureCase.Public(), on, F("paid", owed), Date("paid-on", on)).ShouldSucceed();
    }

    private static DateOnly On(string day) => DateOnly.ParseExact(day, "O");

    private static PureCase Asked() =>
        PenaltyAtPayment(100m).Do("ask-later", PureCase.Public(), Day.AddDays(3), F("deferral-reason", "经济困难"));

    private static PureCase AtDelivery(DateOnly? on = null)
    {
        var penalty = PenaltyAtDecision(on);
        penalty.Item = penalty.Item! with { Bands = [new("ordinary", 0, 1000)] };
        penalty.Do("impose", Head(0), on ?? Day, F("fine", "50.00"));
        penalty.Keep(new CertificateSet("烟综执罚〔2019〕1号", PureCase.At(on ?? Day)));
        return penalty;
    }

    // Served on 2019-05-06 and never paid.
    private static PureCase AtCourt(DateOnly demanded) =>
        PenaltyAtPayment(50m, On("2019-05-06"))
            .DoSystem("fall-due", On("2019-05-22"))
            .DoSystem("demand-due", On("2019-08-21"))
            .Do("send-demand", Officer(0), demanded, Date("demanded-on", demanded), F("proof", "当事人签收"))
            .DoSystem("demand-over", demanded.AddDays(11) < On("2019-11-07") ? demanded.AddDays(11) : On("2019-11-06"));
}
