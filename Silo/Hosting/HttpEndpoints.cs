using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers;
using TownReform.Silo.Simulations;
using TownReform.Silo.Web;

namespace TownReform.Silo.Hosting;

/// <summary>What a supervisor asks a silo over HTTP, in the silo's own process.</summary>
internal static class HttpEndpoints
{
    public const string Live = "/health/live",
        Ready = "/health/ready",
        Dashboard = "/dashboard";

    private const int LongestBody = 256 * 1024;

    /// <summary>Within this a request's head is all there; a connection that says nothing for so long is closed.</summary>
    private static readonly TimeSpan Headers = TimeSpan.FromSeconds(5),
        Silence = TimeSpan.FromSeconds(10);

    /// <summary>A host that listens on one port and reads no files and no environment.</summary>
    /// <param name="practice">It is a practice town, and says so.</param>
    /// <param name="banner">What each page says; null for nothing.</param>
    public static WebApplicationBuilder NewBuilder(IPAddress address, int port, int mostConnections, bool practice, Words? banner)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = TownReformSilo.Cluster });
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(address, port);
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxConcurrentConnections = mostConnections;
                kestrel.Limits.MaxRequestBodySize = LongestBody;
                (kestrel.Limits.RequestHeadersTimeout, kestrel.Limits.KeepAliveTimeout) = (Headers, Silence);
            });
        builder.Services.AddRouting();
        builder.Services.AddSingleton(new PageSettings(practice, banner));
        ApiEndpoints.Add(builder.Services);
        WebEndpoints.Add(builder.Services);
        return builder;
    }

    /// <summary>
    /// Live: the process answers; it asks nobody. Ready (200, else 503): started, not stopping, and the town can be asked
    /// (<see cref="IReadiness"/>).
    /// </summary>
    public static WebApplication Map(WebApplication app, bool dashboard)
    {
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        Prepare(app);
        app.MapGet(Live, static () => TypedResults.Text("live"));
        app.MapGet(
            Ready,
            async (IReadiness town, PageSettings pages) =>
                await HindranceAsync(lifetime, town) is { } why
                    ? TypedResults.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable)
                    : TypedResults.Text(pages.IsPractice ? "ready (practice town)" : "ready")
        );
        ApiEndpoints.Map(app);
        WebEndpoints.Map(app);
        PaperEndpoints.Map(app);
        IdentityEndpoints.Map(app);
        if (app.Services.GetService<SimulationSettings>() is null)
        {
            SimulationEndpoints.MapElsewhere(app);
        }
        else
        {
            SimulationEndpoints.Map(app);
        }

        if (dashboard)
        {
            app.MapOrleansDashboard(Dashboard);
        }

        return app;
    }

    /// <summary>What named proxies say of where a request came from counts; of nobody else, and by default of nobody.</summary>
    public static void Trust(IServiceCollection services, ImmutableArray<IPAddress> proxies) =>
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, proxies));

    private static void Trust(ForwardedHeadersOptions forwarded, ImmutableArray<IPAddress> proxies)
    {
        forwarded.ForwardedHeaders = proxies.IsEmpty
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.ForwardLimit = Math.Max(proxies.Length, 1);
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownProxies.Add(proxy);
        }
    }

    // What every request goes through, in this order: who comes later may answer for who came before.
    private static void Prepare(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(SecurityHeaders.SetAsync);
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = static http =>
                    ApiEndpoints.IsAsked(http) ? ApiEndpoints.FaultedAsync(http) : FaultPages.FaultedAsync(http),
                // A request that can't be read is its sender's fault, told to them; it belongs in no log. Nor does what a simulated world
                // has let go.
                SuppressDiagnosticsCallback = static context =>
                    context.Exception is BadHttpRequestException || WorldReads.IsGone(context.Exception),
            }
        );
        app.UseStatusCodePages(static context =>
            ApiEndpoints.IsAsked(context.HttpContext)
                ? context.HttpContext.SayAsync(context.HttpContext.Response.StatusCode)
                : FaultPages.ShowAsync(context.HttpContext, context.HttpContext.Response.StatusCode)
        );
        app.UseMiddleware<ReaderChoices>();
        app.Use(HeldWorlds.ReadAddressAsync);
        app.UseRouting();
        IdentityEndpoints.Use(app);
        app.UseRateLimiter();
        app.Use(SignedInOnly.AskFirstAsync);
        app.Use(HeldWorlds.EnterAsync);
        app.UseAntiforgery();
        app.UseOutputCache();
    }

    private static async ValueTask<string?> HindranceAsync(IHostApplicationLifetime lifetime, IReadiness town) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
        : await town.HindranceAsync();
}
