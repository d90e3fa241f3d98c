using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TownReform.Silo.Tests.Fixtures;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TownReform.Silo.Tests.Identity.Outside;

/// <summary>
/// An OpenID Connect provider (OpenIddict) on loopback, at which everybody is signed in as <see cref="Subject"/>. It can be made to say
/// things that a right one doesn't.
/// </summary>
internal sealed class StandInProvider : IAsyncDisposable
{
    public const string Client = "townreform",
        Secret = "the stand-in's secret",
        Audience = "townreform-api";

    public static readonly RsaSecurityKey Key = NewKey("stand-in"),
        OtherKey = NewKey("stand-in");

    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly WebApplication app;

    private StandInProvider(WebApplication app, Uri address) => (this.app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>As its tokens say it.</summary>
    public string Issuer => Address.AbsoluteUri;

    /// <summary>Who is signed in there.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Its session of theirs.</summary>
    public string Session { get; set; } = "";

    /// <summary>When they proved there who they are.</summary>
    public DateTimeOffset ProvedAt { get; set; }

    /// <summary>The ID token carries another nonce than was asked for.</summary>
    public bool SaysOtherNonce { get; set; }

    /// <summary>What the browser was sent with, the last time.</summary>
    public OpenIddictRequest? Asked { get; private set; }

    public static async Task<StandInProvider> StartAsync()
    {
        var (port, _) = SiloProcess.FreePorts();
        var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        StandInProvider? made = null;
        builder.Services.AddRouting().AddLogging().AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, address, () => made!));
        var app = builder.Build();
        app.UseAuthentication();
        made = new StandInProvider(app, address);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return made;
    }

    /// <summary>A token that it signs, with claims as they are given.</summary>
    public static string Sign(IDictionary<string, object> claims, string? type = null, SecurityKey? key = null, string? algorithm = null) =>
        Tokens.CreateToken(
            new SecurityTokenDescriptor
            {
                Claims = claims,
                TokenType = type,
                SigningCredentials = new SigningCredentials(key ?? Key, algorithm ?? SecurityAlgorithms.RsaSha256),
            }
        );

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static void Configure(OpenIddictServerBuilder server, Uri address, Func<StandInProvider> provider)
    {
        server.SetIssuer(address).EnableDegradedMode().DisableScopeValidation().DisableAccessTokenEncryption();
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
        server.AddSigningKey(Key).AddEphemeralEncryptionKey();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(Known));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(HasSecret));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                provider().Asked = context.Request;
                context.SignIn(provider().Person(context.Request));
                return default;
            })
        );
        server.AddEventHandler<HandleTokenRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.Request.IsClientCredentialsGrantType())
                {
                    context.SignIn(Program(context.Request));
                }

                return default;
            })
        );
        server.AddEventHandler<ProcessSignInContext>(handler =>
            handler
                .UseInlineHandler(context =>
                {
                    if (provider().SaysOtherNonce)
                    {
                        context.IdentityTokenPrincipal?.SetClaim(Claims.Nonce, "another");
                    }

                    return default;
                })
                .SetOrder(OpenIddictServerHandlers.GenerateIdentityToken.Descriptor.Order - 1)
        );
    }

    private static ValueTask Known(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != Client || context.RedirectUri?.EndsWith("/sign-in/provider/done", StringComparison.Ordinal) != true)
        {
            context.Reject(Errors.InvalidClient, "unknown client");
        }

        return default;
    }

    private static ValueTask HasSecret(ValidateTokenRequestContext context)
    {
        if (context.ClientSecret != Secret)
        {
            context.Reject(Errors.InvalidClient, "wrong secret");
        }

        return default;
    }

    private ClaimsPrincipal Person(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("stand-in", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Subject).SetClaim("sid", Session);
        identity.AddClaim(new Claim(Claims.AuthenticationTime, Seconds(ProvedAt), ClaimValueTypes.Integer64));
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity).SetScopes(request.GetScopes());
    }

    private static ClaimsPrincipal Program(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("stand-in", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId);
        return new ClaimsPrincipal(identity).SetScopes(request.GetScopes()).SetResources(Audience);
    }

    private static string Seconds(DateTimeOffset at) => FormattableString.Invariant($"{at.ToUnixTimeSeconds()}");

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
