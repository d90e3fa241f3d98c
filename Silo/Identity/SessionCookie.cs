using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity.Outside;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>
/// The cookie of somebody who has signed in. It says who and since when; whether the session still stands, the store is asked at each
/// request. Browsers keep a secure cookie of loopback without TLS too.
/// </summary>
internal static class SessionCookie
{
    public const string Scheme = "session",
        Name = "__Host-townreform";

    private const string AccountClaim = ClaimTypes.NameIdentifier,
        SessionClaim = "session",
        StampClaim = "stamp",
        StartedClaim = "started",
        ProvedClaim = "proved",
        MethodClaim = "method";

    /// <summary>After so long the cookie is written anew, so that the idle time counts from the last request but for that.</summary>
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromMinutes(1);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.IsEssential = true;
        cookie.SlidingExpiration = true;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(2);
        cookie.Events.OnCheckSlidingExpiration = static context =>
        {
            context.ShouldRenew = context.ElapsedTime > RenewedAfter;
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Begins a session.</summary>
    /// <param name="method">How it was proved, for the list of sessions.</param>
    /// <param name="outside">What an outside provider says, where one vouches: its proof may be older than the session.</param>
    public static async Task StartAsync(HttpContext http, StoredAccount account, string method, OutsideProof? outside = null)
    {
        var sessions = http.RequestServices.GetRequiredService<SessionStore>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var secret = NewSecret();
        if (Read(http.User) is { } before)
        {
            await sessions.EndAsync(Hash(before.Secret));
        }

        await sessions.StartAsync(
            new Session(Hash(secret), account.Id, now, method, outside?.Session),
            now - IdentitySettings.LongestSession(account.Account.Kind)
        );
        var proved = outside is { At: var at } && at < now ? at : now;
        await WriteAsync(http, account, new Ticket(account.Id, secret, account.SecurityStamp, now, proved, method));
    }

    /// <summary>Whoever is signed in has proved again who they are: the session goes on under another secret, and copies of the cookie are
    /// worth nothing from here on.</summary>
    /// <param name="account">The account as it stands now: its stamp may have changed by their own doing.</param>
    /// <param name="method">How it was proved; null: as before.</param>
    public static async Task ProveAgainAsync(HttpContext http, StoredAccount account, string? method = null)
    {
        if (Read(http.User) is { } ticket)
        {
            var (services, secret) = (http.RequestServices, NewSecret());
            await services.GetRequiredService<SessionStore>().RenameAsync(Hash(ticket.Secret), Hash(secret));
            var renewed = ticket with
            {
                Secret = secret,
                Stamp = account.SecurityStamp,
                Proved = services.GetRequiredService<TimeProvider>().GetUtcNow(),
                Method = method ?? ticket.Method,
            };
            await WriteAsync(http, account, renewed);
        }
    }

    /// <summary>Ends the session, so that a copy of the cookie is worth nothing either.</summary>
    public static async Task EndAsync(HttpContext http)
    {
        if (Read(http.User) is { } ticket)
        {
            await http.RequestServices.GetRequiredService<SessionStore>().EndAsync(Hash(ticket.Secret));
        }

        await http.SignOutAsync(Scheme);
    }

    /// <summary>Hash under which the present session is kept; null without one.</summary>
    public static string? SessionId(HttpContext http) => Read(http.User) is { } ticket ? Hash(ticket.Secret) : null;

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Task WriteAsync(HttpContext http, StoredAccount account, Ticket ticket)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        Claim[] claims =
        [
            new(AccountClaim, ticket.Account),
            new(SessionClaim, ticket.Secret),
            new(StampClaim, ticket.Stamp),
            new(StartedClaim, Text(ticket.Started)),
            new(ProvedClaim, Text(ticket.Proved)),
            new(MethodClaim, ticket.Method),
        ];
        return http.SignInAsync(
            Scheme,
            new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)),
            new AuthenticationProperties
            {
                IssuedUtc = now,
                ExpiresUtc = now + IdentitySettings.LongestIdle(account.Account.Kind),
                AllowRefresh = true,
            }
        );
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (!IsOwnPage(http.Request))
        {
            context.RejectPrincipal();
            return;
        }

        var services = http.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (
            Read(context.Principal) is { } ticket
            && await services.GetRequiredService<LiveAccounts>().FindAsync(ticket.Account, Hash(ticket.Secret)) is { } live
            && live.Stored.SecurityStamp == ticket.Stamp
            && live.Sessions.Contains(Hash(ticket.Secret))
            && now - ticket.Started < IdentitySettings.LongestSession(live.Account.Kind)
        )
        {
            http.Features.Set(new SignedIn(live.Stored, ticket.Proved, ticket.Method));
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(Scheme);
    }

    // A cookie goes along with requests that other sites make; the API takes it only from this site's own pages.
    private static bool IsOwnPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") || request.Headers["Sec-Fetch-Site"] == "same-origin";

    private static Ticket? Read(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(AccountClaim) is { } account
        && principal.FindFirstValue(SessionClaim) is { } secret
        && principal.FindFirstValue(StampClaim) is { } stamp
        && Moment(principal.FindFirstValue(StartedClaim)) is { } started
        && Moment(principal.FindFirstValue(ProvedClaim)) is { } proved
        && principal.FindFirstValue(MethodClaim) is { } method
            ? new Ticket(account, secret, stamp, started, proved, method)
            : null;

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    private sealed record Ticket(string Account, string Secret, string Stamp, DateTimeOffset Started, DateTimeOffset Proved, string Method);
}

/// <summary>Who has a session that stands, before it is asked what else they owe.</summary>
/// <param name="Method">One of <see cref="SessionMethods"/>.</param>
internal sealed record SignedIn(StoredAccount Account, DateTimeOffset ProvedAt, string Method);
