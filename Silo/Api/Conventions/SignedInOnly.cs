using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Endpoints for accounts only: whoever hasn't signed in is told so, before anything is looked at.</summary>
internal static class SignedInOnly
{
    private const string Scheme = "Bearer";

    public static T ForSignedIn<T>(this T endpoints)
        where T : IEndpointConventionBuilder => endpoints.Problems(StatusCodes.Status401Unauthorized).AddEndpointFilter<T, Filter>();

    private sealed class Filter : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            if (!Requester.Of(context.HttpContext).IsAnonymous)
            {
                return next(context);
            }

            context.HttpContext.Response.Headers.WWWAuthenticate = Scheme;
            return new(context.HttpContext.Wrong(StatusCodes.Status401Unauthorized));
        }
    }
}
