using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Endpoints for accounts only: whoever hasn't signed in is told so, before anything that they sent is read.</summary>
internal static class SignedInOnly
{
    private const string Scheme = "Bearer";

    public static T ForSignedIn<T>(this T endpoints)
        where T : IEndpointConventionBuilder
    {
        endpoints.Add(static builder => builder.Metadata.Add(Mark.One));
        return endpoints.Problems(StatusCodes.Status401Unauthorized).AddEndpointFilter<T, Filter>();
    }

    /// <summary>Turns away whoever hasn't signed in before the endpoint reads the body: what is wrong with that is no business of theirs.
    /// Comes after it is known who asks.</summary>
    public static Task AskFirstAsync(HttpContext http, RequestDelegate next) =>
        Requester.Of(http).IsAnonymous && http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null
            ? Ask(http).ExecuteAsync(http)
            : next(http);

    private static IResult Ask(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = Scheme;
        return http.Wrong(StatusCodes.Status401Unauthorized);
    }

    private sealed class Mark
    {
        public static Mark One { get; } = new();
    }

    private sealed class Filter : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            if (!Requester.Of(context.HttpContext).IsAnonymous)
            {
                return next(context);
            }

            return new(Ask(context.HttpContext));
        }
    }
}
