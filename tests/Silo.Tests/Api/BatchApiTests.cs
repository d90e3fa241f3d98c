using System.Net;
using System.Text.Json;

namespace TownReform.Silo.Tests.Api;

/// <summary>One act on many cases: each answers for itself, and the same again under the same key.</summary>
public sealed class BatchApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const string Path = "/api/v1/offices/government-service/batch";

    [Fact]
    public async Task Batch_OfCasesInEveryState_AnswersForEachAndAgainTheSame()
    {
        var cases = new[] { await silo.OpenAsync("BA-1"), await silo.OpenAsync("BA-2"), await silo.OpenAsync("BA-3") };
        var clerk = silo.Staff("yandian", cases[0].Officers[0]);
        (await silo.PostAsync(clerk, $"/api/v1/cases/{cases[1].Number}/acts/accept", new { }, SignedInSilo.Fresh())).Dispose();
        string[] numbers = [cases[0].Number, cases[1].Number, "YD99999999", cases[2].Number, cases[0].Number.ToLowerInvariant()];
        var (key, body) = (SignedInSilo.Fresh(), new { act = "accept", cases = numbers });

        using var first = await silo.PostAsync(clerk, Path, body, key);
        first.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        var outcomes = await OutcomesAsync(first);
        outcomes.Select(Status).ShouldBe([200, 409, 404, 200], "the first is named twice and counts once");
        outcomes[0].GetProperty("view").GetProperty("step").GetString().ShouldBe("review");
        outcomes[1].GetProperty("problem").GetProperty("code").GetInt32().ShouldBe((int)RefusalCode.ActNotHere);

        using var again = await silo.PostAsync(clerk, Path, body, key);
        (await OutcomesAsync(again)).Select(Status).ShouldBe([200, 409, 404, 200]);
        (await silo.Grains.Grain<ICaseGrain>(Address.Case(Address.Live, cases[0].Number)).ReadAsync()).Value!.Version.ShouldBe(2);

        using var other = await silo.PostAsync(clerk, Path, new { act = "deliver", cases = new[] { cases[0].Number } }, key);
        (await OutcomesAsync(other))[0]
            .GetProperty("problem")
            .GetProperty("code")
            .GetInt32()
            .ShouldBe((int)RefusalCode.CommandIdReused, "the key was another act's");
    }

    [Fact]
    public async Task Batch_OfAnActThatIsDoneCaseByCase_IsRefused()
    {
        var view = await silo.OpenAsync("BA-4");
        var clerk = silo.Staff("yandian", view.Officers[0]);
        using var answer = await silo.PostAsync(clerk, Path, new { act = "notify", cases = new[] { view.Number } }, SignedInSilo.Fresh());
        (await OutcomesAsync(answer))[0].GetProperty("problem").GetProperty("code").GetInt32().ShouldBe((int)RefusalCode.ActNotInBatch);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.UnprocessableEntity)]
    [InlineData(1, HttpStatusCode.MultiStatus)]
    [InlineData(50, HttpStatusCode.MultiStatus)]
    [InlineData(51, HttpStatusCode.UnprocessableEntity)]
    public async Task Batch_OfNoneOneFiftyAndOneMore_IsTakenWithinItsLimit(int many, HttpStatusCode status)
    {
        var view = await silo.OpenAsync("BA-5");
        string[] numbers = [.. Enumerable.Range(1, many).Select(n => FormattableString.Invariant($"YD9{n:D7}"))];
        using var answer = await silo.PostAsync(
            silo.Staff("yandian", view.Officers[0]),
            Path,
            new { act = "accept", cases = numbers },
            SignedInSilo.Fresh()
        );
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Batch_WithNothingWhereANumberBelongs_IsToldAtTheField()
    {
        var view = await silo.OpenAsync("BA-6");
        var body = new { act = "accept", cases = new[] { view.Number, null } };
        using var answer = await silo.PostAsync(silo.Staff("yandian", view.Officers[0]), Path, body, SignedInSilo.Fresh());
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").TryGetProperty("cases", out _).ShouldBeTrue();
    }

    private static int Status(JsonElement outcome) => outcome.GetProperty("status").GetInt32();

    private static async Task<JsonElement[]> OutcomesAsync(HttpResponseMessage answer) =>
        [.. (await SignedInSilo.JsonAsync(answer)).GetProperty("outcomes").EnumerateArray()];
}
