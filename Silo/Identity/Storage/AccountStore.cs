using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Silo.Identity.Storage;

/// <summary>Reads and changes accounts. Each change is safe when it returns.</summary>
internal sealed partial class AccountStore(AccountDatabase database)
{
    private const string Columns =
        "SELECT id, sign_in_name AS SignInName, kind, name_zh AS NameZh, name_en AS NameEn, town, staff, county, county_office AS "
        + "CountyOffice, county_person AS CountyPerson, disabled_at AS DisabledAt, security_stamp AS SecurityStamp, password_hash AS "
        + "PasswordHash, must_change AS MustChange, totp_key AS TotpKey, totp_on AS TotpOn FROM accounts";

    /// <summary>A name as it is kept: letters in either case and all ways to write a character are the same.</summary>
    public static string Normal(string signInName) => PersonIds.Normal(signInName.Trim()).ToLowerInvariant();

    public static string NewId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    public static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public Task<StoredAccount?> FindAsync(string id) => OneAsync(" WHERE id = @key", id);

    public Task<StoredAccount?> FindByNameAsync(string signInName) => OneAsync(" WHERE sign_in_name = @key", Normal(signInName));

    /// <summary>All accounts, by sign-in name.</summary>
    public async Task<ImmutableArray<StoredAccount>> ListAsync()
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<AccountRow>(Columns + " ORDER BY sign_in_name");
        var parties = (await connection.QueryAsync<PartyRow>("SELECT account, party FROM account_parties ORDER BY position")).ToLookup(
            row => row.Account,
            row => row.Party
        );
        return [.. rows.Select(row => row.Stored([.. parties[row.Id]]))];
    }

    /// <summary>An account with its sessions, as requests are checked against.</summary>
    public async Task<LiveAccount?> LiveAsync(string id)
    {
        if (await FindAsync(id) is not { } account)
        {
            return null;
        }

        await using var connection = await database.OpenAsync();
        var sessions = await connection.QueryAsync<string>("SELECT id FROM sessions WHERE account = @id", new { id });
        return new LiveAccount(account, sessions.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Adds an account.</summary>
    /// <returns>False when the sign-in name is taken.</returns>
    public Task<bool> AddAsync(Account account, string? passwordHash, bool mustChange, DateTimeOffset now) =>
        database.TogetherAsync(async connection =>
        {
            var isAdded = await InsertAsync(connection, account, passwordHash, mustChange, now) > 0;
            for (var i = 0; isAdded && i < account.Parties.Length; i++)
            {
                await connection.ExecuteAsync(
                    "INSERT INTO account_parties (account, position, party) VALUES (@Id, @position, @party)",
                    new
                    {
                        account.Id,
                        position = (long)i,
                        party = account.Parties[i],
                    }
                );
            }

            return isAdded;
        });

    /// <summary>Shuts or opens an account; shutting ends its sessions, and its keys count no more while it is shut.</summary>
    public Task<int> SetDisabledAsync(string id, DateTimeOffset? at) =>
        database.TogetherAsync(async connection =>
        {
            await connection.ExecuteAsync("DELETE FROM sessions WHERE account = @id", new { id });
            return await connection.ExecuteAsync(
                "UPDATE accounts SET disabled_at = @at, security_stamp = @stamp WHERE id = @id",
                new
                {
                    id,
                    at = at?.ToUnixTimeMilliseconds(),
                    stamp = NewStamp(),
                }
            );
        });

    /// <summary>Takes an account away with all that is its own; its attempts to sign in stay.</summary>
    public Task<int> RemoveAsync(string id) =>
        database.TogetherAsync(async connection =>
        {
            foreach (var table in (string[])["account_parties", "outside_logins", "sessions", "recovery_codes", "passkeys", "api_keys"])
            {
                await connection.ExecuteAsync($"DELETE FROM {table} WHERE account = @id", new { id });
            }

            return await connection.ExecuteAsync("DELETE FROM accounts WHERE id = @id", new { id });
        });

    /// <summary>Sets a password; every session of the account ends.</summary>
    /// <param name="mustChange">It was made by somebody else.</param>
    public Task<int> SetPasswordAsync(string id, string hash, bool mustChange) =>
        database.TogetherAsync(async connection =>
        {
            await connection.ExecuteAsync("DELETE FROM sessions WHERE account = @id", new { id });
            return await connection.ExecuteAsync(
                "UPDATE accounts SET password_hash = @hash, must_change = @must, security_stamp = @stamp, failures = 0, locked_until = 0 "
                    + "WHERE id = @id",
                new
                {
                    id,
                    hash,
                    must = mustChange ? 1L : 0L,
                    stamp = NewStamp(),
                }
            );
        });

    private static Task<int> InsertAsync(
        DbConnection connection,
        Account account,
        string? passwordHash,
        bool mustChange,
        DateTimeOffset now
    ) =>
        connection.ExecuteAsync(
            "INSERT INTO accounts (id, sign_in_name, kind, name_zh, name_en, town, staff, county, county_office, county_person, "
                + "created_at, security_stamp, password_hash, must_change) VALUES (@Id, @name, @kind, @zh, @en, @Town, @Staff, @County, "
                + "@CountyOffice, @CountyPerson, @at, @stamp, @passwordHash, @must) ON CONFLICT (sign_in_name) DO NOTHING",
            new
            {
                account.Id,
                name = Normal(account.SignInName),
                kind = (long)account.Kind,
                zh = account.Name.Zh,
                en = account.Name.En,
                account.Town,
                account.Staff,
                account.County,
                account.CountyOffice,
                account.CountyPerson,
                at = now.ToUnixTimeMilliseconds(),
                stamp = NewStamp(),
                passwordHash,
                must = mustChange ? 1L : 0L,
            }
        );

    private async Task<StoredAccount?> OneAsync(string where, string key)
    {
        await using var connection = await database.OpenAsync();
        if (await connection.QuerySingleOrDefaultAsync<AccountRow>(Columns + where, new { key }) is not { } row)
        {
            return null;
        }

        var parties = await connection.QueryAsync<string>(
            "SELECT party FROM account_parties WHERE account = @Id ORDER BY position",
            new { row.Id }
        );
        return row.Stored([.. parties]);
    }
}
