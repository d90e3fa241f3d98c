using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api;

/// <summary>The API to look through and to try, at <c>/openapi</c>: for operators, on this machine.</summary>
internal static class ApiExplorer
{
    public const string Path = "/openapi";

    // Its page carries its settings in a script and its look in styles of its own.
    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Map(WebApplication app) =>
        app.MapScalarApiReference(
                Path,
                static explorer => explorer.WithTitle("TownReform").WithOpenApiRoutePattern(ApiEndpoints.Document).DisableDefaultFonts()
            )
            .RequireRateLimiting(RequestLimits.Policy)
            .ExcludeFromDescription()
            .AddEndpointFilter(
                static (context, next) =>
                {
                    var http = context.HttpContext;
                    if (http.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
                    {
                        return new(http.Unknown());
                    }

                    http.Response.Headers.ContentSecurityPolicy = Policy;
                    return next(context);
                }
            );
}
