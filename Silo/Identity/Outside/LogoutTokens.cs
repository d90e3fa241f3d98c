using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity.Outside;

/// <summary>
/// Sign-outs that the provider tells by itself (OpenID Connect Back-Channel Logout 1.0): a token is checked whole (its section 2.6) before
/// any session ends, and counts once.
/// </summary>
internal sealed class LogoutTokens(
    IOptionsMonitor<OpenIdConnectOptions> options,
    SessionStore sessions,
    AccountStore accounts,
    TimeProvider time
)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>A token that is older says nothing about now; shorter than used ones are remembered.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    /// <summary>Clocks of two machines differ by so much at most.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <summary>Ends the sessions that a token names.</summary>
    /// <returns>False when the token doesn't hold or was used before.</returns>
    public async Task<bool> TakeAsync(string text)
    {
        var oidc = options.Get(Provider.Scheme);
        var read = await Handler.ValidateTokenAsync(text, await RulesAsync(oidc));
        if (!read.IsValid || read.SecurityToken is not JsonWebToken token || !IsOfSignOut(token, time.GetUtcNow()))
        {
            return false;
        }

        var issuer = OutsideIssuers.Normal(token.Issuer);
        if (!await sessions.UseCodeAsync($"{SessionMethods.Outside} {issuer}", token.Id, time.GetUtcNow()))
        {
            return false;
        }

        if (Text(token, "sid") is { } sid)
        {
            await sessions.EndOutsideAsync(sid);
        }
        else if (await accounts.FindOutsideAsync(issuer, token.Subject) is { } account)
        {
            await sessions.EndOutsideOfAsync(account.Id);
        }

        return true;
    }

    /// <summary>What a token must say beside issuer, audience, signature and end.</summary>
    internal static bool IsOfSignOut(JsonWebToken token, DateTimeOffset now) =>
        token.Typ?.ToUpperInvariant() is null or "" or "JWT" or "LOGOUT+JWT"
        && token.Id is { Length: > 0 and <= 256 }
        && token.TryGetPayloadValue<long>("iat", out var at)
        && Provider.Moment(FormattableString.Invariant($"{at}")) is { } issued
        && issued <= now + ClocksApart
        && now - issued <= Oldest
        && !token.TryGetPayloadValue<object>("nonce", out _)
        && (Text(token, "sid") ?? Text(token, "sub")) is not null
        && token.TryGetPayloadValue<JsonElement>("events", out var events)
        && events.ValueKind is JsonValueKind.Object
        && events.TryGetProperty(Event, out var said)
        && said.ValueKind is JsonValueKind.Object;

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) && text is { Length: > 0 and <= 256 } ? text : null;

    // The provider's present keys; unknown ones are asked for anew, not more often than the library does.
    private async Task<TokenValidationParameters> RulesAsync(OpenIdConnectOptions oidc)
    {
        var configuration = await oidc.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
        return new TokenValidationParameters
        {
            ConfigurationManager = oidc.ConfigurationManager as BaseConfigurationManager,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidIssuer = configuration.Issuer,
            ValidAudience = oidc.ClientId,
            ValidAlgorithms = OutsideIssuers.Algorithms,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) =>
                time.GetUtcNow() is var now && until > (now - ClocksApart).UtcDateTime && !(from > (now + ClocksApart).UtcDateTime),
        };
    }
}
