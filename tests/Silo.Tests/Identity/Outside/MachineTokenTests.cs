using System.Net;
using Microsoft.IdentityModel.Tokens;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Identity.Outside;

/// <summary>Tokens of machines (client credentials, JWT) at the API.</summary>
public sealed class MachineTokenTests(OutsideSilo silo) : IClassFixture<OutsideSilo>
{
    [Fact]
    public async Task Token_OfALinkedProgram_ReadsWhatItsScopeSays()
    {
        await silo.LinkedAsync("till", AccountKind.Integration, account => account with { Parties = ["91371581MA3DEM000G"] });
        var token = await silo.TokenAsync("till", "read");
        (await AskAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(await silo.TokenAsync("till", "apply-for-party"))).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(await silo.TokenAsync("till", "unheard-of"))).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenAsync(token)).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenAsync(await silo.TokenAsync("till", "apply-for-party read"))).ShouldBe(HttpStatusCode.Created);

        await silo.Accounts.SetDisabledAsync("till", OutsideSilo.Now);
        (await AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        await silo.Accounts.SetDisabledAsync("till", null);
        (await AskAsync(token)).ShouldBe(HttpStatusCode.OK);
        await silo.Accounts.UnlinkOutsideAsync(silo.Provider.Issuer.TrimEnd('/'), "till", "till");
        (await AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_OfAPersonOrOfNobody_OpensNothing()
    {
        await silo.LinkedAsync("person", AccountKind.Operator);
        (await AskAsync(await silo.TokenAsync("person", "read"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(await silo.TokenAsync("unheard-of", "read"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_WhoseSubjectIsNotLinkedButItsClient_IsTheClients()
    {
        await silo.LinkedAsync("by-client", AccountKind.Integration, account => account with { Parties = ["91371581MA3DEM000G"] });
        var claims = Right("by-client");
        (claims["sub"], claims["client_id"]) = ("service account 7", "by-client");
        (await AskAsync(StandInProvider.Sign(claims, "at+jwt"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("right", HttpStatusCode.OK)]
    [InlineData("aud", HttpStatusCode.Unauthorized)]
    [InlineData("client's", HttpStatusCode.Unauthorized)]
    [InlineData("iss", HttpStatusCode.Unauthorized)]
    [InlineData("key", HttpStatusCode.Unauthorized)]
    [InlineData("secret", HttpStatusCode.Unauthorized)]
    [InlineData("unsigned", HttpStatusCode.Unauthorized)]
    [InlineData("expired", HttpStatusCode.Unauthorized)]
    [InlineData("almost", HttpStatusCode.OK)]
    [InlineData("early", HttpStatusCode.Unauthorized)]
    [InlineData("endless", HttpStatusCode.Unauthorized)]
    [InlineData("garbage", HttpStatusCode.Unauthorized)]
    public async Task Token_ThatIsWrong_Is401(string what, HttpStatusCode status)
    {
        var name = $"program {what}";
        await silo.LinkedAsync(name, AccountKind.Integration, account => account with { Parties = ["91371581MA3DEM000G"] });
        var claims = Right(name);
        claims["aud"] = what switch
        {
            "aud" => "another-api",
            "client's" => StandInProvider.Client,
            _ => claims["aud"],
        };
        claims["iss"] = what == "iss" ? "http://127.0.0.1:1/" : claims["iss"];
        claims["exp"] = OutsideSilo
            .Now.AddSeconds(
                what switch
                {
                    "expired" => -70,
                    "almost" => -40,
                    _ => 300,
                }
            )
            .ToUnixTimeSeconds();
        claims["nbf"] = OutsideSilo.Now.AddSeconds(what == "early" ? 90 : -90).ToUnixTimeSeconds();
        if (what == "endless")
        {
            claims.Remove("exp");
        }

        var token = what switch
        {
            "key" => StandInProvider.Sign(claims, key: StandInProvider.OtherKey),
            "secret" => StandInProvider.Sign(claims, key: new SymmetricSecurityKey(new byte[32]), algorithm: SecurityAlgorithms.HmacSha256),
            "unsigned" => $"eyJhbGciOiJub25lIn0.{StandInProvider.Sign(claims).Split('.')[1]}.",
            "garbage" => "a.b.c",
            _ => StandInProvider.Sign(claims),
        };
        (await AskAsync(token)).ShouldBe(status);
    }

    private Dictionary<string, object> Right(string subject) =>
        new()
        {
            ["iss"] = silo.Provider.Issuer,
            ["aud"] = StandInProvider.Audience,
            ["exp"] = OutsideSilo.Now.AddMinutes(5).ToUnixTimeSeconds(),
            ["sub"] = subject,
            ["scope"] = "read",
        };

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var program = silo.Browser();
        return (await program.GetAsync("/api/v1/cases", ("Authorization", $"Bearer {token}"))).Status;
    }

    private async Task<HttpStatusCode> OpenAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{silo.Port}")) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/towns/yandian/cases");
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
        request.Content = System.Net.Http.Json.JsonContent.Create(SignedInSilo.Opening("91371581MA3DEM000G"));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
