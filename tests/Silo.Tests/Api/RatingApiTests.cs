using System.Net;
using System.Text.Json;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>The rating of a case over HTTP: by its party alone, once, and what follows a bad one.</summary>
public sealed class RatingApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    [Fact]
    public async Task Rating_Bad_IsTakenOnceAndOpensAVisitThatThePartySees()
    {
        var view = await silo.OpenAsync("RT-1");
        var (party, path) = (silo.Party("RT-1"), $"/api/v1/cases/{view.Number}/rating");
        using var early = await silo.PostAsync(party, path, new { level = 2 }, SignedInSilo.Fresh());
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await SignedInSilo.JsonAsync(early)).Code().ShouldBe((int)RefusalCode.RatingTooEarly);

        (await silo.PostAsync(party, $"/api/v1/cases/{view.Number}/acts/withdraw", new { }, SignedInSilo.Fresh())).Dispose();
        var key = SignedInSilo.Fresh();
        using var given = await silo.PostAsync(party, path, new { level = 2, words = "等得太久" }, key);
        given.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await silo.PostAsync(party, path, new { level = 2, words = "等得太久" }, key);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var other = await silo.PostAsync(party, path, new { level = 5 }, SignedInSilo.Fresh());
        (await SignedInSilo.JsonAsync(other)).Code().ShouldBe((int)RefusalCode.RatingGivenAlready);

        var visit = await Eventually.GivesAsync(
            "the return visit is opened",
            async () =>
            {
                using var read = await silo.GetAsync(party, path);
                return (await SignedInSilo.JsonAsync(read)).GetProperty("visit") is { ValueKind: JsonValueKind.String } number
                    ? number.GetString()
                    : null;
            }
        );
        using var seen = await silo.GetAsync(party, $"/api/v1/cases/{visit}");
        (await SignedInSilo.JsonAsync(seen)).Case().Workplace.ShouldBe("yandian/party-building-office");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Rating_OfNoLevel_IsToldAtItsField(int level)
    {
        var view = await silo.OpenAsync("RT-2");
        var party = silo.Party("RT-2");
        (await silo.PostAsync(party, $"/api/v1/cases/{view.Number}/acts/withdraw", new { }, SignedInSilo.Fresh())).Dispose();
        using var answer = await silo.PostAsync(party, $"/api/v1/cases/{view.Number}/rating", new { level }, SignedInSilo.Fresh());
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").TryGetProperty("level", out _).ShouldBeTrue();
    }
}
