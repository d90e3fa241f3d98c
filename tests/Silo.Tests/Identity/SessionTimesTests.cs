using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>What ends by time, each one second before, on and after its bound (ASVS 5.0: 7.3.1, 7.3.2, 6.3.1, 7.5.3).</summary>
public sealed class SessionTimesTests(ClockedSilo silo) : IClassFixture<ClockedSilo>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // On the last moment a cookie still holds.
    [Theory]
    [InlineData(AccountKind.Staff, 60)]
    [InlineData(AccountKind.Auditor, 60)]
    [InlineData(AccountKind.Party, 120)]
    public async Task Session_WithoutARequest_EndsAfterItsIdleTime(AccountKind kind, int minutes)
    {
        using var browser = await silo.InAsync(kind);
        using var on = browser.Copy();
        using var after = browser.Copy();
        silo.Pass(TimeSpan.FromMinutes(minutes) - Second);
        (await IsInAsync(browser)).ShouldBeTrue("a second before");
        silo.Pass(Second);
        (await IsInAsync(on)).ShouldBeTrue("on the minute");
        silo.Pass(Second);
        (await IsInAsync(after)).ShouldBeFalse("a second after");
        silo.Pass(TimeSpan.FromMinutes(minutes) - Second - Second);
        (await IsInAsync(browser)).ShouldBeTrue("its last request was two seconds less than that ago");
    }

    [Theory]
    [InlineData(AccountKind.Staff, 8, 50)]
    [InlineData(AccountKind.Operator, 8, 50)]
    [InlineData(AccountKind.Party, 24, 110)]
    public async Task Session_InUseAllTheTime_EndsAfterItsLongest(AccountKind kind, int hours, int everyMinutes)
    {
        using var browser = await silo.InAsync(kind);
        var (left, step) = (TimeSpan.FromHours(hours), TimeSpan.FromMinutes(everyMinutes));
        for (; left > step; left -= step)
        {
            silo.Pass(step);
            (await IsInAsync(browser)).ShouldBeTrue($"{left} before the end");
        }

        silo.Pass(left - Second);
        (await IsInAsync(browser)).ShouldBeTrue("a second before");
        using var on = browser.Copy();
        using var after = browser.Copy();
        silo.Pass(Second);
        (await IsInAsync(on)).ShouldBeFalse("on the hour");
        silo.Pass(Second);
        (await IsInAsync(after)).ShouldBeFalse("a second after");
    }

    [Fact]
    public async Task Proof_ForAnActThatDecides_ServesFifteenMinutes()
    {
        using var browser = await silo.InAsync(AccountKind.Staff);
        silo.Pass(TimeSpan.FromMinutes(15) - Second);
        (await DecideAsync(browser)).ShouldBe("/account?done=passkey-removed");
        silo.Pass(Second);
        (await DecideAsync(browser)).ShouldBe("/account?done=passkey-removed");
        silo.Pass(Second);
        (await DecideAsync(browser)).ShouldStartWith("/sign-in/again?return=");

        var again = await browser.SubmitAsync("/sign-in/again?return=%2Faccount", "/sign-in/again", ("password", IdentitySilo.Password));
        again.Location.ShouldBe("/account");
        (await DecideAsync(browser)).ShouldBe("/account?done=passkey-removed");
    }

    // Proving it again makes no session longer.
    [Fact]
    public async Task Proof_GivenAgain_DoesNotLengthenTheSession()
    {
        using var browser = await silo.InAsync(AccountKind.Staff);
        for (var hour = 1; hour < 8; hour++)
        {
            silo.Pass(TimeSpan.FromMinutes(59));
            await browser.SubmitAsync("/sign-in/again?return=%2F", "/sign-in/again", ("password", IdentitySilo.Password));
        }

        silo.Pass(TimeSpan.FromMinutes(60 + 6));
        (await IsInAsync(browser)).ShouldBeFalse();
        using var other = await silo.InAsync(AccountKind.Staff);
        silo.Pass(TimeSpan.FromMinutes(60));
        await other.SubmitAsync("/sign-in/again?return=%2F", "/sign-in/again", ("password", IdentitySilo.Password));
        silo.Pass(TimeSpan.FromMinutes(60));
        (await IsInAsync(other)).ShouldBeTrue();
    }

    [Fact]
    public async Task Failures_FiveInARow_ShutTheAccountForFifteenMinutes()
    {
        var account = await silo.AddAsync(AccountKind.Staff);
        using var browser = silo.Browser();
        for (var i = 0; i < AttemptStore.MostFailures; i++)
        {
            (await TryAsync(browser, account, "wrong and still wrong")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        silo.Pass(TimeSpan.FromMinutes(15) - Second);
        (await TryAsync(silo.Browser(), account, IdentitySilo.Password)).ShouldBe(HttpStatusCode.UnprocessableEntity, "a second before");
        silo.Pass(Second);
        (await TryAsync(silo.Browser(), account, IdentitySilo.Password)).ShouldBe(HttpStatusCode.SeeOther, "after fifteen minutes");
        silo.Pass(Second);
        (await TryAsync(silo.Browser(), account, IdentitySilo.Password)).ShouldBe(HttpStatusCode.SeeOther, "a second after");
    }

    [Fact]
    public async Task Key_UntilItExpires_Counts()
    {
        var account = await silo.AddAsync(AccountKind.Integration);
        var (text, key) = ApiKeys.New(account.Id, "key", KeyScopes.Read, silo.Now, silo.Now.AddDays(1));
        await new ApiKeyStore(silo.Database).AddAsync(key);
        using var program = silo.Browser();
        async Task<HttpStatusCode> AskAsync() => (await program.GetAsync("/api/v1/cases", ("Authorization", $"Bearer {text}"))).Status;

        silo.Pass(TimeSpan.FromDays(1) - Second);
        (await AskAsync()).ShouldBe(HttpStatusCode.OK);
        silo.Pass(Second);
        (await AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        silo.Pass(Second);
        (await AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<bool> IsInAsync(BrowserSession browser) => (await browser.GetAsync("/account")).Status == HttpStatusCode.OK;

    // Takes away a passkey that isn't there: it wants the same proof as a decision.
    private static async Task<string?> DecideAsync(BrowserSession browser)
    {
        var token = await browser.TokenAsync("/account");
        return (await browser.PostAsync("/account/passkeys/remove", ("form-token", token), ("id", "none"))).Location;
    }

    private static async Task<HttpStatusCode> TryAsync(BrowserSession browser, Account account, string password) =>
        (await browser.SubmitAsync("/sign-in", "/sign-in", ("name", account.SignInName), ("password", password))).Status;
}
