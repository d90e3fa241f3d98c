using System.Diagnostics;
using System.Net;
using Dapper;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Identity;

namespace TownReform.Silo.Tests.Security;

/// <summary>Sign-in and its surroundings by the items of OWASP ASVS 5.0, on a silo behind a proxy that ends TLS.</summary>
public sealed class SignInSecurityTests(ClockedSilo silo) : IClassFixture<ClockedSilo>
{
    private static readonly (string, string) Tls = ("X-Forwarded-Proto", "https");

    [Fact]
    public async Task V3_4_1_And_3_3_1_BehindTls_BrowsersStayThereAndCookiesToo()
    {
        using var browser = silo.Browser();
        var page = await browser.GetAsync("/sign-in", Tls);
        page.Headers["Strict-Transport-Security"].ShouldBe("max-age=31536000");
        browser.CookieHeaders["form-token"].ShouldContain("secure", Case.Insensitive);
        browser.CookieHeaders["form-token"].ShouldContain("samesite=strict", Case.Insensitive);
        browser.CookieHeaders["form-token"].ShouldContain("httponly", Case.Insensitive);
        (await browser.GetAsync("/sign-in")).Headers.Keys.ShouldNotContain("Strict-Transport-Security");
    }

    [Fact]
    public async Task V7_2_4_Proof_GivenAgain_GoesOnUnderANewSecret()
    {
        using var browser = await silo.InAsync(AccountKind.Staff);
        using var thief = browser.Copy();
        (await thief.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        var again = await browser.SubmitAsync("/sign-in/again?return=%2Faccount", "/sign-in/again", ("password", IdentitySilo.Password));
        again.Location.ShouldBe("/account");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await thief.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task V7_5_2_And_7_4_3_Sessions_AreListedAndEndedByTheirOwner()
    {
        var account = await silo.AddAsync(AccountKind.Party);
        using var here = silo.Browser();
        using var there = silo.Browser();
        await here.SignInAsync(account.SignInName, IdentitySilo.Password);
        await there.SignInAsync(account.SignInName, IdentitySilo.Password);
        (await here.SubmitAsync("/account", "/account/sessions")).Location.ShouldBe("/account?done=sessions");
        (await here.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task V7_2_3_Sessions_HaveSecretsOf128BitsThatAreKeptAsHashes()
    {
        using var browser = await silo.InAsync(AccountKind.Staff);
        await using var connection = await silo.Database.OpenAsync();
        var ids = (await connection.QueryAsync<string>("SELECT id FROM sessions")).ToList();
        ids.ShouldAllBe(id => id.Length == 64 && id.All(char.IsAsciiHexDigitLower));
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.ShouldNotContain(id => browser.Cookies.Values.Any(value => value.Contains(id, StringComparison.Ordinal)));
    }

    // Both work out one PBKDF2; were it left out for names that nobody has, the answer would come a hundred times as soon.
    [Fact]
    public async Task V6_3_8_SignIn_UnknownAndKnownName_TakeAsLong()
    {
        var account = await silo.AddAsync(AccountKind.Staff);
        var (known, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < 4; i++)
        {
            known.Add(await TimeAsync(account.SignInName));
            unknown.Add(await TimeAsync($"nobody-{i}"));
        }

        var ratio = unknown.Order().ElementAt(1) / known.Order().ElementAt(1);
        ratio.ShouldBeInRange(1.0 / 3, 3);
    }

    [Fact]
    public async Task V4_1_3_Addresses_ThatABrowserClaimsBehindTheProxy_AreTheProxys()
    {
        using var browser = silo.Browser();
        // The proxy adds the address that it sees behind what the browser has sent.
        var claimed = $"1.2.3.4, {browser.From}";
        using var liar = new BrowserSession(silo.Port) { From = claimed };
        await liar.SubmitAsync("/sign-in", "/sign-in", ("name", "nobody-liar"), ("password", "x"));
        await using var connection = await silo.Database.OpenAsync();
        (await connection.QueryAsync<string>("SELECT address FROM sign_ins")).ShouldNotContain("1.2.3.4");
        (await connection.QueryAsync<string>("SELECT address FROM sign_ins")).ShouldContain(browser.From!);
    }

    private async Task<TimeSpan> TimeAsync(string name)
    {
        using var browser = silo.Browser();
        var token = await browser.TokenAsync("/sign-in");
        var began = Stopwatch.GetTimestamp();
        var answer = await browser.PostAsync("/sign-in", ("form-token", token), ("name", name), ("password", "wrong and still wrong"));
        var took = Stopwatch.GetElapsedTime(began);
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return took;
    }
}
