using System.Collections.Immutable;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>Keys of programs. The secret itself is never kept.</summary>
internal sealed class ApiKeyStore(AccountDatabase database)
{
    private const string Columns =
        "SELECT id, account, name, hash, scopes, created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt, last_used_at "
        + "AS LastUsedAt FROM api_keys";

    public async Task AddAsync(ApiKey key)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO api_keys (id, account, name, hash, scopes, created_at, expires_at) VALUES (@Id, @Account, @Name, @Hash, @scopes, "
                + "@created, @expires)",
            new
            {
                key.Id,
                key.Account,
                key.Name,
                key.Hash,
                scopes = (long)key.Scopes,
                created = key.CreatedAt.ToUnixTimeMilliseconds(),
                expires = key.ExpiresAt.ToUnixTimeMilliseconds(),
            }
        );
    }

    public async Task<ApiKey?> FindAsync(string id)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QuerySingleOrDefaultAsync<Row>(Columns + " WHERE id = @id", new { id }))?.Key();
    }

    /// <summary>Keys of an account, oldest first.</summary>
    public async Task<ImmutableArray<ApiKey>> ListAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<Row>(Columns + " WHERE account = @account ORDER BY created_at, id", new { account });
        return [.. rows.Select(row => row.Key())];
    }

    /// <returns>False when there is no such key, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(string id, DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteAsync(
                "UPDATE api_keys SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL",
                new { id, at = now.ToUnixTimeMilliseconds() }
            ) > 0;
    }

    public async Task UsedAsync(string id, DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "UPDATE api_keys SET last_used_at = @at WHERE id = @id",
            new { id, at = now.ToUnixTimeMilliseconds() }
        );
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Account { get; init; }
        public required string Name { get; init; }
        public required string Hash { get; init; }
        public long Scopes { get; init; }
        public long CreatedAt { get; init; }
        public long ExpiresAt { get; init; }
        public long? RevokedAt { get; init; }
        public long? LastUsedAt { get; init; }

        public ApiKey Key() =>
            new(
                Id,
                Account,
                Name,
                Hash,
                (KeyScopes)Scopes,
                CreatedAt: DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                ExpiresAt: DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
                RevokedAt: At(RevokedAt),
                LastUsedAt: At(LastUsedAt)
            );

        private static DateTimeOffset? At(long? moment) => moment is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
