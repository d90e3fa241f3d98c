using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace TownReform.Silo.Web;

/// <summary>
/// Keeps what readers choose by a link, such as <c>?lang=en</c> or <c>?print=large</c>, in a cookie, and sends them back to the page
/// without it: the page stays, also one with other words in its query.
/// </summary>
internal sealed class ReaderChoices(RequestDelegate next)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Path.StartsWithSegments("/api"))
        {
            return next(http);
        }

        var isChosen = Take(http, PageLanguages.Cookie, "zh", "en");
        isChosen |= Take(http, PageContext.PrintCookie, "large", "normal");
        if (!isChosen)
        {
            return next(http);
        }

        var query = new QueryBuilder(http.Request.Query.Where(part => part.Key is not (PageLanguages.Cookie or PageContext.PrintCookie)));
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.CacheControl = "no-store";
        // A path of two slashes would lead to another host.
        http.Response.Headers.Location = "/" + (http.Request.PathBase + http.Request.Path).ToUriComponent().TrimStart('/') + query;
        return Task.CompletedTask;
    }

    private static bool Take(HttpContext http, string name, params ReadOnlySpan<string> values)
    {
        if (!http.Request.Query.TryGetValue(name, out var given) || given.Count != 1 || !values.Contains(given[0]))
        {
            return false;
        }

        http.Response.Cookies.Append(
            name,
            given[0]!,
            new CookieOptions
            {
                MaxAge = Kept,
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = http.Request.IsHttps,
                IsEssential = true,
            }
        );
        return true;
    }
}
