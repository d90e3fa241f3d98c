namespace TownReform.Silo.Identity.Storage;

/// <summary>An account with what proves who somebody is.</summary>
/// <param name="SecurityStamp">Changes with password and second factor, and ends every session that was begun under another.</param>
/// <param name="PasswordHash">Null where there is no password: keys, passkeys or an outside provider only.</param>
/// <param name="MustChange">The password was given by somebody else and must be changed at the next sign-in.</param>
/// <param name="TotpKey">Secret of the one-time codes (TOTP), base 32; it counts when <paramref name="TotpOn"/>.</param>
/// <param name="TotpOn">One-time codes are asked for.</param>
internal sealed record StoredAccount(
    Account Account,
    string SecurityStamp,
    string? PasswordHash,
    bool MustChange,
    string? TotpKey,
    bool TotpOn
)
{
    public string Id => Account.Id;
}

/// <summary>An account as sessions and keys are checked against it.</summary>
/// <param name="Sessions">Hashes of the sessions that were begun and not ended.</param>
internal sealed record LiveAccount(StoredAccount Stored, IReadOnlySet<string> Sessions)
{
    public Account Account => Stored.Account;
}

/// <summary>One sign-in that goes on somewhere.</summary>
/// <param name="Id">SHA-256 of what the cookie carries, hex.</param>
/// <param name="Method">How it was proved: <c>password</c>, <c>password+code</c>, <c>passkey</c>, <c>oidc</c>.</param>
/// <param name="OutsideId">The outside provider's session; null for our own.</param>
internal sealed record Session(string Id, string Account, DateTimeOffset StartedAt, string Method, string? OutsideId = null);

/// <summary>A key of a program.</summary>
/// <param name="Hash">SHA-256 of its secret, hex.</param>
internal sealed record ApiKey(
    string Id,
    string Account,
    string Name,
    string Hash,
    KeyScopes Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt = null,
    DateTimeOffset? LastUsedAt = null
);

/// <summary>What came of an attempt to sign in; stored.</summary>
internal enum SignInOutcome
{
    /// <summary>Begun; the silo ended before it was judged, where it stays so.</summary>
    Begun = 0,
    SignedIn = 1,
    WrongPassword = 2,
    Locked = 3,
    UnknownName = 4,
    Disabled = 5,
    WrongCode = 6,
    CodeWanted = 7,
    SignedOut = 8,
    PasswordChanged = 9,
    WrongPasskey = 10,
    NotLinked = 11,
    WrongProvider = 12,
    WrongSignOut = 13,
}
