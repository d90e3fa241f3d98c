using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TownReform.Silo.Identity.Outside;

/// <summary>Asks the issuers once at the start, so that a wrong address shows then and not at the first sign-in.</summary>
internal static class ProviderCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>What to tell the operator; the town serves all the same, since the issuer may come later.</returns>
    public static async Task<IReadOnlyList<Words>> TellAsync(IServiceProvider services)
    {
        if (services.GetService<IdentitySettings>() is not { } settings)
        {
            return [];
        }

        var told = new List<Words>();
        if (settings.Provider is { } provider)
        {
            var oidc = services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Provider.Scheme);
            if (await WhyNotAsync("--oidc-authority", provider.Authority, oidc.ConfigurationManager!, isForPeople: true) is { } why)
            {
                told.Add(why);
            }
        }

        if (settings.Tokens is { } tokens)
        {
            var jwt = services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(MachineTokens.Scheme);
            if (await WhyNotAsync("--token-issuer", tokens.Issuer, jwt.ConfigurationManager!, isForPeople: false) is { } why)
            {
                told.Add(why);
            }
        }

        return told;
    }

    private static async Task<Words?> WhyNotAsync(
        string option,
        Uri issuer,
        IConfigurationManager<OpenIdConnectConfiguration> manager,
        bool isForPeople
    )
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var read = await manager.GetConfigurationAsync(patience.Token).WaitAsync(patience.Token);
            return OutsideIssuers.Normal(read.Issuer ?? "") != OutsideIssuers.Normal(issuer.AbsoluteUri)
                    ? new(
                        $"{option} {issuer}：该处自称签发者“{read.Issuer}”，两者须一致，否则不接受其令牌。",
                        $"{option} {issuer}: it calls itself the issuer '{read.Issuer}'; both must be the same, or its tokens aren't taken."
                    )
                : isForPeople && string.IsNullOrEmpty(read.AuthorizationEndpoint)
                    ? new(
                        $"{option} {issuer}：该处没有登录端点，人员不能由其登录。",
                        $"{option} {issuer}: it has no authorization endpoint, so nobody can sign in by it."
                    )
                : null;
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            return new(
                $"{option} {issuer} 此刻无法连接：{issuer.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration。镇照常运行；恢复前请用密码、"
                    + "通行密钥或密钥登录。",
                $"{option} {issuer} can't be reached just now ({issuer.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration). The "
                    + "town serves all the same; until it answers, sign in by password, passkey or key."
            );
        }
    }
}
