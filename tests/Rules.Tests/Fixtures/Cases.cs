using TownReform.Grains.Rules.Plans;

namespace TownReform.Tests.Fixtures;

/// <summary>Cases at the steps where tests begin, on the days that tests count from.</summary>
internal static class Cases
{
    public static Field F(string name, string value) => new(name, value);

    public static Field Date(string name, DateOnly day) => new(name, $"{day:O}");

    /// <summary>A permit at the window.</summary>
    public static PureCase Permit(InFlightRule inFlight = InFlightRule.Finish, TownPlan? plan = null)
    {
        var of = plan ?? RealSeeds.Yandian;
        var permit = PureCase.Of(of, "permit", of.Item("permit", inFlight));
        permit.Open(PureCase.Public(), PureCase.Day).ShouldSucceed();
        return permit;
    }

    /// <summary>A permit accepted and reviewed on the first day.</summary>
    public static PureCase PermitAtDecision(InFlightRule inFlight = InFlightRule.Finish)
    {
        var permit = Permit(inFlight);
        return permit
            .Do("accept", permit.Who("window"), PureCase.Day)
            .Do("recommend", permit.Who("reviewer"), PureCase.Day, F("recommendation", "grant"));
    }

    /// <summary>A permit granted on the first day; its certificate is not numbered yet.</summary>
    public static PureCase PermitAtDelivery(InFlightRule inFlight = InFlightRule.Finish)
    {
        var permit = PermitAtDecision(inFlight);
        return permit.Do("grant", permit.Who("decider"), PureCase.Day);
    }

    /// <summary>A general penalty just found, for an offence of that day.</summary>
    public static PureCase Penalty(
        DateOnly? offence = null,
        bool harm = false,
        InFlightRule inFlight = InFlightRule.Finish,
        DateOnly? on = null,
        Party? party = null
    )
    {
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty", inFlight));
        penalty.Party = party ?? PureCase.Citizen;
        Field[] fields =
        [
            Date("offence-date", offence ?? on ?? PureCase.Day),
            F("found-by", "patrol"),
            .. harm ? [F("harm", "true")] : Array.Empty<Field>(),
        ];
        penalty.Open(new Actor("YD-043", "enforcement"), on ?? PureCase.Day, fields).ShouldSucceed();
        return penalty;
    }

    public static PureCase PenaltyAtInvestigation(DateOnly? on = null, DateOnly? offence = null, Party? party = null) =>
        Penalty(offence, on: on, party: party).Do("propose", Officer(0), on ?? PureCase.Day).Do("file", Head(0), on ?? PureCase.Day);

    public static PureCase PenaltyAtResponse(DateOnly? on = null, DateOnly? offence = null, string intended = "1000000.00") =>
        PenaltyAtInvestigation(on, offence)
            .Do("conclude", Officer(0), on ?? PureCase.Day, With(1), F("circumstance", "ordinary"), F("facts", "占道经营"))
            .Do("notify", Officer(0), on ?? PureCase.Day, With(1), F("intended", intended));

    public static PureCase PenaltyAtDecision(DateOnly? on = null, DateOnly? offence = null, string intended = "1000000.00") =>
        PenaltyAtResponse(on, offence, intended)
            .Do("waive", PureCase.Public(), on ?? PureCase.Day, F("waiver", "书面放弃"))
            .Do("pass", Legal(0), on ?? PureCase.Day, F("opinion", "agree"));

    /// <summary>A fine in the item's band, served on the first day.</summary>
    public static PureCase PenaltyAtPayment(decimal fine, DateOnly? on = null)
    {
        var day = on ?? PureCase.Day;
        var penalty = PenaltyAtDecision(on);
        penalty.Item = penalty.Item! with { Bands = [new FineBand("ordinary", 0, 1_000_000m)] };
        penalty.Do("impose", Head(0), day, F("fine", fine.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)));
        penalty.Keep(new TownReform.Grains.Rules.Cases.CertificateSet("烟综执罚〔2019〕1号", PureCase.At(day)));
        return penalty.Do("serve", Officer(0), day, Served(day));
    }

    /// <summary>A summary penalty on the spot for an item with the bands 0–0, 0–100 and 0–5000.</summary>
    public static PureCase Summary(bool organisation = false, DateOnly? offence = null, DateOnly? on = null)
    {
        var summary = PureCase.Of(RealSeeds.Yandian, "penalty-summary", RealSeeds.Yandian.Item("penalty"));
        summary.Item = summary.Item! with
        {
            Bands = [new FineBand("minor", 0, 0), new FineBand("ordinary", 0, 100), new FineBand("serious", 0, 5000)],
        };
        summary.Party = PureCase.Citizen with { Organisation = organisation };
        summary
            .Open(Officer(0), on ?? PureCase.Day, Date("offence-date", offence ?? on ?? PureCase.Day), F("found-by", "patrol"))
            .ShouldSucceed();
        return summary;
    }

    public static PureCase SummaryAtPayment(string fine, DateOnly? on = null) =>
        Summary(on: on)
            .Do(
                "impose",
                Officer(0),
                on ?? PureCase.Day,
                With(1),
                F("circumstance", "serious"),
                F("fine", fine),
                Date("served-on", on ?? PureCase.Day)
            );

    /// <summary>Delivered in person on a day.</summary>
    public static Field[] Served(DateOnly on) => [Date("served-on", on), F("delivery", "in-person"), F("proof", "当事人签收")];

    /// <summary>Certified officers of Yandian's enforcement bureau, by turn.</summary>
    public static Actor Officer(int n) => new($"YD-0{43 + n}", "enforcement");

    public static Actor Head(int n) => new($"YD-0{41 + n}", "enforcement");

    public static Actor Legal(int n) => new($"YD-00{5 + n}", "party-government-office");

    public static Actor Collector => new("YD-102", "finance-economy-centre");

    public static Field With(int n) => F("with", Officer(n).Id);
}
