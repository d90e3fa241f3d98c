using System.Collections.Immutable;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>Attempts to sign in, and what goes on after one that held.</summary>
internal sealed class SessionStore(AccountDatabase database)
{
    /// <summary>So many failures in a row shut an account for a while.</summary>
    public const int MostFailures = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>For how long a used code is remembered; longer than any is taken for.</summary>
    private static readonly TimeSpan CodesKept = TimeSpan.FromMinutes(15);

    /// <summary>For how long sign-ins are kept for the auditor.</summary>
    private static readonly TimeSpan SignInsKept = TimeSpan.FromDays(400);

    /// <summary>Counts an attempt before it is judged, so that many at once are no more than one after the other.</summary>
    /// <returns>False while the account is shut after too many.</returns>
    public async Task<bool> CountAttemptAsync(string account, DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteAsync(
                "UPDATE accounts SET failures = CASE WHEN locked_until > 0 THEN 1 ELSE failures + 1 END, locked_until = CASE WHEN "
                    + "locked_until = 0 AND failures + 1 >= @most THEN @until ELSE 0 END WHERE id = @account AND locked_until <= @at",
                new
                {
                    account,
                    most = (long)MostFailures,
                    at = now.ToUnixTimeMilliseconds(),
                    until = (now + LockedFor).ToUnixTimeMilliseconds(),
                }
            ) > 0;
    }

    /// <summary>The attempt held: those before it count no more.</summary>
    public async Task ForgetAttemptsAsync(string account)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("UPDATE accounts SET failures = 0, locked_until = 0 WHERE id = @account", new { account });
    }

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

    /// <summary>Keeps what came of an attempt, for the auditor.</summary>
    public async Task LogAsync(DateTimeOffset now, string? account, SignInOutcome outcome, string method, string address)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO sign_ins (at, account, outcome, method, address) VALUES (@at, @account, @outcome, @method, @address)",
            new
            {
                at = now.ToUnixTimeMilliseconds(),
                account,
                outcome = (long)outcome,
                method,
                address,
            }
        );
        if (outcome == SignInOutcome.SignedIn)
        {
            await connection.ExecuteAsync(
                "DELETE FROM sign_ins WHERE at < @before",
                new { before = (now - SignInsKept).ToUnixTimeMilliseconds() }
            );
        }
    }
}
