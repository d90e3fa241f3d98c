using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>A permit with a fee: told, paid through the channel, handed out, booked by another; party, channel and officers each at their
/// own browser (B7, C5).</summary>
[ShowsClause("B7")]
public class FeeTests(WebTown town)
{
    /// <summary>Digging up a road: paid before the permit is handed out.</summary>
    private const string Item = "YD-XK-016";

    private const string Finance = "finance";

    [Theory]
    [InlineData(false, true, Seat.Phone)]
    [InlineData(true, false, Seat.Desktop)]
    public async Task Fee_FromTheGrantToTheTreasury_GoesByPages(bool script, bool chinese, int width)
    {
        Seat At(Seat seat) => seat with { Script = script, Chinese = chinese, Width = width };
        var number = await town.OpenCaseOfAsync(Item, "accept", "recommend", "grant-on-payment");
        var party = (await town.ReadAsync(number)).Party.Id;
        await using var citizen = await town.OfPartyAsync(party, At);
        await citizen.OpenAsync($"/my/cases/{number}");
        await citizen.SeesAsync("应缴 200.00 元", "200.00 yuan are due");
        await citizen.IsForAllAsync();
        await citizen.FollowAsync("缴费", "Pay the fee");
        await citizen.SeesAsync(number, number);
        await citizen.SeesAsync("LQ-YD-TREASURY", "LQ-YD-TREASURY");
        (await citizen.Page.Locator("main form").CountAsync()).ShouldBe(0, "nobody says here that they have paid");
        await citizen.IsForAllAsync();

        var today = town.Today.ToString("O");
        await town.GoAsync(
            number,
            At,
            (
                "pay-fee",
                [("paid", "200.00"), ("paid-on", today), ("payer", party), ("receipt", $"SD-{number}"), ("account", "LQ-YD-TREASURY")]
            )
        );
        (await citizen.OpenAsync($"/my/cases/{number}/fee")).Status.ShouldBe(404, "nothing is to be paid any more");
        await citizen.OpenAsync($"/my/cases/{number}");
        await citizen.SeesAsync(
            $"已缴 200.00 元，财政票据号 SD-{number}",
            $"200.00 yuan are paid; number of the treasury receipt: SD-{number}"
        );
        await citizen.SeesAsync("缴费凭证", "Receipt of payment");
        await Eventually.HoldsAsync("the seal has numbered it", async () => (await town.ReadAsync(number)).Certificate is not null);
        await town.GoAsync(number, At, ("deliver", []));
        await BalancesAsync(number, At, "在途", "on the way");
        await town.GoAsync(number, At, ("collect", [("booked", "200.00")]));
        (await town.ReadAsync(number)).Ending.ShouldBe("granted");
        await BalancesAsync(number, At, "200.00 元", "200.00 yuan");
    }

    [Fact]
    public async Task Fee_OfAnItemWithoutOne_HasNoPage()
    {
        var number = await town.OpenCaseAsync("accept", "recommend", "grant");
        await using var citizen = await town.OfPartyAsync((await town.ReadAsync(number)).Party.Id);
        (await citizen.OpenAsync($"/my/cases/{number}/fee")).Status.ShouldBe(404);
        await citizen.OpenAsync($"/my/cases/{number}");
        (await citizen.Page.Locator("#fee").CountAsync()).ShouldBe(0);
    }

    // What the office of finance sees of the day: collected = booked + on the way.
    private async Task BalancesAsync(string number, Func<Seat, Seat> at, string chinese, string english)
    {
        var plan = town.Silo.Seeds.Towns[WebTown.Town];
        var office = plan.OrganFor(Finance).Code;
        await using var keeper = await town.OfficerAsync(plan.Staff.First(one => one.Organ == office).Id, at);
        await Eventually.HoldsAsync(
            "the payment is in the list",
            async () =>
            {
                await keeper.OpenAsync($"/o/{office}/takings");
                var row = keeper.Page.Locator($"tr:has-text('{number}')");
                return await row.CountAsync() == 1
                    && (await row.Locator("td").Last.InnerTextAsync()).Contains(keeper.Say(chinese, english), StringComparison.Ordinal);
            }
        );
        await keeper.SeesAsync("账账相符", "it balances");
        await keeper.IsForAllAsync();
    }
}
