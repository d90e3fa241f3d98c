using System.Collections.Immutable;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>An identity at an outside provider that stands for an account.</summary>
internal sealed record OutsideLogin(string Issuer, string Subject);

/// <summary>Identities at outside providers.</summary>
internal sealed partial class AccountStore
{
    private const string Linked = "SELECT account FROM outside_logins WHERE issuer = @issuer AND subject = @subject";

    /// <summary>The account that an outside provider's identity stands for.</summary>
    public async Task<StoredAccount?> FindOutsideAsync(string issuer, string subject) =>
        await OutsideIdAsync(issuer, subject) is { } id ? await FindAsync(id) : null;

    /// <summary>Its id.</summary>
    public async Task<string?> OutsideIdAsync(string issuer, string subject)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<string>(Linked, new { issuer, subject });
    }

    /// <summary>The identities that stand for an account.</summary>
    public async Task<ImmutableArray<OutsideLogin>> OutsideAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<(string Issuer, string Subject)>(
            "SELECT issuer, subject FROM outside_logins WHERE account = @account ORDER BY issuer, subject",
            new { account }
        );
        return [.. rows.Select(row => new OutsideLogin(row.Issuer, row.Subject))];
    }

    /// <summary>Links an outside provider's identity; one that was linked before goes over, and ends what it began.</summary>
    public Task<int> LinkOutsideAsync(string issuer, string subject, string account) =>
        database.TogetherAsync(async connection =>
        {
            if (await connection.QuerySingleOrDefaultAsync<string>(Linked, new { issuer, subject }) is { } before && before != account)
            {
                await SessionStore.EndOutsideOfAsync(connection, before);
            }

            return await connection.ExecuteAsync(
                "INSERT INTO outside_logins (issuer, subject, account) VALUES (@issuer, @subject, @account) "
                    + "ON CONFLICT (issuer, subject) DO UPDATE SET account = excluded.account",
                new
                {
                    issuer,
                    subject,
                    account,
                }
            );
        });

    /// <summary>Takes a link away; what it began ends.</summary>
    /// <returns>False when it isn't linked to the account.</returns>
    public Task<bool> UnlinkOutsideAsync(string issuer, string subject, string account) =>
        database.TogetherAsync(async connection =>
        {
            await SessionStore.EndOutsideOfAsync(connection, account);
            return await connection.ExecuteAsync(
                    "DELETE FROM outside_logins WHERE issuer = @issuer AND subject = @subject AND account = @account",
                    new
                    {
                        issuer,
                        subject,
                        account,
                    }
                ) > 0;
        });
}
