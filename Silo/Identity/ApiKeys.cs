using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>Keys of programs: <c>tr_ID_SECRET</c>. The secret is shown once and kept as its hash.</summary>
internal static class ApiKeys
{
    public const string Scheme = "key",
        Prefix = "tr_";

    private const int IdLength = 12,
        SecretLength = 43;

    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Makes a key.</summary>
    /// <returns>What the program sends, and what is kept.</returns>
    public static (string Text, ApiKey Key) New(string account, string name, KeyScopes scopes, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var id = RandomNumberGenerator.GetString(Letters, IdLength);
        var secret = RandomNumberGenerator.GetString(Letters, SecretLength);
        return ($"{Prefix}{id}_{secret}", new ApiKey(id, account, name, Hash(secret), scopes, CreatedAt: now, ExpiresAt: expiresAt));
    }

    /// <summary>Whether a request shows a key, right or wrong, rather than a token.</summary>
    public static bool IsSent(HttpRequest request) =>
        ApiKeyAuthentication.BearerOf(request.Headers.Authorization.ToString()).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a secret is a key's.</summary>
    public static bool Is(ApiKey key, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(Hash(secret)));

    /// <summary>The parts of what a program sent; null when it is no key.</summary>
    public static (string Id, string Secret)? Read(string text) =>
        text.Length == Prefix.Length + IdLength + 1 + SecretLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length + IdLength] == '_'
            ? (text.Substring(Prefix.Length, IdLength), text[^SecretLength..])
            : null;

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Reads <c>Authorization: Bearer tr_…</c>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    LiveAccounts accounts,
    ApiKeyStore keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The last use of a key is noted so often at most.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeys.Read(BearerOf(Request.Headers.Authorization.ToString())) is not { } sent)
        {
            return AuthenticateResult.Fail("no key");
        }

        var now = TimeProvider.GetUtcNow();
        if (
            await accounts.KeyAsync(sent.Id) is not var (key, live)
            || !ApiKeys.Is(key, sent.Secret)
            || key.RevokedAt is not null
            || key.ExpiresAt <= now
        )
        {
            return AuthenticateResult.Fail("not a key that counts");
        }

        if (key.LastUsedAt is not { } last || now - last > Noted)
        {
            accounts.Used(key, now);
            await keys.UsedAsync(key.Id, now);
        }

        Context.Features.Set(Requester.WithKey(live.Account, key.Scopes));
        return AuthenticateResult.Success(
            new AuthenticationTicket(
                new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, live.Account.Id)], Scheme.Name)),
                Scheme.Name
            )
        );
    }

    public static string BearerOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : "";
}
