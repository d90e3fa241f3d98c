using System.Net;
using System.Text.RegularExpressions;
using OtpNet;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>One-time codes and recovery codes on a real silo.</summary>
public sealed partial class SecondFactorTests(IdentitySilo silo) : IClassFixture<IdentitySilo>
{
    [Fact]
    public async Task Codes_OnceSetUp_AreAskedForAndServeOnce()
    {
        await silo.AddAsync("totp", AccountKind.Staff);
        using var browser = silo.Browser();
        await browser.SignInAsync("totp", IdentitySilo.Password);
        var page = await browser.GetAsync("/account/second-factor");
        page.Text.ShouldContain("data:image/png;base64,");
        var key = Key().Match(page.Text).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var ticket = Ticket().Match(page.Text).Groups[1].Value;

        (
            await browser.SubmitAsync("/account/second-factor", "/account/second-factor", ("ticket", ticket), ("code", "000000"))
        ).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var first = Code(key);
        var done = await browser.SubmitAsync("/account/second-factor", "/account/second-factor", ("ticket", ticket), ("code", first));
        done.Status.ShouldBe(HttpStatusCode.OK);
        var recovery = Recovery().Matches(done.Text).Select(one => one.Groups[1].Value).ToList();
        recovery.Count.ShouldBe(8);
        (await browser.GetAsync("/account")).Text.ShouldContain("8 recovery codes are left");

        // The password alone signs nobody in; a code that was used, or a made-up one, doesn't either.
        using var other = silo.Browser();
        (await PasswordAsync(other)).Location.ShouldBe("/sign-in/code");
        (await other.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await CodeAsync(other, first)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodeAsync(other, "abcd-efgh-jkmn-pqrs")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodeAsync(other, recovery[0].ToUpperInvariant())).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await other.GetAsync("/account")).Text.ShouldContain("7 recovery codes are left");

        using var third = silo.Browser();
        await PasswordAsync(third);
        (await CodeAsync(third, recovery[0])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await other.SubmitAsync("/account/second-factor", "/account/second-factor/off")).Location.ShouldBe("/account?done=codes-off");
        (await PasswordAsync(third)).Location.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Password_GivenBySomebodyElse_IsChangedBeforeAnythingElse()
    {
        await silo.AddAsync("given", AccountKind.Staff, mustChange: true);
        using var browser = silo.Browser();
        (await browser.SignInAsync("given", IdentitySilo.Password)).Text.ShouldContain("Somebody else made this password");
        (await browser.GetAsync("/account")).Location.ShouldBe("/account/password");
        (await browser.GetAsync("/")).Location.ShouldBe("/account/password");
        (await browser.GetAsync("/api/v1/towns", ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        foreach (
            var (fresh, told) in new[]
            {
                ("short", "at least 12"),
                ("password1234", "soon guessed"),
                (IdentitySilo.Password, "present one"),
            }
        )
        {
            var wrong = await ChangeAsync(browser, IdentitySilo.Password, fresh);
            (wrong.Status, wrong.Text.Contains(told, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), fresh);
        }

        (await ChangeAsync(browser, "wrong and still wrong", "eleven loud geese at dawn")).Status.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await ChangeAsync(browser, IdentitySilo.Password, "eleven loud geese at dawn")).Location.ShouldBe("/account?done=password");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<Answer> ChangeAsync(BrowserSession browser, string old, string fresh) =>
        browser.SubmitAsync("/account/password", "/account/password", ("old", old), ("new", fresh));

    private static Task<Answer> PasswordAsync(BrowserSession browser) =>
        browser.SubmitAsync("/sign-in", "/sign-in", ("name", "totp"), ("password", IdentitySilo.Password));

    private static Task<Answer> CodeAsync(BrowserSession browser, string code) =>
        browser.SubmitAsync("/sign-in/code", "/sign-in/code", ("code", code));

    private static string Code(string key) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(IdentitySilo.Now.UtcDateTime);

    [GeneratedRegex("<code>([A-Z2-7 ]+)</code>", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Ticket();

    [GeneratedRegex("<li><code>([a-z0-9-]+)</code></li>", RegexOptions.CultureInvariant)]
    private static partial Regex Recovery();
}
