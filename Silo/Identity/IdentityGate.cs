using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity;

/// <summary>
/// After a cookie or a key was read: whoever still owes a new password or a second factor gets to nothing else; a key that doesn't count is
/// told so, rather than taken for nobody.
/// </summary>
internal sealed class IdentityGate(RequestDelegate next, IdentitySettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<SignedIn>() is { } signedIn)
        {
            if (Owed(signedIn) is not { } page)
            {
                http.Features.Set(Requester.SignedIn(signedIn.Account.Account, signedIn.ProvedAt));
            }
            else if (ApiEndpoints.IsAsked(http))
            {
                return http.SayAsync(StatusCodes.Status401Unauthorized);
            }
            else if (!IsOpenTo(http.Request.Path, page))
            {
                return new SeeOther(page).ExecuteAsync(http);
            }
        }

        var requester = Requester.Of(http);
        if (requester.IsAnonymous && http.Request.Headers.ContainsKey("Authorization"))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return http.SayAsync(
                StatusCodes.Status401Unauthorized,
                new(
                    "密钥或令牌无效、已过期或已撤销。请核对，或请运维人员另发一个。",
                    "The key or token isn't valid, has expired or was revoked. Check it, or ask the operator for another."
                )
            );
        }

        return requester.May(KeyScopes.Read) || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            ? next(http)
            : http.Refused(IdentityRefusals.OutsideScope(KeyScopes.Read)).ExecuteAsync(http);
    }

    private string? Owed(SignedIn signedIn) =>
        // Whoever the provider vouches for has no use for a password, and may never have had it.
        signedIn.Account.MustChange
        && signedIn.Method != SessionMethods.Outside
            ? IdentityPaths.Password
        : settings.RequiresSecondFactor
        && IdentitySettings.IsOfStaff(signedIn.Account.Account.Kind)
        && signedIn.Method == SessionMethods.Password
            ? IdentityPaths.SecondFactor
        : null;

    private static bool IsOpenTo(PathString path, string page) =>
        path == page || path == IdentityPaths.SignOut || path.StartsWithSegments("/assets") || path.StartsWithSegments("/health");
}

/// <summary>Addresses of the pages of identity.</summary>
internal static class IdentityPaths
{
    public const string SignIn = "/sign-in",
        Code = "/sign-in/code",
        Again = "/sign-in/again",
        Offices = "/sign-in/office",
        Provider = "/sign-in/provider",
        ProviderDone = "/sign-in/provider/done",
        ProviderSignOut = "/sign-in/provider/sign-out",
        AgainByProvider = "/sign-in/again/provider",
        SignOut = "/sign-out",
        SignIns = "/audit/sign-ins",
        Account = "/account",
        Password = "/account/password",
        SecondFactor = "/account/second-factor",
        Passkeys = "/account/passkeys",
        Sessions = "/account/sessions";
}

/// <summary>How the proof of a session was given; stored.</summary>
internal static class SessionMethods
{
    public const string Password = "password",
        PasswordAndCode = "password+code",
        Passkey = "passkey",
        Outside = "oidc";
}
