using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Accounts on both stores: what is revoked in one process counts no more in another, and attempts are counted once.</summary>
public sealed class AccountStoreTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("accounts");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accounts_AddedAndFound_AreTheSameInAnotherProcess(bool onPostgres)
    {
        var (mine, other) = await TwoAsync(onPostgres);
        var account = Citizen("a1", "Wang.Fang") with { Parties = ["371581199001011234", "91371581MA3C000001"] };
        (await new AccountStore(mine).AddAsync(account, "hash", mustChange: true, Now)).ShouldBeTrue();
        (await new AccountStore(other).AddAsync(Citizen("a2", " ｗang.FANG "), "hash", mustChange: false, Now)).ShouldBeFalse();

        var found = (await new AccountStore(other).FindByNameAsync("WANG.fang")).ShouldNotBeNull();
        (found.Id, found.Account.Kind, found.Account.SignInName, found.MustChange).ShouldBe(("a1", AccountKind.Party, "wang.fang", true));
        found.Account.Parties.ShouldBe(account.Parties);
        (await new AccountStore(other).FindByNameAsync("wang")).ShouldBeNull();
        (await new AccountStore(mine).ListAsync()).Single().Account.Parties.ShouldBe(account.Parties);
        await CloseAsync(mine, other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempts_ManyAtOnce_AreCountedAsFive(bool onPostgres)
    {
        var (mine, other) = await TwoAsync(onPostgres);
        await new AccountStore(mine).AddAsync(Citizen("a1", "wang"), "hash", mustChange: false, Now);
        var (here, there) = (new AttemptStore(mine), new AttemptStore(other));
        Task<Attempt> BeginAsync(AttemptStore store, DateTimeOffset at) => store.BeginAsync("a1", "password", "::1", at);
        var begun = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => BeginAsync(n % 2 == 0 ? here : there, Now))));
        begun.Count(attempt => attempt.IsAllowed).ShouldBe(AttemptStore.MostFailures);

        var opens = Now + AttemptStore.LockedFor;
        (await BeginAsync(here, opens - TimeSpan.FromMilliseconds(1))).IsAllowed.ShouldBeFalse();
        (await BeginAsync(here, opens)).IsAllowed.ShouldBeTrue();
        for (var i = 1; i < AttemptStore.MostFailures - 1; i++)
        {
            (await BeginAsync(there, opens)).IsAllowed.ShouldBeTrue();
        }

        // A right password that still wants its code is no failure, and takes no other failure back.
        await there.EndAsync(await BeginAsync(there, opens), SignInOutcome.CodeWanted);
        await here.EndAsync(await BeginAsync(here, opens), SignInOutcome.WrongCode);
        (await BeginAsync(there, opens)).IsAllowed.ShouldBeFalse();

        var later = opens + AttemptStore.LockedFor;
        await here.EndAsync(await BeginAsync(here, later), SignInOutcome.SignedIn);
        for (var i = 0; i < AttemptStore.MostFailures; i++)
        {
            (await BeginAsync(there, later)).IsAllowed.ShouldBeTrue();
        }

        (await BeginAsync(there, later)).IsAllowed.ShouldBeFalse();
        await CloseAsync(mine, other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LiveAccounts_WhatAnotherProcessRevoked_CountsNoMoreAtOnce(bool onPostgres)
    {
        var (mine, other) = await TwoAsync(onPostgres);
        var (accounts, sessions, keys) = (new AccountStore(other), new SessionStore(other), new ApiKeyStore(other));
        var live = new LiveAccounts(mine, new AccountStore(mine), new ApiKeyStore(mine));
        await accounts.AddAsync(Citizen("a1", "wang"), "hash", mustChange: false, Now);
        (await live.FindAsync("a1")).ShouldNotBeNull().Sessions.ShouldBeEmpty();

        await sessions.StartAsync(new Session("s1", "a1", Now, "password"), Now.AddDays(-1));
        (await live.FindAsync("a1", "s1")).ShouldNotBeNull().Sessions.ShouldContain("s1");
        await sessions.EndAsync("s1");
        (await live.FindAsync("a1", "s1")).ShouldNotBeNull().Sessions.ShouldBeEmpty();

        var stamp = (await live.FindAsync("a1")).ShouldNotBeNull().Stored.SecurityStamp;
        await accounts.SetPasswordAsync("a1", "other", mustChange: false);
        (await live.FindAsync("a1")).ShouldNotBeNull().Stored.SecurityStamp.ShouldNotBe(stamp);

        await keys.AddAsync(new ApiKey("k1", "a1", "till", "00", KeyScopes.Read, Now, Now.AddDays(1), null, null));
        (await live.KeyAsync("k1")).ShouldNotBeNull().Key.RevokedAt.ShouldBeNull();
        (await keys.RevokeAsync("k1", Now)).ShouldBeTrue();
        (await keys.RevokeAsync("k1", Now)).ShouldBeFalse();
        (await live.KeyAsync("k1")).ShouldNotBeNull().Key.RevokedAt.ShouldBe(Now);

        await accounts.SetDisabledAsync("a1", Now);
        (await live.FindAsync("a1")).ShouldBeNull();
        (await live.KeyAsync("k1")).ShouldBeNull("its account is shut");
        await accounts.SetDisabledAsync("a1", null);
        (await live.FindAsync("a1")).ShouldNotBeNull();
        await CloseAsync(mine, other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Codes_UsedOnce_AreUsedEverywhere(bool onPostgres)
    {
        var (mine, other) = await TwoAsync(onPostgres);
        (await new SessionStore(mine).UseCodeAsync("a1", "123456", Now)).ShouldBeTrue();
        (await new SessionStore(other).UseCodeAsync("a1", "123456", Now)).ShouldBeFalse();
        (await new SessionStore(other).UseCodeAsync("a2", "123456", Now)).ShouldBeTrue();
        await CloseAsync(mine, other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyRing_OfOneProcess_IsReadByAnother(bool onPostgres)
    {
        var (mine, other) = await TwoAsync(onPostgres);
        new KeyRing(mine).StoreElement(new System.Xml.Linq.XElement("key", new System.Xml.Linq.XAttribute("id", "1")), "key-1");
        new KeyRing(other).GetAllElements().Single().ToString().ShouldBe("<key id=\"1\" />");
        await CloseAsync(mine, other);
    }

    private static Account Citizen(string id, string name) => new(id, AccountKind.Party, name, new("王某", "Wang"));

    private async Task<(AccountDatabase Mine, AccountDatabase Other)> TwoAsync(bool onPostgres)
    {
        if (!onPostgres)
        {
            return (AccountDatabase.OnSqlite(folder.FullName), AccountDatabase.OnSqlite(folder.FullName));
        }

        var connection = await server.NewDatabaseAsync();
        return (AccountDatabase.OnPostgres(connection), AccountDatabase.OnPostgres(connection));
    }

    private static async Task CloseAsync(params AccountDatabase[] databases)
    {
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }
}
