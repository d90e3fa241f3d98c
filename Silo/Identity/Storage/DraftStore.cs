using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>An application that was begun and not submitted.</summary>
/// <param name="Item">Code of the item that it is for.</param>
/// <param name="Typed">What was typed, by the name of the control.</param>
/// <param name="SavedAt">When it was saved last.</param>
internal sealed record Draft(string Item, ImmutableDictionary<string, string> Typed, DateTimeOffset SavedAt)
{
    /// <summary>From this moment on it is gone.</summary>
    public DateTimeOffset Until => SavedAt + DraftStore.Kept;
}

/// <summary>Drafts of applications, one for each account and item. Nobody else's account reads them, and none outlives its time.</summary>
internal sealed class DraftStore(AccountDatabase database, TimeProvider time)
{
    /// <summary>Bytes of one draft at most, as it is stored.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>So long a draft is kept after it was saved last.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const string Columns = "SELECT item, typed, saved_at AS SavedAt FROM drafts WHERE account = @account AND saved_at > @before";

    // The default writes Chinese as numbers, twice as long.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Saves a draft; that of the same item which was there before is gone.</summary>
    /// <returns>False when it is too long: then nothing was saved.</returns>
    public async Task<bool> SaveAsync(string account, string item, ImmutableDictionary<string, string> typed)
    {
        var json = JsonSerializer.Serialize(typed, Json);
        if (Encoding.UTF8.GetByteCount(json) > MostBytes)
        {
            return false;
        }

        await SweepAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO drafts (account, item, typed, saved_at) VALUES (@account, @item, @json, @at) "
                + "ON CONFLICT (account, item) DO UPDATE SET typed = excluded.typed, saved_at = excluded.saved_at",
            new
            {
                account,
                item,
                json,
                at = time.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        return true;
    }

    public async Task<Draft?> FindAsync(string account, string item)
    {
        await using var connection = await database.OpenAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            Columns + " AND item = @item",
            new
            {
                account,
                item,
                before = Before(),
            }
        );
        return row?.Draft();
    }

    /// <summary>Drafts of an account, saved last first.</summary>
    public async Task<ImmutableArray<Draft>> ListAsync(string account)
    {
        await SweepAsync();
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<Row>(Columns + " ORDER BY saved_at DESC, item", new { account, before = Before() });
        return [.. rows.Select(row => row.Draft())];
    }

    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(string account, string item)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteAsync("DELETE FROM drafts WHERE account = @account AND item = @item", new { account, item }) > 0;
    }

    // Also those of people who never come back. To look first takes no lock for writing.
    private async Task SweepAsync()
    {
        const string Old = "FROM drafts WHERE saved_at <= @before";
        await using var connection = await database.OpenAsync();
        var before = Before();
        if (await connection.ExecuteScalarAsync<long>($"SELECT count(*) {Old}", new { before }) > 0)
        {
            await connection.ExecuteAsync($"DELETE {Old}", new { before });
        }
    }

    private long Before() => (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public required string Item { get; init; }
        public required string Typed { get; init; }
        public long SavedAt { get; init; }

        public Draft Draft() =>
            new(
                Item,
                JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(Typed, Json)!,
                DateTimeOffset.FromUnixTimeMilliseconds(SavedAt)
            );
    }
}
