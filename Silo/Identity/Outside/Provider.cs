using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Outside;

/// <summary>
/// How an outside provider is asked: code flow with PKCE, and an answer in the address, so that all cookies stay of this site. Who somebody
/// is here, <see cref="ProviderSignIn"/> decides.
/// </summary>
internal static class Provider
{
    public const string Scheme = "provider";

    /// <summary>When it was asked for a fresh proof of somebody who is signed in, in what goes there and back.</summary>
    private const string AskedAgain = "asked-again";

    /// <summary>Between leaving for the provider and coming back.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(10);

    public static void Configure(OpenIdConnectOptions oidc, ProviderSettings settings)
    {
        oidc.Authority = settings.Authority.AbsoluteUri;
        oidc.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        (oidc.ClientId, oidc.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        (oidc.ResponseType, oidc.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        (oidc.UsePkce, oidc.SaveTokens, oidc.MapInboundClaims, oidc.DisableTelemetry) = (true, false, false, true);
        oidc.MaxAge = ProviderSettings.OldestProof;
        // Otherwise who has issued it is taken out of what it says.
        oidc.ClaimActions.Clear();
        oidc.Scope.Clear();
        foreach (var scope in settings.Scopes.Prepend("openid").Distinct())
        {
            oidc.Scope.Add(scope);
        }

        oidc.TokenValidationParameters.ValidAlgorithms = OutsideIssuers.Algorithms;
        oidc.CallbackPath = IdentityPaths.ProviderDone;
        // Sign-out comes by the back channel alone: what a page of another site loads ends nobody's session.
        (oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (default, default);
        oidc.SignInScheme = SessionCookie.Scheme;
        oidc.RemoteAuthenticationTimeout = Away;
        Bind(oidc.CorrelationCookie, "__Secure-townreform-state.");
        Bind(oidc.NonceCookie, "__Secure-townreform-nonce.");
        oidc.Events.OnRedirectToIdentityProvider = Ask;
        oidc.Events.OnTicketReceived = ProviderSignIn.ReceivedAsync;
        oidc.Events.OnAccessDenied = ProviderSignIn.DeclinedAsync;
        oidc.Events.OnRemoteFailure = ProviderSignIn.FailedAsync;
    }

    /// <summary>Leads to the provider.</summary>
    /// <param name="back">Page of this site to go to afterwards.</param>
    /// <param name="again">Somebody who is signed in proves anew who they are.</param>
    public static async Task<IResult> LeaveForAsync(HttpContext http, string? back, bool again)
    {
        http.Response.Headers.CacheControl = "no-store";
        var oidc = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Scheme);
        try
        {
            await oidc.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            return ProviderSignIn.Page(http, ProviderSignIn.Unreachable, StatusCodes.Status503ServiceUnavailable);
        }

        var properties = new AuthenticationProperties { RedirectUri = back ?? IdentityPaths.SignIn };
        if (again)
        {
            properties.Items[AskedAgain] = Seconds(Now(http));
        }

        return TypedResults.Challenge(properties, [Scheme]);
    }

    /// <summary>When a fresh proof was asked for; null at a sign-in.</summary>
    public static DateTimeOffset? WasAskedAgain(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(AskedAgain, out var at) == true ? Moment(at) : null;

    /// <summary>Seconds since 1970, as tokens write them.</summary>
    public static DateTimeOffset? Moment(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(at)
            : null;

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static Task Ask(RedirectContext context)
    {
        if (WasAskedAgain(context.Properties) is not null)
        {
            (context.ProtocolMessage.Prompt, context.ProtocolMessage.MaxAge) = ("login", "0");
        }

        context.ProtocolMessage.UiLocales = PageLanguages.Of(context.HttpContext) is PageLanguage.Chinese ? "zh-CN" : "en";
        return Task.CompletedTask;
    }

    // The answer comes as a link that is followed, with which browsers send such cookies.
    private static void Bind(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        (cookie.HttpOnly, cookie.IsEssential) = (true, true);
        (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.Always);
    }
}
