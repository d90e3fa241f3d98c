using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity;

/// <summary>Endpoints that are for people who have signed in, and acts that want a fresh proof of who somebody is.</summary>
internal static class SignInFirst
{
    /// <summary>Whoever hasn't signed in is sent to do it and comes back to the page; a program is told 401.</summary>
    /// <param name="kinds">Kinds of account that it is for, none: any. To others it isn't there (404).</param>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder endpoints, params AccountKind[] kinds)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(
            async (context, next) =>
            {
                var requester = Requester.Of(context.HttpContext);
                return requester.IsAnonymous ? Ask(context.HttpContext)
                    : kinds.Length > 0 && !kinds.Contains(requester.Kind!.Value) ? TypedResults.StatusCode(StatusCodes.Status404NotFound)
                    : await next(context);
            }
        );

    /// <summary>For people with a session of their own: a key or a token has no account page, whatever it may do elsewhere.</summary>
    public static TBuilder ForPeople<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(
            async (context, next) => context.HttpContext.Features.Get<SignedIn>() is null ? Ask(context.HttpContext) : await next(context)
        );

    /// <summary>Sends somebody to sign in; a program is told 401.</summary>
    public static IResult Ask(HttpContext http)
    {
        if (ApiEndpoints.IsAsked(http))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return http.Wrong(StatusCodes.Status401Unauthorized);
        }

        return Away(http, IdentityPaths.SignIn);
    }

    /// <summary>
    /// What to answer when somebody's last proof of who they are is too old for an act that decides; null when it is fresh. A page sends to
    /// <c>/sign-in/again</c> and comes back, a program is told 401. Keys and tokens prove themselves at each request.
    /// </summary>
    public static IResult? ProofMissing(HttpContext http)
    {
        if (IsProofFresh(http))
        {
            return null;
        }

        return ApiEndpoints.IsAsked(http)
            ? http.Wrong(
                StatusCodes.Status401Unauthorized,
                new(
                    "距上次验证身份已过久；作出决定前请在 /sign-in/again 再次验证。",
                    "The last proof of who you are is too old for a decision; prove it again at /sign-in/again."
                )
            )
            : Away(http, IdentityPaths.Again);
    }

    /// <summary>Whether the last proof of who somebody is serves for an act that decides.</summary>
    public static bool IsProofFresh(HttpContext http)
    {
        var services = http.RequestServices;
        return http.Features.Get<SignedIn>() is { ProvedAt: var at }
            ? services.GetRequiredService<TimeProvider>().GetUtcNow() - at <= services.GetRequiredService<IdentitySettings>().ProofAge
            : !Requester.Of(http).IsAnonymous;
    }

    // A form that was sent is shown again, rather than sent again.
    private static IResult Away(HttpContext http, string page)
    {
        http.Response.Headers.CacheControl = "no-store";
        var request = http.Request;
        var path = request.PathBase + request.Path;
        var back = HttpMethods.IsGet(request.Method) ? path + request.QueryString : path.ToString();
        return new SeeOther(QueryHelpers.AddQueryString(page, "return", back));
    }
}

/// <summary>303: the answer is at another address of this site.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
