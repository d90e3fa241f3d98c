using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web;

/// <summary>
/// Keeps pages that are the same for everybody for half a minute, by address, language and print: a rush for one service asks the town
/// once. Whoever has signed in gets a page of their own, with their name on it.
/// </summary>
internal sealed class PublicPageCache : IOutputCachePolicy
{
    public const string Policy = "public-page";

    /// <summary>Bytes of all kept pages at most.</summary>
    private const long Most = 16 * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    public static void Configure(OutputCacheOptions cache)
    {
        cache.SizeLimit = Most;
        cache.AddPolicy(Policy, new PublicPageCache());
    }

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var isForAnybody = HttpMethods.IsGet(http.Request.Method) && Requester.Of(http).IsAnonymous;
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage) = (isForAnybody, isForAnybody, isForAnybody);
        (context.AllowLocking, context.ResponseExpirationTimeSpan) = (true, Kept);
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["language"] = PageLanguages.Of(http).ToString();
        context.CacheVaryByRules.VaryByValues["print"] = PageContext.IsLargePrintChosen(http) ? "large" : "normal";
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || !StringValues.IsNullOrEmpty(response.Headers.SetCookie))
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }
}
