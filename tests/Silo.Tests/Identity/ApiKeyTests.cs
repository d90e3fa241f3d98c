using System.Globalization;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Keys of programs on a real silo: what is revoked, shut or over counts no more at the next request.</summary>
public sealed class ApiKeyTests(IdentitySilo silo) : IClassFixture<IdentitySilo>
{
    private const string Towns = "/api/v1/towns";

    [Fact]
    public async Task Key_RevokedBetweenTwoRequests_CountsNoMore()
    {
        var (account, keeping) = await ProgramAsync("till");
        var (text, key) = await keeping.AddKeyAsync(account, "till", KeyScopes.Read, TimeSpan.FromDays(1));
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.OK);
        (await keeping.KeysAsync(account)).Single().LastUsedAt.ShouldNotBeNull();
        (await keeping.RevokeAsync(key.Id)).ShouldBeTrue();
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_OfAShutAccount_CountsNoMoreUntilItIsOpened()
    {
        var (account, keeping) = await ProgramAsync("shut-till");
        var (text, _) = await keeping.AddKeyAsync(account, "till", KeyScopes.Read, TimeSpan.FromDays(1));
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.OK);
        await keeping.SetOpenAsync(account, open: false);
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.Unauthorized);
        await keeping.SetOpenAsync(account, open: true);
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Key_ThatIsOver_CountsNoMore()
    {
        var (account, keeping) = await ProgramAsync("over");
        var (text, _) = await keeping.AddKeyAsync(account, "over", KeyScopes.Read, TimeSpan.FromMilliseconds(-1));
        (await StatusAsync(text)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(KeyScopes.Read, HttpStatusCode.OK)]
    [InlineData(KeyScopes.ApplyForParty | KeyScopes.CountyFiles, HttpStatusCode.Forbidden)]
    public async Task Key_WithoutTheScopeToRead_ReadsNothing(KeyScopes scopes, HttpStatusCode expected)
    {
        var (account, keeping) = await ProgramAsync($"scope-{((int)scopes).ToString(CultureInfo.InvariantCulture)}");
        var (text, _) = await keeping.AddKeyAsync(account, "scopes", scopes, TimeSpan.FromDays(1));
        (await StatusAsync(text)).ShouldBe(expected);
    }

    [Fact]
    public async Task Key_ThatIsNone_IsToldSo()
    {
        var (account, keeping) = await ProgramAsync("none");
        var (text, key) = await keeping.AddKeyAsync(account, "none", KeyScopes.Read, TimeSpan.FromDays(1));
        var other = text[^1] == 'x' ? 'y' : 'x';
        foreach (var wrong in new[] { text[..^1] + other, text + "0", $"tr_{key.Id}_", "tr__", "abc", new string('a', 4000) })
        {
            var answer = await silo.Browser().GetAsync(Towns, ("Authorization", $"Bearer {wrong}"));
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized, wrong);
            answer.Headers["WWW-Authenticate"].ShouldContain("invalid_token");
        }
    }

    [Fact]
    public async Task Cookie_OnTheApi_CountsOnlyFromThisSitesPages()
    {
        await silo.AddAsync("api-cookie", AccountKind.Auditor);
        using var browser = silo.Browser();
        await browser.SignInAsync("api-cookie", IdentitySilo.Password);
        const string wanted = "/api/v1/cases";
        (await browser.GetAsync(wanted)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync(wanted, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync(wanted, ("Sec-Fetch-Site", "same-origin"))).Status.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(StoredAccount, AccountKeeping)> ProgramAsync(string name)
    {
        var account = await silo.AddAsync(name, AccountKind.Integration, one => one with { Parties = ["91371581MA3C000001"] });
        return ((await silo.Accounts.FindAsync(account.Id)).ShouldNotBeNull(), new AccountKeeping(silo.Database, TimeProvider.System));
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var program = silo.Browser();
        return (await program.GetAsync(Towns, ("Authorization", $"Bearer {key}"))).Status;
    }
}
