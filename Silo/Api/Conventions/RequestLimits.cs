using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Conventions;

/// <summary>How many requests are taken: of an address that hasn't signed in, and of an account with all its keys.</summary>
/// <param name="PerMinute">Of one account; a sixth of it at once.</param>
internal sealed record RequestLimits(int PerMinute = RequestLimits.Default)
{
    public const int Default = 600;

    /// <summary>Name of the policy.</summary>
    public const string Policy = "requests";

    /// <summary>Requests of one address: so many at once, and then one a second.</summary>
    private const int Burst = 60;

    /// <summary>Tokens are given out so often in a minute.</summary>
    private const int Shares = 60;

    public static void Configure(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = static (rejected, _) => new(rejected.HttpContext.SayAsync(StatusCodes.Status429TooManyRequests));
        limits.AddPolicy(Policy, static http => http.RequestServices.GetRequiredService<RequestLimits>().Of(http));
    }

    private RateLimitPartition<string> Of(HttpContext http) =>
        Requester.Of(http).AccountId is { } account
            ? RateLimitPartition.GetTokenBucketLimiter(
                $"a {account}",
                _ => Bucket(Math.Max(PerMinute / 6, 1), Math.Max(PerMinute / Shares, 1))
            )
            : RateLimitPartition.GetTokenBucketLimiter($"i {http.Connection.RemoteIpAddress}", static _ => Bucket(Burst, 1));

    private static TokenBucketRateLimiterOptions Bucket(int burst, int each) =>
        new()
        {
            TokenLimit = burst,
            TokensPerPeriod = each,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };
}
