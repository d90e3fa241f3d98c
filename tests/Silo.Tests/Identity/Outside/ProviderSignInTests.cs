using System.Net;
using Dapper;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity.Outside;

/// <summary>Signing in by an outside provider (OpenID Connect), against a real one on loopback.</summary>
public sealed class ProviderSignInTests(OutsideSilo silo) : IClassFixture<OutsideSilo>
{
    private const string Cookie = "__Host-townreform";

    [Fact]
    public async Task SignIn_LinkedSubject_IsInWithCodeAndPkce()
    {
        await silo.LinkedAsync("wang", AccountKind.Staff);
        using var browser = silo.Browser();
        (await browser.GetAsync("/sign-in")).Text.ShouldContain("/sign-in/provider?return=");
        var done = await silo.SignInAsync(browser, "wang");
        (done.Status, done.Location).ShouldBe((HttpStatusCode.SeeOther, "/account"));
        (await browser.GetAsync("/account")).Text.ShouldContain("organisation");

        var asked = silo.Provider.Asked.ShouldNotBeNull();
        // Nothing is said of how to answer: in the address, as this flow does by itself.
        (asked.ResponseType, asked.CodeChallengeMethod, asked.ResponseMode).ShouldBe(("code", "S256", null));
        (asked.Nonce.ShouldNotBeNull().Length, asked.State.ShouldNotBeNull().Length).ShouldSatisfyAllConditions(
            lengths => lengths.Item1.ShouldBeGreaterThan(32),
            lengths => lengths.Item2.ShouldBeGreaterThan(32)
        );
        browser.Cookies.Keys.ShouldBe([Cookie, "form-token"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("nobody", AccountKind.Staff, false, false)]
    [InlineData("shut", AccountKind.Staff, true, true)]
    [InlineData("program", AccountKind.Integration, true, false)]
    public async Task SignIn_SubjectWithoutAnAccountForIt_LearnsAndMakesNothing(string name, AccountKind kind, bool isLinked, bool isShut)
    {
        if (isLinked)
        {
            await silo.LinkedAsync(name, kind);
        }

        if (isShut)
        {
            await silo.Accounts.SetDisabledAsync(name, OutsideSilo.Now);
        }

        var before = (await silo.Accounts.ListAsync()).Select(account => account.Id).ToList();
        using var browser = silo.Browser();
        var done = await silo.SignInAsync(browser, name);
        done.Status.ShouldBe(HttpStatusCode.Forbidden);
        done.Text.ShouldContain("administrator of your office");
        done.Text.Replace(name, "NAME", StringComparison.Ordinal).ShouldNotContain("shut");
        browser.Cookies.ShouldNotContainKey(Cookie);
        (await silo.Accounts.ListAsync()).Select(account => account.Id).ShouldBeSubsetOf([.. before, "wang"]);
        (await OutcomesAsync(browser)).ShouldBe([isShut ? SignInOutcome.Disabled : SignInOutcome.NotLinked]);
    }

    [Fact]
    public async Task SignIn_AnswerMeantForAnotherBrowser_IsNone()
    {
        await silo.LinkedAsync("mixed", AccountKind.Staff);
        using var mine = silo.Browser();
        using var thief = silo.Browser();
        var forMe = await silo.BackFromProviderAsync(mine, "mixed");
        var stolen = await thief.GetAsync(forMe);
        stolen.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        stolen.Text.ShouldContain("was not completed");

        // Its own state with another's code: the code doesn't fit what was asked for.
        var forThief = await silo.BackFromProviderAsync(thief, "mixed");
        var mixed = $"/sign-in/provider/done?code={Value(forMe, "code")}&state={Value(forThief, "state")}";
        (await thief.GetAsync(mixed)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        thief.Cookies.ShouldNotContainKey(Cookie);
        (await silo.SignInAsync(mine, "mixed")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("/sign-in/provider/done")]
    [InlineData("/sign-in/provider/done?code=abc&state=made-up")]
    [InlineData("/sign-in/provider/done?error=server_error&error_description=a%0D%0Awarn:%20forged")]
    public async Task SignIn_AnswerToNothing_IsToldSoAndWritesNoLog(string answer)
    {
        using var browser = silo.Browser();
        (await browser.GetAsync(answer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookies.ShouldNotContainKey(Cookie);
        silo.Complaints.ShouldNotContain(line => line.Contains("forged", StringComparison.Ordinal));
        (await OutcomesAsync(browser)).ShouldBe([SignInOutcome.WrongProvider]);
    }

    [Fact]
    public async Task SignIn_TokenWithAnotherNonce_IsRefused()
    {
        await silo.LinkedAsync("nonce", AccountKind.Staff);
        using var browser = silo.Browser();
        silo.Provider.SaysOtherNonce = true;
        try
        {
            (await silo.SignInAsync(browser, "nonce")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        finally
        {
            silo.Provider.SaysOtherNonce = false;
        }

        browser.Cookies.ShouldNotContainKey(Cookie);
        (await silo.SignInAsync(browser, "nonce")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task SignIn_TheSameAnswerTwice_CountsOnce()
    {
        await silo.LinkedAsync("twice", AccountKind.Staff);
        using var browser = silo.Browser();
        var back = await silo.BackFromProviderAsync(browser, "twice");
        using var copy = browser.Copy();
        (await browser.GetAsync(back)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync(back)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_ElevenFailuresFromOneAddress_AreTooMany()
    {
        using var browser = silo.Browser();
        for (var i = 0; i < SignInLimits.MostFailures; i++)
        {
            (await browser.GetAsync("/sign-in/provider/done")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        (await browser.GetAsync("/sign-in/provider/done")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task ProveAgain_FreshProofOfTheSame_GoesOnUnderANewSecret()
    {
        await silo.LinkedAsync("again", AccountKind.Staff);
        await silo.LinkedAsync("other", AccountKind.Staff);
        using var browser = silo.Browser();
        silo.Provider.ProvedAt = OutsideSilo.Now.AddHours(-1);
        await silo.SignInAsync(browser, "again");
        (await browser.GetAsync("/sign-in/again?return=%2Faccount")).Text.ShouldContain("/sign-in/again/provider?return=");

        async Task<Answer> AgainAsync(string subject) =>
            await browser.GetAsync(await silo.BackFromProviderAsync(browser, subject, "/sign-in/again/provider"));

        (await AgainAsync("again")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "the proof is an hour old");
        (silo.Provider.Asked!.Prompt, silo.Provider.Asked.MaxAge).ShouldBe(("login", 0));
        silo.Provider.ProvedAt = OutsideSilo.Now;
        (await AgainAsync("other")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "somebody else proved it");

        using var copy = browser.Copy();
        (await AgainAsync("again")).Location.ShouldBe("/account");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await copy.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Links_TakenAwayOrGoneOver_EndWhatTheyBegan()
    {
        await silo.LinkedAsync("leaves", AccountKind.Staff);
        await silo.LinkedAsync("takes", AccountKind.Staff);
        using var browser = silo.Browser();
        await silo.SignInAsync(browser, "leaves");
        var issuer = silo.Provider.Issuer.TrimEnd('/');
        await silo.Accounts.LinkOutsideAsync(issuer, "leaves", "takes");
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);

        await silo.SignInAsync(browser, "leaves");
        (await browser.GetAsync("/account")).Text.ShouldContain("takes");
        (await silo.Accounts.UnlinkOutsideAsync(issuer, "leaves", "leaves")).ShouldBeFalse();
        (await silo.Accounts.UnlinkOutsideAsync(issuer, "leaves", "takes")).ShouldBeTrue();
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    private async Task<List<SignInOutcome>> OutcomesAsync(BrowserSession browser)
    {
        await using var connection = await silo.Database.OpenAsync();
        var found = await connection.QueryAsync<long>(
            "SELECT outcome FROM sign_ins WHERE address = @From AND method = 'oidc' ORDER BY at",
            new { browser.From }
        );
        return [.. found.Select(outcome => (SignInOutcome)outcome)];
    }

    private static string Value(string path, string name) =>
        Uri.EscapeDataString(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(path.Split('?')[1])[name].ToString());
}
