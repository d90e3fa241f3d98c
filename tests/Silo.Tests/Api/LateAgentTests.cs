using System.Net;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>An agent whom the party names only after the opening (B4): a stranger to the case before, and lets go when another is
/// named.</summary>
[ShowsClause("B4")]
public sealed class LateAgentTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    [Fact]
    public async Task Agent_NamedWithTheSuppliedPapers_ReadsTheCaseAndActsOnIt()
    {
        var view = await silo.OpenAsync("LA-1");
        var (party, agent, path) = (silo.Party("LA-1"), silo.Party("LA-AGENT"), $"/api/v1/cases/{view.Number}");
        await ActAsync(silo.Staff("yandian", view.Officers[0]), $"{path}/acts/notify", new { missing = "营业执照" });
        (await silo.GetAsync(agent, path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await ActAsync(party, $"{path}/acts/supply", new { agent = "LA-AGENT", authorisation = "委托书" });
        (await silo.GetAsync(agent, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ActAsync(agent, $"{path}/acts/withdraw", new { reason = "不再办理" });
        using var ended = await silo.GetAsync(party, path);
        (await SignedInSilo.JsonAsync(ended)).Case().Disposition.ShouldBe(Disposition.Withdrawn);
    }

    [Fact]
    public async Task Agent_WhoNamesThemselves_IsRefused()
    {
        var view = await silo.OpenAsync("LA-2");
        var path = $"/api/v1/cases/{view.Number}";
        await ActAsync(silo.Staff("yandian", view.Officers[0]), $"{path}/acts/notify", new { missing = "营业执照" });
        using var answer = await silo.PostAsync(
            silo.Party("LA-OTHER"),
            $"{path}/acts/supply",
            new { fields = new { agent = "LA-OTHER", authorisation = "委托书" } },
            SignedInSilo.Fresh()
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.GetAsync(silo.Party("LA-OTHER"), path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task ActAsync(string account, string path, object fields)
    {
        using var answer = await silo.PostAsync(account, path, new { fields }, SignedInSilo.Fresh());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
