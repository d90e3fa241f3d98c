using System.Net;
using System.Text.Json;
using TownReform.Silo.Tests.Web.My;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>Payment of a fee over HTTP: by the payment channel's own account, safe to send again; the day's takings for the office of
/// finance (B7, C5).</summary>
[ShowsClause("B7", "C5")]
public sealed class FeeApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    [Fact]
    public async Task Payment_ByTheChannelAlone_IsTakenOnceAndBalances()
    {
        var number = await silo.AtFeeAsync("FA-1");
        var (party, channel) = (silo.Party("FA-1"), silo.County("linqing", "payment-channel"));
        var path = $"/api/v1/cases/{number}/acts/pay-fee";
        var today = silo.Seeds.Towns["yandian"].DayOf(TimeProvider.System.GetUtcNow());
        object Payment(string paid) =>
            new
            {
                fields = new Dictionary<string, string>
                {
                    ["paid"] = paid,
                    ["paid-on"] = $"{today:O}",
                    ["payer"] = "FA-1",
                    ["receipt"] = $"SD-{number}",
                    ["account"] = "LQ-YD-TREASURY",
                },
            };

        using var himself = await silo.PostAsync(party, path, Payment("200.00"), SignedInSilo.Fresh());
        himself.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "nobody says themselves that they have paid");
        using var finance = await silo.PostAsync(silo.County("linqing", "finance"), path, Payment("200.00"), SignedInSilo.Fresh());
        finance.StatusCode.ShouldBe(HttpStatusCode.NotFound, "not the channel");
        using var less = await silo.PostAsync(channel, path, Payment("199.99"), SignedInSilo.Fresh());
        (await SignedInSilo.JsonAsync(less)).Code().ShouldBe((int)RefusalCode.AmountNotPaid);

        var key = SignedInSilo.Fresh();
        foreach (var _ in new[] { 1, 2 })
        {
            using var paid = await silo.PostAsync(channel, path, Payment("200.00"), key);
            paid.StatusCode.ShouldBe(HttpStatusCode.OK, await paid.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var takings = (await Eventually.GivesAsync("the payment is in the list", () => TakingsAsync(number))).Single();
        takings.GetProperty("balances").GetBoolean().ShouldBeTrue();
        takings.GetProperty("onTheWay").GetDecimal().ShouldBe(200.00m);
        takings.GetProperty("booked").GetDecimal().ShouldBe(0m);
    }

    [Fact]
    public async Task Takings_OfAnotherOffice_AreNotThere()
    {
        var officer = silo.Seeds.Towns["yandian"].Staff.First(one => one.Organ == "government-service").Id;
        using var answer = await silo.GetAsync(silo.Staff("yandian", officer), "/api/v1/offices/government-service/takings");
        (await SignedInSilo.JsonAsync(answer)).Code().ShouldBe((int)RefusalCode.OfficeNotHeld);
    }

    private async Task<JsonElement[]?> TakingsAsync(string number)
    {
        var plan = silo.Seeds.Towns["yandian"];
        var office = plan.OrganFor("finance").Code;
        var keeper = silo.Staff("yandian", plan.Staff.First(one => one.Organ == office).Id);
        using var answer = await silo.GetAsync(keeper, $"/api/v1/offices/{office}/takings");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await SignedInSilo.JsonAsync(answer);
        return read.GetProperty("payments").EnumerateArray().Any(one => one.GetProperty("case").GetString() == number) ? [read] : null;
    }
}
