using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Web;

/// <summary>Headers of every answer: nothing is loaded, framed, sent or guessed beyond what this silo itself serves.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets them when the answer starts: a fault takes away what was set before it.</summary>
    public static Task SetAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                var headers = http.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers.XFrameOptions = "DENY";
                headers.Remove("blazor-enhanced-nav");
                // An answer with a stricter one of its own, such as a file that somebody sent in, keeps it.
                headers.TryAdd("Content-Security-Policy", Policy);
                if (http.Request.IsHttps)
                {
                    headers.StrictTransportSecurity = "max-age=31536000";
                }

                return Task.CompletedTask;
            },
            http
        );
        return next(http);
    }
}
