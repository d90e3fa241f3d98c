using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Spread;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Simulate;
using TownReform.Silo.Web.Worlds;

namespace TownReform.Silo.Simulations;

/// <summary>Runs of scenarios over HTTP, for operators.</summary>
internal static class SimulationEndpoints
{
    public static void Add(IServiceCollection services, SimulationSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<SimulationFolder>();
        services.AddSingleton<CountingRecording>();
        services.AddSingleton<SiloRecording>();
        services.AddSingleton<IRunRecording>(provider => provider.GetRequiredService<SiloRecording>());
        services.AddSingleton<SimulationRunner>();
        services.AddSingleton<SimulationRuns>();
        services.AddHostedService(provider => provider.GetRequiredService<SimulationRuns>());
    }

    /// <summary>In a process without a silo: says where runs are ordered.</summary>
    public static void MapElsewhere(WebApplication app)
    {
        app.MapGroup($"{ApiEndpoints.Root}/simulations")
            .RequireRateLimiting(ApiEndpoints.ByAddress)
            .ExcludeFromDescription()
            .ForSignedIn()
            .Map("{**rest}", static http => http.SayAsync(StatusCodes.Status404NotFound, Elsewhere));
        app.MapGroup("/simulate")
            .ExcludeFromDescription()
            .ForSignedIn(AccountKind.Operator, AccountKind.Leader)
            .Map("{**rest}", static http => FaultPages.ShowAsync(http, StatusCodes.Status404NotFound, new FaultModel(NotHere, Elsewhere)));
    }

    private static readonly Words NotHere = new("模拟运行不在此处", "Simulations run elsewhere"),
        Elsewhere =
            new(
                "此处只提供网页与接口，不含节点。模拟运行请到以 --http、--simulations 启动的节点的网址下达和查阅。",
                "This process serves pages and API only and has no silo. Order and read runs at the address of a silo that was started "
                    + "with --http and --simulations."
            );

    /// <param name="limits">How often an address may ask is bounded.</param>
    public static void Map(WebApplication app, bool limits = true)
    {
        var api = app.MapGroup($"{ApiEndpoints.Root}/simulations")
            .ForSignedIn<RouteGroupBuilder>()
            .Problems(
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status429TooManyRequests,
                StatusCodes.Status503ServiceUnavailable
            );
        SimulationsApi.Map(limits ? api.RequireRateLimiting(ApiEndpoints.ByAddress) : api);
        SimulatePages.Map(app);
        WorldPages.Map(app);
    }
}
