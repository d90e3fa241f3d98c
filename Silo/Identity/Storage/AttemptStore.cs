using System.Security.Cryptography;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>One attempt to prove who somebody is.</summary>
/// <param name="IsAllowed">False while the account is shut after too many failures; what is sent then is not judged.</param>
internal sealed record Attempt(string Id, string? Account, bool IsAllowed);

/// <summary>
/// Attempts to sign in, each kept for the auditor and counted before it is judged, so that many at once are no more than one after the
/// other. An unknown name costs the same two commits as a known one.
/// </summary>
internal sealed class AttemptStore(AccountDatabase database)
{
    /// <summary>So many failures in a row shut an account for a while.</summary>
    public const int MostFailures = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>For how long attempts are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <param name="account">Null for a name that nobody has.</param>
    /// <param name="method">What is shown: <c>password</c>, <c>code</c>, <c>passkey</c>.</param>
    /// <param name="address">Where from.</param>
    public Task<Attempt> BeginAsync(string? account, string method, string address, DateTimeOffset now) =>
        database.TogetherAsync(async connection =>
        {
            var id = NewId();
            var counted = await connection.ExecuteAsync(
                "UPDATE accounts SET failures = CASE WHEN locked_until > 0 THEN 1 ELSE failures + 1 END, locked_until = CASE WHEN "
                    + "locked_until = 0 AND failures + 1 >= @most THEN @until ELSE 0 END WHERE id = @account AND locked_until <= @at",
                new
                {
                    account = account ?? "",
                    most = (long)MostFailures,
                    at = now.ToUnixTimeMilliseconds(),
                    until = (now + LockedFor).ToUnixTimeMilliseconds(),
                }
            );
            await connection.ExecuteAsync(
                "INSERT INTO sign_ins (id, at, account, outcome, method, address) VALUES (@id, @at, @account, 0, @method, @address)",
                new
                {
                    id,
                    at = now.ToUnixTimeMilliseconds(),
                    account,
                    method,
                    address,
                }
            );
            return new Attempt(id, account, counted > 0);
        });

    /// <summary>What came of it. One that held lets those before it count no more; one that still wants its code takes back its own
    /// count.</summary>
    public Task<int> EndAsync(Attempt attempt, SignInOutcome outcome) =>
        database.TogetherAsync(async connection =>
        {
            if (outcome is SignInOutcome.SignedIn)
            {
                await connection.ExecuteAsync(
                    "UPDATE accounts SET failures = 0, locked_until = 0 WHERE id = @Account",
                    new { attempt.Account }
                );
            }
            else if (outcome is SignInOutcome.CodeWanted)
            {
                await connection.ExecuteAsync(
                    "UPDATE accounts SET failures = failures - 1, locked_until = CASE WHEN failures - 1 < @most THEN 0 ELSE "
                        + "locked_until END WHERE id = @Account AND failures > 0",
                    new { attempt.Account, most = (long)MostFailures }
                );
            }

            return await connection.ExecuteAsync(
                "UPDATE sign_ins SET outcome = @outcome WHERE id = @Id",
                new { attempt.Id, outcome = (long)outcome }
            );
        });

    /// <summary>Keeps what isn't judged: a sign-out, a changed password.</summary>
    public async Task NoteAsync(string account, SignInOutcome outcome, string method, string address, DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "INSERT INTO sign_ins (id, at, account, outcome, method, address) VALUES (@id, @at, @account, @outcome, @method, @address)",
            new
            {
                id = NewId(),
                at = now.ToUnixTimeMilliseconds(),
                account,
                outcome = (long)outcome,
                method,
                address,
            }
        );
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>Attempts of more than a year ago are dropped.</summary>
    public async Task DropOldAsync(DateTimeOffset now)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("DELETE FROM sign_ins WHERE at < @before", new { before = (now - Kept).ToUnixTimeMilliseconds() });
    }
}
