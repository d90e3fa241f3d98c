using System.Collections.Immutable;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>Secrets of authenticators, and hashes of recovery codes.</summary>
internal sealed class SecondFactorStore(AccountDatabase database)
{
    /// <summary>Sets or takes away the authenticator, and all recovery codes with it.</summary>
    /// <param name="key">Base 32; null takes it away.</param>
    public Task SetAsync(string account, string? key, ImmutableArray<string> recovery) =>
        database.TogetherAsync(async connection =>
        {
            await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE account = @account", new { account });
            foreach (var hash in recovery)
            {
                await connection.ExecuteAsync("INSERT INTO recovery_codes (account, hash) VALUES (@account, @hash)", new { account, hash });
            }

            return await connection.ExecuteAsync(
                "UPDATE accounts SET totp_key = @key, totp_on = @on WHERE id = @account",
                new
                {
                    account,
                    key,
                    on = key is null ? 0L : 1L,
                }
            );
        });

    /// <summary>Uses a recovery code up.</summary>
    /// <returns>False when there is none such.</returns>
    public async Task<bool> RedeemAsync(string account, string hash)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteAsync("DELETE FROM recovery_codes WHERE account = @account AND hash = @hash", new { account, hash })
            > 0;
    }

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> LeftAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        return (int)
            await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM recovery_codes WHERE account = @account", new { account });
    }
}
