using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TownReform.Silo.Identity.Pages;

/// <summary>Where somebody works: the first page after a sign-in that came from nowhere.</summary>
internal static class Landing
{
    public static async Task<string> OfAsync(HttpContext http, Requester requester, SpeakingAs speaking)
    {
        var path = requester.Kind switch
        {
            AccountKind.Staff or AccountKind.County => await speaking.OfficesAsync(requester) is [var only]
                ? Office(only.Code)
                : IdentityPaths.Offices,
            AccountKind.Party => "/my",
            AccountKind.Leader => "/board",
            AccountKind.Auditor => "/audit",
            AccountKind.Operator => "/simulate",
            _ => IdentityPaths.Account,
        };
        return IsThere(http, path) ? path : IdentityPaths.Account;
    }

    public static string Office(string code) => $"/o/{Uri.EscapeDataString(code)}";

    // A silo may have been started without some of its pages.
    private static bool IsThere(HttpContext http, string path)
    {
        var first = "/" + path.Split('/')[1];
        return http
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Any(endpoint =>
                endpoint.RoutePattern.RawText is { } text && (text == first || text.StartsWith(first + "/", StringComparison.Ordinal))
            );
    }
}
