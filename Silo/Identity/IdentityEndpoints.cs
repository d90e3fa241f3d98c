using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity.Demo;
using TownReform.Silo.Identity.Outside;
using TownReform.Silo.Identity.Pages;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>Who asks: accounts, sessions, keys, and the pages on which people sign in and keep their account.</summary>
internal static class IdentityEndpoints
{
    private const string AnyScheme = "any";

    /// <param name="connection">Connection string of the cluster's database; null: the accounts are in a folder.</param>
    /// <param name="folder">That folder; null: the one that this process holds.</param>
    public static void Add(IServiceCollection services, IdentitySettings settings, string? connection, string? folder = null)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            connection is null
                ? AccountDatabase.OnSqlite(folder ?? provider.GetRequiredService<LiveFolder>().Path)
                : AccountDatabase.OnPostgres(connection)
        );
        services
            .AddSingleton<AccountStore>()
            .AddSingleton<AttemptStore>()
            .AddSingleton<SignInLog>()
            .AddSingleton<SessionStore>()
            .AddSingleton<SecondFactorStore>()
            .AddSingleton<PasskeyStore>()
            .AddSingleton<ApiKeyStore>()
            .AddSingleton<DraftStore>()
            .AddSingleton<LiveAccounts>()
            .AddSingleton<Passwords>()
            .AddSingleton<SecondFactors>()
            .AddSingleton<SignInLimits>()
            .AddSingleton<SignIns>()
            .AddSingleton<Sealed>()
            .AddSingleton<KeyRing>()
            .AddScoped<DemoCast>()
            .AddScoped<DemoAccounts>();
        services.TryAddScoped<SpeakingAs>();
        services.AddIdentityCore<StoredAccount>().AddUserStore<PasskeyUsers>();
        services.AddScoped<Passkeys>().AddScoped<PasskeyUsers>().AddScoped<IPasskeyHandler<StoredAccount>, PasskeyHandler<StoredAccount>>();
        services.Configure<IdentityPasskeyOptions>(static passkey =>
            (passkey.UserVerificationRequirement, passkey.ResidentKeyRequirement) = ("required", "required")
        );
        AddSeals(services);
        AddSchemes(services, settings);
    }

    private static void AddSeals(IServiceCollection services)
    {
        // Keys lie beside the accounts, in the same file or database and as well kept; a form that was forged is answered, not logged.
        services.AddLogging(static log =>
            log.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
                .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical)
        );
        services.AddDataProtection().SetApplicationName(TownReformSilo.Cluster);
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>(static (keys, ring) => keys.XmlRepository = ring);
    }

    private static void AddSchemes(IServiceCollection services, IdentitySettings settings)
    {
        var schemes = services
            .AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, policy => policy.ForwardDefaultSelector = http => SchemeOf(http, settings))
            .AddCookie(SessionCookie.Scheme, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeys.Scheme, null);
        services.AddSingleton<LogoutTokens>();
        if (settings.Provider is { } provider)
        {
            schemes.AddOpenIdConnect(Provider.Scheme, oidc => Provider.Configure(oidc, provider));
            // What went wrong is told in a line of our own, and only of what began here.
            services.AddLogging(static log => log.AddFilter(typeof(OpenIdConnectHandler).FullName, LogLevel.None));
        }

        if (settings.Tokens is { } tokens)
        {
            schemes.AddJwtBearer(MachineTokens.Scheme, jwt => MachineTokens.Configure(jwt, tokens));
        }
    }

    private static string SchemeOf(HttpContext http, IdentitySettings settings) =>
        !http.Request.Headers.ContainsKey("Authorization") ? SessionCookie.Scheme
        : settings.Tokens is null || ApiKeys.IsSent(http.Request) ? ApiKeys.Scheme
        : MachineTokens.Scheme;

    /// <summary>Before the endpoints of all areas, and before what counts requests or checks forms.</summary>
    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<IdentityGate>();
    }

    /// <summary>Once the towns answer: makes the accounts for trying, or shuts those that an earlier start made.</summary>
    /// <returns>What is told where the silo was started; null for nothing.</returns>
    public static async Task<Words?> ReadyAsync(IServiceProvider services)
    {
        var accounts = services.GetService<AccountStore>();
        if (accounts is not null && services.GetRequiredService<IdentitySettings>().DemoAccounts)
        {
            await using var scope = services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<DemoAccounts>().SeedAsync();
        }

        if (accounts is not null)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            await DemoAccounts.ShutAsync(accounts, now);
            await services.GetRequiredService<AttemptStore>().DropOldAsync(now);
        }

        return null;
    }

    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        SignInPages.Map(pages);
        AccountPages.Map(pages);
        SecondFactorPages.Map(pages);
        PasskeyPages.Map(pages);
        OutsidePages.Map(pages);
        SignInLogPages.Map(pages);
    }
}
