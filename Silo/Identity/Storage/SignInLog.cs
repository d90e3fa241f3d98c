using System.Collections.Immutable;
using System.Globalization;
using Dapper;

namespace TownReform.Silo.Identity.Storage;

/// <summary>An attempt to sign in, or a sign-out, as it was kept.</summary>
/// <param name="SignInName">Null for a name that nobody has, and for an account that is gone.</param>
/// <param name="Method">What was shown: <c>password</c>, <c>code</c>, <c>passkey</c>, <c>oidc</c>.</param>
/// <param name="Address">Where from.</param>
internal sealed record SignInRecord(
    string Id,
    DateTimeOffset At,
    SignInOutcome Outcome,
    string Method,
    string Address,
    string? SignInName,
    AccountKind? Kind
)
{
    /// <summary>Where a list goes on after it.</summary>
    public string Cursor => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Id}");

    /// <summary>Moment and id of a cursor; null for what is none.</summary>
    public static (long At, string Id)? Read(string? cursor) =>
        cursor?.Split('-') is [var at, { Length: > 0 and <= 64 } id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            ? (moment, id)
            : null;
}

/// <summary>Reads what was kept of attempts to sign in.</summary>
internal sealed class SignInLog(AccountDatabase database)
{
    /// <summary>Those that were no failure; a code that is wanted is a step on the way.</summary>
    private static readonly string Fine = string.Join(
        ',',
        new[] { SignInOutcome.SignedIn, SignInOutcome.CodeWanted, SignInOutcome.SignedOut, SignInOutcome.PasswordChanged }.Select(outcome =>
            ((int)outcome).ToString(CultureInfo.InvariantCulture)
        )
    );

    /// <summary>Newest first.</summary>
    /// <param name="name">Only of this sign-in name; null: of all.</param>
    /// <param name="failed">Only what failed.</param>
    /// <param name="before">Only what is older than this moment.</param>
    /// <param name="after">Goes on after this cursor.</param>
    public async Task<ImmutableArray<SignInRecord>> ListAsync(
        string? name,
        bool failed,
        DateTimeOffset? before,
        (long At, string Id)? after,
        int take
    )
    {
        var (at, id) = after ?? (long.MaxValue, "");
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<(string Id, long At, long Outcome, string Method, string Address, string? Name, long? Kind)>(
            "SELECT s.id, s.at, s.outcome, s.method, s.address, a.sign_in_name, a.kind FROM sign_ins s LEFT JOIN accounts a ON a.id = "
                + "s.account WHERE (s.at, s.id) < (@at, @id) AND s.at < @before"
                + (name is null ? "" : " AND a.sign_in_name = @name")
                + (failed ? $" AND s.outcome NOT IN ({Fine})" : "")
                + " ORDER BY s.at DESC, s.id DESC LIMIT @take",
            new
            {
                at,
                id,
                before = before?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                name = name is null ? null : AccountStore.Normal(name),
                take = (long)take,
            }
        );
        return
        [
            .. rows.Select(row => new SignInRecord(
                row.Id,
                DateTimeOffset.FromUnixTimeMilliseconds(row.At),
                (SignInOutcome)row.Outcome,
                row.Method,
                row.Address,
                row.Name,
                (AccountKind?)row.Kind
            )),
        ];
    }
}
