using System.Net;
using Microsoft.IdentityModel.Tokens;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity.Outside;

/// <summary>Sign-outs that the provider tells (OpenID Connect Back-Channel Logout 1.0, section 2.6): right ones end sessions at the next
/// request, all others end nothing.</summary>
public sealed class LogoutTokenTests(OutsideSilo silo) : IClassFixture<OutsideSilo>
{
    private const string Path = "/sign-in/provider/sign-out",
        Event = "http://schemas.openid.net/event/backchannel-logout";

    [Fact]
    public async Task SignOut_ByItsSession_EndsThatOneAtTheNextRequestAndCountsOnce()
    {
        await silo.LinkedAsync("sid", AccountKind.Staff);
        using var browser = await InAsync("sid");
        var token = StandInProvider.Sign(Right("sid", withSession: true), "logout+jwt");
        var (told, _) = (await SendAsync(token), 0);
        (told.Status, told.Headers["Cache-Control"]).ShouldBe((HttpStatusCode.OK, "no-store"));
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);

        await silo.SignInAsync(browser, "sid");
        (await SendAsync(token)).Status.ShouldBe(HttpStatusCode.BadRequest, "it was used before");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignOut_BySubject_EndsAllThatTheProviderVouchedFor()
    {
        await silo.LinkedAsync("sub", AccountKind.Staff);
        await silo.LinkedAsync("sub-other", AccountKind.Staff);
        using var one = await InAsync("sub");
        using var two = await InAsync("sub");
        using var other = await InAsync("sub-other");
        (await SendAsync(StandInProvider.Sign(Right("sub", withSession: false)))).Status.ShouldBe(HttpStatusCode.OK);
        (await one.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await two.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await other.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(StandInProvider.Sign(Right("stranger", withSession: false)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    public static TheoryData<string> Wrong => [.. Tokens().Select(token => token.Why)];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task SignOut_WrongToken_EndsNothing(string why)
    {
        var name = $"stays {why}";
        await silo.LinkedAsync(name, AccountKind.Staff);
        using var browser = await InAsync(name);
        var claims = Right(name, withSession: true);
        var answer = await SendAsync(Tokens().Single(token => token.Why == why).Make(claims));
        (answer.Status, answer.Text).ShouldBe((HttpStatusCode.BadRequest, """{"error":"invalid_request"}"""));
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(-10 * 60 + 20, HttpStatusCode.OK)]
    [InlineData(-10 * 60 - 5, HttpStatusCode.BadRequest)]
    [InlineData(40, HttpStatusCode.OK)]
    [InlineData(80, HttpStatusCode.BadRequest)]
    public async Task SignOut_IssuedLongAgoOrLater_HasItsBounds(int seconds, HttpStatusCode status)
    {
        var claims = Right("bounds", withSession: false);
        claims["iat"] = OutsideSilo.Now.AddSeconds(seconds).ToUnixTimeSeconds();
        (await SendAsync(StandInProvider.Sign(claims))).Status.ShouldBe(status);
    }

    // Each is a right one but for what it says.
    private static IEnumerable<(string Why, Func<Dictionary<string, object>, string> Make)> Tokens()
    {
        static long In(int seconds) => OutsideSilo.Now.AddSeconds(seconds).ToUnixTimeSeconds();
        static string With(Dictionary<string, object> claims, string claim, object value)
        {
            claims[claim] = value;
            return StandInProvider.Sign(claims);
        }

        static string Without(Dictionary<string, object> claims, params string[] names)
        {
            Array.ForEach(names, name => claims.Remove(name));
            return StandInProvider.Sign(claims);
        }

        yield return ("another key", claims => StandInProvider.Sign(claims, key: StandInProvider.OtherKey));
        yield return ("unsigned", claims => Unsigned(StandInProvider.Sign(claims)));
        yield return (
            "signed by the client's secret",
            claims =>
                StandInProvider.Sign(
                    claims,
                    key: new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(StandInProvider.Secret.PadRight(32))),
                    algorithm: SecurityAlgorithms.HmacSha256
                )
        );
        yield return ("another issuer", claims => With(claims, "iss", "http://127.0.0.1:1/"));
        yield return ("another audience", claims => With(claims, "aud", StandInProvider.Audience));
        yield return ("no audience", claims => Without(claims, "aud"));
        yield return ("expired", claims => With(claims, "exp", In(-90)));
        yield return ("no end", claims => Without(claims, "exp"));
        yield return ("no moment", claims => Without(claims, "iat"));
        yield return ("no id", claims => Without(claims, "jti"));
        yield return ("no events", claims => Without(claims, "events"));
        yield return ("events is text", claims => With(claims, "events", Event));
        yield return ("another event", claims => With(claims, "events", new Dictionary<string, object> { ["urn:other"] = NoMembers() }));
        yield return ("event is no object", claims => With(claims, "events", new Dictionary<string, object> { [Event] = "x" }));
        yield return ("has a nonce", claims => With(claims, "nonce", "n"));
        yield return ("names nobody", claims => Without(claims, "sub", "sid"));
        yield return ("another type", claims => StandInProvider.Sign(claims, "at+jwt"));
        yield return ("no token", _ => "");
        yield return ("too long", claims => With(claims, "more", new string('x', 40_000)));
    }

    private static Dictionary<string, object> NoMembers() => [];

    private static string Unsigned(string token) =>
        $"{Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"JWT"}"""u8)}.{token.Split('.')[1]}.";

    private Dictionary<string, object> Right(string subject, bool withSession)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = silo.Provider.Issuer,
            ["aud"] = StandInProvider.Client,
            ["iat"] = OutsideSilo.Now.ToUnixTimeSeconds(),
            ["exp"] = OutsideSilo.Now.AddMinutes(2).ToUnixTimeSeconds(),
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["sub"] = subject,
            ["events"] = new Dictionary<string, object> { [Event] = NoMembers() },
        };
        if (withSession)
        {
            claims["sid"] = $"session of {subject}";
        }

        return claims;
    }

    private async Task<BrowserSession> InAsync(string name)
    {
        var browser = silo.Browser();
        (await silo.SignInAsync(browser, name)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return browser;
    }

    private async Task<Answer> SendAsync(string token)
    {
        using var provider = silo.Browser();
        return await provider.PostAsync(Path, ("logout_token", token));
    }
}
