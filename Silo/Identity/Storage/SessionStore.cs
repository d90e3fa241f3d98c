using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>What goes on after a sign-in, and which one-time codes were used.</summary>
internal sealed class SessionStore(AccountDatabase database)
{
    /// <summary>For how long a used code is remembered; longer than any is taken for.</summary>
    private static readonly TimeSpan CodesKept = TimeSpan.FromMinutes(15);

    public async Task StartAsync(Session session, DateTimeOffset olderThan)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "DELETE FROM sessions WHERE account = @Account AND started_at < @older",
            new { session.Account, older = olderThan.ToUnixTimeMilliseconds() }
        );
        await connection.ExecuteAsync(
            "INSERT INTO sessions (id, account, started_at, method, outside_sid) VALUES (@Id, @Account, @at, @Method, @OutsideId)",
            new
            {
                session.Id,
                session.Account,
                at = session.StartedAt.ToUnixTimeMilliseconds(),
                session.Method,
                session.OutsideId,
            }
        );
    }

    /// <summary>Lets a session go on under another id; one that has ended stays ended.</summary>
    public Task<int> RenameAsync(string id, string fresh) =>
        database.TogetherAsync(async connection =>
        {
            await connection.ExecuteAsync(
                "INSERT INTO sessions (id, account, started_at, method, outside_sid) SELECT @fresh, account, started_at, method, "
                    + "outside_sid FROM sessions WHERE id = @id",
                new { id, fresh }
            );
            // Not changed in place: what is taken away counts as a change, which every silo asks for.
            return await connection.ExecuteAsync("DELETE FROM sessions WHERE id = @id", new { id });
        });

    public async Task EndAsync(string id)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("DELETE FROM sessions WHERE id = @id", new { id });
    }

    /// <summary>Ends those of an outside provider's session, whose sign-out it told.</summary>
    public async Task EndOutsideAsync(string outsideId)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("DELETE FROM sessions WHERE outside_sid = @outsideId", new { outsideId });
    }

    /// <summary>Ends all that an outside provider vouched for, of an account whose sign-out there it told.</summary>
    public async Task EndOutsideOfAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        await EndOutsideOfAsync(connection, account);
    }

    /// <inheritdoc cref="EndOutsideOfAsync(string)"/>
    public static Task<int> EndOutsideOfAsync(DbConnection connection, string account) =>
        connection.ExecuteAsync(
            "DELETE FROM sessions WHERE account = @account AND method = @method",
            new { account, method = SessionMethods.Outside }
        );

    /// <summary>Ends all of an account, except one.</summary>
    public async Task EndAllAsync(string account, string? except = null)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "DELETE FROM sessions WHERE account = @account AND id <> @except",
            new { account, except = except ?? "" }
        );
    }

    /// <summary>Sessions of an account, newest first.</summary>
    public async Task<ImmutableArray<Session>> ListAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<(string Id, long At, string Method)>(
            "SELECT id, started_at, method FROM sessions WHERE account = @account ORDER BY started_at DESC",
            new { account }
        );
        return [.. rows.Select(row => new Session(row.Id, account, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Method))];
    }

    /// <summary>Takes a one-time code or a challenge as used.</summary>
    /// <returns>False when it was used before, here or on another silo.</returns>
    public async Task<bool> UseCodeAsync(string account, string code, DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "DELETE FROM used_codes WHERE used_at < @before",
            new { before = (now - CodesKept).ToUnixTimeMilliseconds() }
        );
        return await connection.ExecuteAsync(
                "INSERT INTO used_codes (account, code, used_at) VALUES (@account, @code, @at) ON CONFLICT DO NOTHING",
                new
                {
                    account,
                    code,
                    at = now.ToUnixTimeMilliseconds(),
                }
            ) > 0;
    }
}
