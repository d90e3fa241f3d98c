using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity.Outside;

/// <summary>The ways to an outside provider, and its own word that somebody has signed out there. Without one they aren't there.</summary>
internal static class OutsidePages
{
    private const int LongestSignOut = 32 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(IdentityPaths.Provider, LeaveAsync);
        pages.MapGet(IdentityPaths.AgainByProvider, LeaveAgainAsync);
        pages.MapPost(IdentityPaths.ProviderSignOut, SignedOutThereAsync).DisableAntiforgery();
    }

    private static Task<IResult> LeaveAsync(HttpContext http, IdentitySettings settings, [FromQuery] string? @return) =>
        settings.Provider is null ? Task.FromResult(NotThere)
        : Requester.Of(http).IsAnonymous ? Provider.LeaveForAsync(http, LocalPath.Of(@return), again: false)
        : Task.FromResult<IResult>(new SeeOther(LocalPath.Of(@return) ?? IdentityPaths.SignIn));

    private static Task<IResult> LeaveAgainAsync(HttpContext http, IdentitySettings settings, [FromQuery] string? @return) =>
        settings.Provider is null ? Task.FromResult(NotThere)
        : http.Features.Get<SignedIn>() is null ? Task.FromResult(SignInFirst.Ask(http))
        : Provider.LeaveForAsync(http, LocalPath.Of(@return), again: true);

    // Asked by the provider's server: it has neither cookie nor form token, and its token says all.
    private static async Task<IResult> SignedOutThereAsync(
        HttpContext http,
        IdentitySettings settings,
        LogoutTokens tokens,
        SignInLimits limits,
        SignIns signIns
    )
    {
        if (settings.Provider is null)
        {
            return NotThere;
        }

        http.Response.Headers.CacheControl = "no-store";
        var address = SignInLimits.AddressOf(http);
        if (limits.IsFull(address))
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (
            http.Request is { HasFormContentType: true, ContentLength: <= LongestSignOut }
            && (await http.Request.ReadFormAsync(http.RequestAborted))["logout_token"] is [{ Length: > 0 } token]
            && await tokens.TakeAsync(token)
        )
        {
            return TypedResults.Ok();
        }

        await signIns.ByOtherAsync(null, SignInOutcome.WrongSignOut, SessionMethods.Outside, address);
        return TypedResults.Json(new SignOutFault("invalid_request"), statusCode: StatusCodes.Status400BadRequest);
    }

    private static IResult NotThere => TypedResults.StatusCode(StatusCodes.Status404NotFound);

    private sealed record SignOutFault(string Error);
}
