using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Spread;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
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
