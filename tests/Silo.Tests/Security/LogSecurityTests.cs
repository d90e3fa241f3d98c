using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Identity;

namespace TownReform.Silo.Tests.Security;

/// <summary>What reaches the log of a silo, by the items of OWASP ASVS 5.0 (16.2.5, 16.4.1), and whose address counts without a
/// proxy (4.1.3).</summary>
public sealed class LogSecurityTests(IdentitySilo silo) : IClassFixture<IdentitySilo>
{
    private const string Citizen = "371581199005056677",
        Forged = "warn: Forged[1] everything is fine";

    [Fact]
    public async Task V16_4_1_Log_HasNoLineThatARequestWrote()
    {
        using var browser = silo.Browser();
        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", $"x\r\n{Forged}"), ("password", $"y\n{Forged}"));
        foreach (
            var path in (string[])
                [
                    $"/items/x%0D%0A{Uri.EscapeDataString(Forged)}",
                    $"/track?number=%0D%0A{Uri.EscapeDataString(Forged)}&code=x",
                    $"/sign-in?return=%0D%0A{Uri.EscapeDataString(Forged)}",
                    $"/api/v1/towns/%0A{Uri.EscapeDataString(Forged)}",
                ]
        )
        {
            ((int)(await browser.GetAsync(path)).Status).ShouldBeLessThan(500, path);
        }

        await browser.GetAsync("/", ("User-Agent", Forged), ("X-Request-Id", Forged), ("traceparent", Forged));
        Lines().ShouldNotContain(line => line.Contains("Forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task V16_2_5_Log_HasNoSecretAndNobodysId()
    {
        await silo.AddAsync("log-citizen", AccountKind.Party, account => account with { Parties = [Citizen] });
        using var browser = silo.Browser();
        await browser.SignInAsync("log-citizen", IdentitySilo.Password);
        await browser.GetAsync("/my");
        await browser.GetAsync("/my/apply/YD-XK-001");
        await browser.PostAsync("/my/apply/YD-XK-001", ("party.id", Citizen), ("form-token", "wrong"));
        await browser.GetAsync("/api/v1/cases", ("Authorization", "Bearer tr_abcdefghijkl_wrong"));
        string[] secrets = [Citizen, IdentitySilo.Password, browser.Cookies["__Host-townreform"], "tr_abcdefghijkl"];
        Lines().ShouldNotContain(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task V4_1_3_Address_ThatABrowserClaims_IsNotIts()
    {
        using var liar = new BrowserSession(silo.Port) { From = "10.77.0.1" };
        await liar.SubmitAsync("/sign-in", "/sign-in", ("name", "nobody-there"), ("password", "x"));
        await using var connection = await silo.Database.OpenAsync();
        (await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT address FROM sign_ins")).ShouldNotContain("10.77.0.1");
        (await liar.GetAsync("/sign-in", ("X-Forwarded-Proto", "https"))).Headers.Keys.ShouldNotContain("Strict-Transport-Security");
        (await liar.GetAsync("/account", ("X-Forwarded-Host", "evil.example"))).Location!.ShouldStartWith("/sign-in");
        (await liar.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    private IEnumerable<string> Lines() => silo.Lines;
}
