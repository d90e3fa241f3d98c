using System.Collections.Immutable;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>A passkey of an account.</summary>
/// <param name="Id">Of the credential, base 64 for addresses.</param>
/// <param name="Content">Public key and what the authenticator said, as JSON.</param>
internal sealed record StoredPasskey(string Id, string Account, string Name, DateTimeOffset CreatedAt, string Content);

/// <summary>Passkeys: public keys only.</summary>
internal sealed class PasskeyStore(AccountDatabase database)
{
    private const string Columns = "SELECT id, account, name, created_at AS CreatedAt, data AS Content FROM passkeys";

    public async Task<StoredPasskey?> FindAsync(string id)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QuerySingleOrDefaultAsync<Row>(Columns + " WHERE id = @id", new { id }))?.Passkey();
    }

    /// <summary>Those of an account, oldest first.</summary>
    public async Task<ImmutableArray<StoredPasskey>> ListAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<Row>(Columns + " WHERE account = @account ORDER BY created_at, id", new { account });
        return [.. rows.Select(row => row.Passkey())];
    }

    /// <summary>Adds a passkey, or keeps what its authenticator counted at its last use. One of another account stays theirs.</summary>
    public async Task KeepAsync(StoredPasskey passkey)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO passkeys (id, account, name, created_at, data) VALUES (@Id, @Account, @Name, @at, @Content) "
                + "ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE passkeys.account = excluded.account",
            new
            {
                passkey.Id,
                passkey.Account,
                passkey.Name,
                at = passkey.CreatedAt.ToUnixTimeMilliseconds(),
                passkey.Content,
            }
        );
    }

    public async Task RemoveAsync(string account, string id)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("DELETE FROM passkeys WHERE id = @id AND account = @account", new { id, account });
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Account { get; init; }
        public required string Name { get; init; }
        public long CreatedAt { get; init; }
        public required string Content { get; init; }

        public StoredPasskey Passkey() => new(Id, Account, Name, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), Content);
    }
}
