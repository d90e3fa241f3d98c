using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Payments of fees: the number of a receipt is used once only in a town, also by two cases at once (C5).</summary>
[ShowsClause("B7", "C5")]
public sealed class FeeTests(CaseCluster cluster)
{
    private const string Item = "YD-XK-016";

    private static readonly DateOnly Day = PureCase.Day;
    private static readonly Actor Channel = new("payment-channel-1", "payment-channel");

    [Fact]
    public async Task Pay_WithAReceiptOfAnotherCase_IsRefusedAndRecorded()
    {
        var town = await cluster.FoundAsync();
        var (one, other) = (await AtFeeAsync(town), await AtFeeAsync(town));
        var command = Payment("SD-2019-1");
        (await one.ActAsync(command)).ShouldSucceed().Step.ShouldBe("paid-delivery");
        (await one.ActAsync(command)).ShouldSucceed().Step.ShouldBe("paid-delivery", "the same command again");
        (await other.ActAsync(Payment("SD-2019-1"))).ShouldBeRefused(RefusalCode.ReceiptUsed);
        (await other.ActAsync(Payment("sd-2019-1"))).ShouldBeRefused(RefusalCode.ReceiptUsed);
        (await other.ReadAsync()).ShouldSucceed().Step.ShouldBe("fee");
        (await other.ActAsync(Payment("SD-2019-2"))).ShouldSucceed();
        await SoundAsync(town);
    }

    [Fact]
    public async Task Pay_TwoCasesAtOnceWithOneReceipt_OnePays()
    {
        var town = await cluster.FoundAsync();
        var cases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AtFeeAsync(town)));
        var answers = await Task.WhenAll(cases.Select(one => one.ActAsync(Payment("SD-9"))));
        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        answers.Where(answer => answer.Refusal is not null).ShouldAllBe(answer => answer.Refusal!.Code == RefusalCode.ReceiptUsed);
        await SoundAsync(town);
    }

    /// <summary>What the rules refuse uses up no number.</summary>
    [Fact]
    public async Task Pay_OneFenLess_LeavesTheNumberFree()
    {
        var town = await cluster.FoundAsync();
        var (one, other) = (await AtFeeAsync(town), await AtFeeAsync(town));
        (await one.ActAsync(Payment("SD-3", "199.99"))).ShouldBeRefused(RefusalCode.AmountNotPaid);
        (await other.ActAsync(Payment("SD-3"))).ShouldSucceed();
        (await one.ActAsync(Payment("SD-4"))).ShouldSucceed();
        await SoundAsync(town);
    }

    private static ActOnCase Payment(string receipt, string paid = "200.00") =>
        new(
            Stamps.Next(PureCase.At(Day), Channel),
            "pay-fee",
            [
                new("paid", paid),
                new("paid-on", $"{Day:O}"),
                new("payer", PureCase.Citizen.Id),
                new("receipt", receipt),
                new("account", RealSeeds.Yandian.Policy.TreasuryAccount),
            ]
        );

    /// <summary>Granted, the payment is waited for.</summary>
    private static async Task<ICaseGrain> AtFeeAsync(TestTown town)
    {
        var opening = Permits.Opening(town) with { Procedure = "permit-with-fee", Subject = Item };
        var number = (await town.Grains.OpenCaseAsync(town.World, opening)).ShouldSucceed().Number;
        var grain = town.Grains.GetGrain<ICaseGrain>(Address.Case(town.World, number));
        await ActAsync(grain, "accept");
        await ActAsync(grain, "recommend", new Field("recommendation", "grant"));
        await ActAsync(grain, "grant-on-payment");
        return grain;
    }

    private static async Task ActAsync(ICaseGrain grain, string act, params Field[] fields)
    {
        var officer = new Actor((await grain.ReadAsync()).ShouldSucceed().Officers[0], "government-service");
        (await grain.ActAsync(new(Stamps.Next(PureCase.At(Day), officer), act, [.. fields]))).ShouldSucceed();
    }

    private static async Task SoundAsync(TestTown town)
    {
        await town.DrainAsync();
        var audit = await EndStateCheck.RunAsync(
            town.Scan,
            RealSeeds.Library,
            world: town.World,
            cancellation: TestContext.Current.CancellationToken
        );
        audit.Checks.SelectMany(check => check.First).Select(found => $"{found}").ShouldBeEmpty();
    }
}
