using System.Collections.Immutable;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Drafts of applications on both stores.</summary>
public sealed class DraftStoreTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>, IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1),
        Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("drafts");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drafts_OneForEachAccountAndItem_AreReadByTheirAccountAlone(bool onPostgres)
    {
        await using var database = await OpenAsync(onPostgres);
        var store = new DraftStore(database, time);
        (await store.SaveAsync("wang", "A", Typed("first"))).ShouldBeTrue();
        time.Advance(Day);
        (await store.SaveAsync("wang", "A", Typed("莘县 \"second\"\n\0"))).ShouldBeTrue();
        time.Advance(Day);
        (await store.SaveAsync("wang", "B", Typed("other item"))).ShouldBeTrue();
        (await store.SaveAsync("li", "A", Typed("other account"))).ShouldBeTrue();

        (await store.ListAsync("wang")).Select(draft => draft.Item).ShouldBe(["B", "A"]);
        var draft = (await store.FindAsync("wang", "A")).ShouldNotBeNull();
        draft.Typed["f.reason"].ShouldBe("莘县 \"second\"\n\0");
        (draft.SavedAt, draft.Until).ShouldBe((time.GetUtcNow() - Day, time.GetUtcNow() + DraftStore.Kept - Day));
        (await store.FindAsync("li", "B")).ShouldBeNull();
        (await store.DeleteAsync("li", "B")).ShouldBeFalse();

        (await store.DeleteAsync("wang", "A")).ShouldBeTrue();
        (await store.DeleteAsync("wang", "A")).ShouldBeFalse();
        (await store.FindAsync("wang", "A")).ShouldBeNull();
        (await store.FindAsync("li", "A")).ShouldNotBeNull().Typed["f.reason"].ShouldBe("other account");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Draft_OfNinetyDays_IsGoneAlsoFromTheTable(bool onPostgres)
    {
        await using var database = await OpenAsync(onPostgres);
        var store = new DraftStore(database, time);
        await store.SaveAsync("wang", "A", Typed("kept"));
        time.Advance(89 * Day);
        (await store.FindAsync("wang", "A")).ShouldNotBeNull("day 89");
        // Saved again, it is kept for ninety days from then.
        await store.SaveAsync("wang", "A", Typed("saved again"));
        time.Advance((90 * Day) - Millisecond);
        (await store.FindAsync("wang", "A")).ShouldNotBeNull("a moment before day 90");
        (await store.ListAsync("li")).ShouldBeEmpty();
        (await CountAsync(database)).ShouldBe(1);

        time.Advance(Millisecond);
        (await store.FindAsync("wang", "A")).ShouldBeNull("day 90");
        (await CountAsync(database)).ShouldBe(1);
        (await store.ListAsync("li")).ShouldBeEmpty();
        (await CountAsync(database)).ShouldBe(0, "whoever comes next removes it");
        time.Advance(Day);
        (await store.ListAsync("wang")).ShouldBeEmpty("day 91");

        await store.SaveAsync("wang", "A", Typed("old"));
        time.Advance(91 * Day);
        await store.SaveAsync("li", "B", Typed("new"));
        (await CountAsync(database)).ShouldBe(1, "to save removes it too");
    }

    [Fact]
    public async Task Draft_OfMoreThanItsBytes_IsNotSavedAndLeavesTheOneBefore()
    {
        await using var database = await OpenAsync(onPostgres: false);
        var store = new DraftStore(database, time);
        var most = DraftStore.MostBytes - "{\"f.reason\":\"\"}".Length;
        (await store.SaveAsync("wang", "A", Typed(new string('x', most - 1)))).ShouldBeTrue();
        (await store.SaveAsync("wang", "A", Typed(new string('x', most)))).ShouldBeTrue();
        (await store.SaveAsync("wang", "A", Typed(new string('x', most + 1)))).ShouldBeFalse();
        (await store.SaveAsync("wang", "A", Typed(new string('字', (most / 3) + 1)))).ShouldBeFalse();
        (await store.FindAsync("wang", "A")).ShouldNotBeNull().Typed["f.reason"].Length.ShouldBe(most);
        (await store.SaveAsync("wang", "A", Typed(new string('字', most / 3)))).ShouldBeTrue("Chinese takes three bytes a character");
    }

    private static ImmutableDictionary<string, string> Typed(string reason) =>
        ImmutableDictionary<string, string>.Empty.Add("f.reason", reason);

    private static async Task<long> CountAsync(AccountDatabase database)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM drafts");
    }

    private async Task<AccountDatabase> OpenAsync(bool onPostgres)
    {
        var database = onPostgres ? AccountDatabase.OnPostgres(await server.NewDatabaseAsync()) : AccountDatabase.OnSqlite(folder.FullName);
        foreach (var id in (string[])["wang", "li"])
        {
            var account = new Account(id, AccountKind.Party, id, new(id, id)) { Parties = [id] };
            (await new AccountStore(database).AddAsync(account, "hash", mustChange: false, time.GetUtcNow())).ShouldBeTrue();
        }

        return database;
    }
}
