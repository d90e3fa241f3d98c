using System.Net;
using Dapper;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Signing in by password on a real silo, and what ends a session.</summary>
public sealed class SignInTests(IdentitySilo silo) : IClassFixture<IdentitySilo>
{
    [Fact]
    public async Task SignIn_RightPassword_IsInUntilSignedOut()
    {
        await silo.AddAsync("in-wang", AccountKind.Party, account => account with { Parties = ["371581199001011234"] });
        using var browser = silo.Browser();
        (await browser.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");

        var sent = await browser.SubmitAsync(
            "/sign-in?return=%2Faccount",
            "/sign-in",
            ("name", " IN-Wang"),
            ("password", IdentitySilo.Password)
        );
        (sent.Status, sent.Location).ShouldBe((HttpStatusCode.SeeOther, "/account"));
        var page = await browser.GetAsync("/account");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("in-wang");
        page.Headers["Cache-Control"].ShouldContain("no-store");

        using var thief = browser.Copy();
        (await browser.SubmitAsync("/account", "/sign-out")).Location.ShouldBe("/");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await thief.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Cookie_OfASession_IsOfThisHostAloneAndOutOfReach()
    {
        await silo.AddAsync("flags", AccountKind.Staff);
        using var browser = silo.Browser();
        await browser.SignInAsync("flags", IdentitySilo.Password);
        var header = browser.CookieHeaders["__Host-townreform"];
        var flags = header.Split("; ").Skip(1).Select(flag => flag.ToLowerInvariant()).ToHashSet();
        flags.ShouldBe(["path=/", "secure", "samesite=lax", "httponly"], ignoreOrder: true);
    }

    [Fact]
    public async Task SignIn_UnknownWrongLockedOrShut_AreToldTheSame()
    {
        await silo.AddAsync("same-known", AccountKind.Staff);
        await silo.AddAsync("same-shut", AccountKind.Staff);
        await silo.Accounts.SetDisabledAsync("same-shut", IdentitySilo.Now);
        await silo.AddAsync("same-locked", AccountKind.Staff);
        for (var i = 0; i < AttemptStore.MostFailures; i++)
        {
            await new AttemptStore(silo.Database).BeginAsync("same-locked", "password", "test", IdentitySilo.Now);
        }

        using var browser = silo.Browser();
        var answers = new List<(HttpStatusCode, string)>();
        foreach (
            var (name, password) in new[]
            {
                ("same-known", "wrong and still wrong"),
                ("same-nobody", "wrong and still wrong"),
                ("same-shut", IdentitySilo.Password),
                ("same-locked", IdentitySilo.Password),
            }
        )
        {
            var answer = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password));
            browser.Cookies.ShouldNotContainKey("__Host-townreform");
            answers.Add((answer.Status, Plain(answer.Text).Replace(name, "NAME", StringComparison.Ordinal)));
        }

        answers.Distinct().Count().ShouldBe(1, string.Join("\n\n", answers));
        answers[0].Item1.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answers[0].Item2.ShouldContain("Error: Sign in");
    }

    [Fact]
    public async Task SignIn_FiveFailures_ShutTheAccountForAWhile()
    {
        await silo.AddAsync("five", AccountKind.Staff);
        using var browser = silo.Browser();
        for (var i = 0; i < AttemptStore.MostFailures - 1; i++)
        {
            await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "five"), ("password", "wrong and still wrong"));
        }

        (await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "five"), ("password", IdentitySilo.Password))).Status.ShouldBe(
            HttpStatusCode.SeeOther
        );
        for (var i = 0; i < AttemptStore.MostFailures; i++)
        {
            await new AttemptStore(silo.Database).BeginAsync("five", "password", "test", IdentitySilo.Now);
        }

        using var other = silo.Browser();
        (await other.SubmitAsync("/sign-in", "/sign-in", ("name", "five"), ("password", IdentitySilo.Password))).Status.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );

        // Who is in already stays in: failures elsewhere shut nobody out.
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_AfterShutOrNewPassword_EndsAtTheNextRequest()
    {
        await silo.AddAsync("ends", AccountKind.Staff);
        using var browser = silo.Browser();
        (await browser.SignInAsync("ends", IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
        await silo.Accounts.SetPasswordAsync("ends", "other", mustChange: false);
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);

        await silo.AddAsync("shut", AccountKind.Staff);
        (await browser.SignInAsync("shut", IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
        await silo.Accounts.SetDisabledAsync("shut", IdentitySilo.Now);
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Session_ThatTheStoreDoesNotHave_IsNone()
    {
        await silo.AddAsync("forged", AccountKind.Staff);
        using var browser = silo.Browser();
        await browser.SignInAsync("forged", IdentitySilo.Password);
        await using (var connection = await silo.Database.OpenAsync())
        {
            await connection.ExecuteAsync("DELETE FROM sessions WHERE account = 'forged'");
        }

        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
        browser.Cookies.ShouldNotContainKey("__Host-townreform");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/account\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ThatWouldLeadAway_StaysHere(string back)
    {
        var name = $"away-{back.Sum(letter => letter)}";
        await silo.AddAsync(name, AccountKind.Staff);
        using var browser = silo.Browser();
        var sent = await browser.SubmitAsync(
            $"/sign-in?return={Uri.EscapeDataString(back)}",
            "/sign-in",
            ("name", name),
            ("password", IdentitySilo.Password),
            ("return", back)
        );
        sent.Location.ShouldBe("/sign-in");
        browser.CookieHeaders.ShouldNotContainKey("a");
    }

    [Fact]
    public async Task Forms_WithoutTheirTokenOrWithAnothers_DoNothing()
    {
        await silo.AddAsync("csrf", AccountKind.Staff);
        using var browser = silo.Browser();
        await browser.SignInAsync("csrf", IdentitySilo.Password);
        using var other = silo.Browser();
        var page = await other.GetAsync("/sign-in");
        var token = System.Text.RegularExpressions.Regex.Match(page.Text, "form-token\" value=\"([^\"]*)").Groups[1].Value;
        foreach (var action in FormActions)
        {
            (string, string)[] fields =
            [
                ("name", "csrf"),
                ("password", IdentitySilo.Password),
                ("old", IdentitySilo.Password),
                ("new", "another long sentence of mine"),
            ];
            (await browser.PostAsync(action, fields)).Status.ShouldBe(HttpStatusCode.BadRequest, action);
            (await browser.PostAsync(action, [.. fields, ("form-token", token)])).Status.ShouldBe(HttpStatusCode.BadRequest, action);
        }

        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static readonly string[] FormActions =
    [
        IdentityPaths.SignIn,
        IdentityPaths.Code,
        IdentityPaths.Again,
        IdentityPaths.SignOut,
        IdentityPaths.Password,
        IdentityPaths.Sessions,
        IdentityPaths.SecondFactor,
        IdentityPaths.SecondFactor + "/off",
        IdentityPaths.SecondFactor + "/codes",
    ];

    // Tokens differ with each page.
    private static string Plain(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, "name=\"form-token\" value=\"[^\"]*\"", "");
}
