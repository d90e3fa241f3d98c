using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Fees;

/// <summary>Fees: told at the opening, paid exactly and by those who may, booked by other hands (B7, B4, C5).</summary>
[ShowsClause("B4", "B7", "C5")]
public sealed class FeeTests
{
    private const string Agent = "agent-1";

    private static readonly DateOnly Day = PureCase.Day;
    private static readonly Actor Channel = new("payment-channel-1", "payment-channel");

    [Theory]
    [InlineData("0.00", "permit", null)]
    [InlineData("0.00", "permit-with-fee", RefusalCode.FeeAndProcedureDiffer)]
    [InlineData("0.01", "permit", RefusalCode.FeeAndProcedureDiffer)]
    [InlineData("0.01", "permit-with-fee", null)]
    public void Open_ByTheFee_OnlyTheProcedureThatCollectsIt(string fee, string procedure, RefusalCode? code)
    {
        var opened = Case(Money(fee), procedure).Open(PureCase.Public(), Day);
        (opened.Refusal?.Code).ShouldBe(code);
        if (procedure == "permit")
        {
            (opened.Value?.Fields.Any(field => field.Name == CaseFee.Fee) ?? false).ShouldBeFalse("nothing to pay");
        }
    }

    /// <summary>The version in force on the day of opening counts; a change on the day after doesn't.</summary>
    [Theory]
    [InlineData(-1, "30.00")]
    [InlineData(0, "30.00")]
    [InlineData(1, "20.00")]
    public void Fee_ChangesAroundTheOpening_IsThatOfTheDay(int from, string fee)
    {
        var permit = Case(20m, before: false);
        permit.Item = permit.Item! with
        {
            Versions =
            [
                new(Day.AddDays(from), "§2", permit.Item.Statutory, [], Verify: false) { Fee = new(30m, "§3", BeforeDelivery: true) },
            ],
        };
        permit.Open(PureCase.Public(), Day).ShouldSucceed();
        permit.File.Value(CaseFee.Fee).ShouldBe(fee);
        permit.File.Value(CaseFee.Due).ShouldBe(from <= 0 ? CaseFee.BeforeDelivery : CaseFee.AfterDelivery);
    }

    [Fact]
    public void Fee_GivenByTheParty_IsRefused() =>
        Case(20m).Open(PureCase.Public(), Day, F(CaseFee.Fee, "0.01")).ShouldBeRefused(RefusalCode.FieldUnknown);

    [Theory]
    [InlineData("200.00", "200.00", null)]
    [InlineData("200.00", "199.99", RefusalCode.AmountNotPaid)]
    [InlineData("200.00", "200.01", RefusalCode.AmountNotPaid)]
    [InlineData("0.01", "0.01", null)]
    [InlineData("0.01", "0.00", RefusalCode.AmountNotPaid)]
    [InlineData("0.01", "0.02", RefusalCode.AmountNotPaid)]
    public void Pay_ToTheFen_NeitherMoreNorLess(string fee, string paid, RefusalCode? code) =>
        (AtFee(Money(fee)).Act("pay-fee", Channel, Day, Payment(paid)).Refusal?.Code).ShouldBe(code);

    [Theory]
    [InlineData(-1, RefusalCode.FeeDayWrong)]
    [InlineData(0, null)]
    [InlineData(2, null)]
    [InlineData(3, RefusalCode.FeeDayWrong)]
    public void Pay_OnADay_FromTheGrantToToday(int paidOn, RefusalCode? code) =>
        (AtFee(20m).Act("pay-fee", Channel, Day.AddDays(2), Payment("20.00", day: Day.AddDays(paidOn))).Refusal?.Code).ShouldBe(code);

