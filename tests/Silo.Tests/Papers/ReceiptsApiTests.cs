using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TownReform.Grains.Receipts;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Papers;

/// <summary>Receipts over HTTP: anybody may have the keys and ask whether a receipt holds; nobody learns of a case by making one
/// up.</summary>
public sealed class ReceiptsApiTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<JsonElement> VerifyAsync(string signed)
    {
        using var answer = await silo.Http.PostAsJsonAsync("/api/v1/receipts/verify", new { signed }, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
    }

    [Fact]
    public async Task Keys_AnyBody_ReadsTheSetThatSignaturesAreCheckedBy()
    {
        using var answer = await silo.Http.GetAsync(new Uri("/.well-known/townreform-keys", UriKind.Relative), Stop);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/jwk-set+json");
        var json = await answer.Content.ReadAsStringAsync(Stop);
        PublicKeys.Read(json).ShouldNotBeNull().Count.ShouldBe(1);
        json.ShouldNotContain("private", Case.Insensitive);
        json.ShouldNotContain("\"d\"");
    }

    [Fact]
    public async Task Verify_SignedByAnotherTown_TellsTheKeyAndNothingOfTheCase()
    {
        var other = StoredKey.New(DateTimeOffset.UnixEpoch);
        var said = new Receipt("YD00000001", 1, new string('a', 64), 1, new string('b', 64), DateTimeOffset.UnixEpoch);
        var verdict = await VerifyAsync(ReceiptText.Sign(said, other.Open()).Signed);
        verdict.GetProperty("holds").GetBoolean().ShouldBeFalse();
        verdict.GetProperty("faults")[0].GetProperty("fault").GetString().ShouldBe("keyUnknown");
        verdict.GetProperty("receipt").ValueKind.ShouldBe(JsonValueKind.Null);
        verdict.GetProperty("recordsSince").ValueKind.ShouldBe(JsonValueKind.Null);
        (await VerifyAsync("nonsense")).GetProperty("faults")[0].GetProperty("fault").GetString().ShouldBe("unreadable");
    }

    [Fact]
    public async Task Verify_BodyThatIsNone_IsProblemDetails()
    {
        using var empty = await silo.Http.PostAsync(new Uri("/api/v1/receipts/verify", UriKind.Relative), null, Stop);
        ((int)empty.StatusCode).ShouldBeOneOf(400, 415);
        using var other = await silo.Http.PostAsJsonAsync("/api/v1/receipts/verify", new { other = 1 }, Stop);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
