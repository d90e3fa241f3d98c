using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TownReform.Silo.Identity.Outside;

/// <summary>
/// Tokens of machines (client credentials): <c>sub</c>, else <c>client_id</c>, is linked to the account of a program, and <c>scope</c> says
/// what it may be used for, by the names that keys have. A person's token opens nothing.
/// </summary>
internal static class MachineTokens
{
    public const string Scheme = "token";

    /// <summary>Clocks of two machines differ by so much at most.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    public static void Configure(JwtBearerOptions jwt, TokenSettings settings)
    {
        jwt.Authority = settings.Issuer.AbsoluteUri;
        jwt.RequireHttpsMetadata = !settings.Issuer.IsLoopback;
        jwt.Audience = settings.Audience;
        (jwt.MapInboundClaims, jwt.SaveToken, jwt.IncludeErrorDetails) = (false, false, false);
        jwt.TokenValidationParameters.ValidAlgorithms = OutsideIssuers.Algorithms;
        jwt.TokenValidationParameters.ClockSkew = ClocksApart;
        jwt.Events = new JwtBearerEvents { OnTokenValidated = ValidatedAsync };
    }

    private static async Task ValidatedAsync(TokenValidatedContext context)
    {
        var (who, http) = (context.Principal!, context.HttpContext);
        if (await FindAsync(http, who) is { Kind: AccountKind.Integration } account)
        {
            http.Features.Set(Requester.WithKey(account, ScopesOf(who)));
        }
        else
        {
            context.Fail("not linked to an account of a program");
        }
    }

    private static async Task<Account?> FindAsync(HttpContext http, ClaimsPrincipal who)
    {
        var accounts = http.RequestServices.GetRequiredService<LiveAccounts>();
        var issuer = OutsideIssuers.Normal(who.FindFirstValue("iss") ?? "");
        foreach (var claim in (string[])["sub", "client_id"])
        {
            if (
                who.FindFirstValue(claim) is { Length: > 0 } subject
                && await accounts.FindOutsideAsync(issuer, subject) is { Account: var account }
            )
            {
                return account;
            }
        }

        return null;
    }

    // One claim with blanks between (RFC 9068), or one claim for each.
    private static KeyScopes ScopesOf(ClaimsPrincipal who) =>
        who.FindAll("scope")
            .SelectMany(static claim => claim.Value.Split(' '))
            .Aggregate(KeyScopes.None, static (all, name) => all | KeyScopeNames.Find(name));
}