    [Theory]
    [InlineData("EL-TREASURY", false)]
    [InlineData("综合行政执法局账户", false)]
    [InlineData(null, true)]
    public void Pay_IntoAnotherAccount_IsRefused(string? account, bool passes)
    {
        var permit = AtFee(20m);
        var refusal = permit.Act("pay-fee", Channel, Day, Payment("20.00", account: account ?? permit.Plan.Policy.TreasuryAccount)).Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.AccountNotTreasury);
    }

    [Theory]
    [InlineData("abc", false)]
    [InlineData("ab-1", true)]
    [InlineData("1234567890123456789012345678901234567890", true)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    [InlineData("12/345", false)]
    [InlineData("票据一二三", false)]
    public void Pay_WithTheNumberOfAReceipt_OfItsForm(string receipt, bool passes) =>
        (AtFee(20m).Act("pay-fee", Channel, Day, Payment("20.00", receipt: receipt)).Refusal?.Code).ShouldBe(
            passes ? null : RefusalCode.ReceiptNumberUnfit
        );

    /// <summary>Nobody but the channel says that something is paid.</summary>
    [Fact]
    public void Pay_SaidByAnybodyElse_IsRefused()
    {
        var permit = AtFee(20m);
        Actor[] others =
        [
            PureCase.Public(),
            new("stranger", Actor.Public),
            new("stranger", Actor.Public, For: PureCase.Citizen.Id),
            new("payment-channel-1", Actor.Public),
            new("finance-1", "finance"),
            new("payment-channel-2", "payment-channel"),
            new("payment-channel-1", "finance"),
        ];
        foreach (var other in others)
        {
            permit.Act("pay-fee", other, Day, Payment("20.00")).Refusal.ShouldNotBeNull(other.ToString());
        }

        permit.Do("pay-fee", Channel, Day, Payment("20.00"));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, RefusalCode.PayOnBehalfNotKnown)]
    public void Pay_ByTheAgent_WhereThePlanKnowsIt(bool guyun, RefusalCode? code)
    {
        var permit = AtFee(20m, guyun ? RealSeeds.Guyun : RealSeeds.Yandian, agentPays: true);
        (
            permit.Act("pay-fee", Channel, Day, Payment("20.00", payer: Agent, account: permit.Plan.Policy.TreasuryAccount)).Refusal?.Code
        ).ShouldBe(code);
    }

    [Fact]
    public void Pay_ByAnAgentWhoseAuthorisationDoesNotCoverIt_IsRefused()
    {
        var permit = AtFee(20m, RealSeeds.Guyun, agentPays: false);
        var account = RealSeeds.Guyun.Policy.TreasuryAccount;
        permit
            .Act("pay-fee", Channel, Day, Payment("20.00", payer: Agent, account: account))
            .ShouldBeRefused(RefusalCode.FeePayerNotAllowed);
        permit.Do("pay-fee", Channel, Day, Payment("20.00", account: account));
    }

    [Fact]
    public void Pay_ByAStranger_IsRefused() =>
        AtFee(20m, RealSeeds.Guyun, agentPays: true)
            .Act("pay-fee", Channel, Day, Payment("20.00", payer: "stranger", account: RealSeeds.Guyun.Policy.TreasuryAccount))
            .ShouldBeRefused(RefusalCode.FeePayerNotAllowed);

    [Fact]
    public void Pay_ASecondTime_OrBeforeTheGrant_OrAfterWithdrawal_IsRefused()
    {
        AtFee(20m)
            .Do("pay-fee", Channel, Day, Payment("20.00"))
            .Act("pay-fee", Channel, Day, Payment("20.00", receipt: "SD-2"))
            .Refusal.ShouldNotBeNull();
        var early = Case(20m);
        early.Open(PureCase.Public(), Day).ShouldSucceed();
        early.Act("pay-fee", Channel, Day, Payment("20.00")).Refusal.ShouldNotBeNull();
        early.Do("withdraw", PureCase.Public(), Day);
        early.Act("pay-fee", Channel, Day, Payment("20.00")).ShouldBeRefused(RefusalCode.CaseEnded);
    }

    [Fact]
    public void Deliver_WhileUnpaid_IsRefusedOnlyWhereTheLawHasItPaidFirst()
    {
        AtFee(20m, before: true).Act("deliver", new("YD-024", "government-service"), Day).Refusal.ShouldNotBeNull();
        var first = AtFee(20m, before: false, handOut: false);
        first.Do("deliver", first.Who("window"), Day).File.Step.ShouldBe("fee-after");
    }

    [Fact]
    public void Collect_ByOtherHandsAndTheSameAmount_EndsTheCase()
    {
        var permit = AtFee(20m);
        permit.Do("pay-fee", Channel, Day, Payment("20.00"));
        permit.Do("deliver", permit.Who("window"), Day).File.Step.ShouldBe("collection");
        permit.Act("collect", permit.Who("collector"), Day, F("booked", "19.99")).ShouldBeRefused(RefusalCode.AmountNotPaid);
        permit.Act("collect", permit.Who("collector"), Day, F("booked", "20.01")).ShouldBeRefused(RefusalCode.AmountNotPaid);
        permit.Procedure.Steps["collection"].SeparateFrom.ShouldBe(["review", "decision"], ignoreOrder: true);
        var file = permit.Do("collect", permit.Who("collector"), Day, F("booked", "20.00")).File;
        (file.Ending, file.Granted).ShouldBe(("granted", true));
        permit.Procedure.Declared.AlwaysTrue.ShouldAllBe(one => one.Holds(file));
        permit.Procedure.Declared.AlwaysTrue.ShouldContain(one => !one.Holds(With(file, "booked", "19.99")));
        permit.Procedure.Declared.AlwaysTrue.ShouldContain(one => !one.Holds(With(file, "paid", "20.01")));
    }

    [Fact]
    public void Catalogues_OfBothTowns_HaveItemsWithAFeeOfEachKind()
    {
        foreach (var plan in new[] { RealSeeds.Yandian, RealSeeds.Guyun })
        {
            var charged = plan.Items.Values.Where(item => item.Fee > 0).ToArray();
            charged.Select(item => item.FeeBeforeDelivery).Distinct().Count().ShouldBe(2, plan.Code);
            charged.ShouldAllBe(item => item.FeeBasis != null && item.Provenance == "illustrative");
        }
    }

    private static CaseFile With(CaseFile file, string name, string value) =>
        file with
        {
            Fields = [.. file.Fields.Where(field => field.Name != name), new(name, value)],
        };

    private static decimal Money(string yuan) => decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture);

    private static PureCase Case(decimal fee, string procedure = "permit-with-fee", TownPlan? town = null, bool before = true)
    {
        var plan = town ?? RealSeeds.Yandian;
        var permit = PureCase.Of(plan, procedure, plan.Item("permit"));
        permit.Item = permit.Item! with { Fee = fee, FeeBasis = "§1", FeeBeforeDelivery = before };
        return permit;
    }

    /// <summary>Granted, and the payment is waited for.</summary>
    private static PureCase AtFee(decimal fee, TownPlan? town = null, bool? agentPays = null, bool before = true, bool handOut = true)
    {
        var permit = Case(fee, town: town, before: before);
        Field[] agent = agentPays is { } pays
            ? [F("agent", Agent), F("authorisation", "授权委托书"), F("agent-pays", pays ? "true" : "false")]
            : [];
        permit.Open(PureCase.Public(), Day, agent).ShouldSucceed();
        permit.Do("accept", permit.Who("window"), Day);
        permit.Do("recommend", permit.Who("reviewer"), Day, F("recommendation", "grant"));
        permit.Do(before ? "grant-on-payment" : "grant", permit.Who("decider"), Day);
        permit.Keep(new CertificateSet("烟行许〔2019〕1号", PureCase.At(Day)));
        if (!before && handOut)
        {
            permit.Do("deliver", permit.Who("window"), Day);
        }

        return permit;
    }

    private static Field[] Payment(
        string paid,
        DateOnly? day = null,
        string? payer = null,
        string receipt = "SD-1",
        string? account = null
    ) =>
        [
            F("paid", paid),
            F("paid-on", $"{day ?? Day:O}"),
            F("payer", payer ?? PureCase.Citizen.Id),
            F("receipt", receipt),
            F("account", account ?? RealSeeds.Yandian.Policy.TreasuryAccount),
        ];
}
