using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TownReform.Silo.Api.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Offices;
using TownReform.Silo.Api.Reads;
using TownReform.Silo.Api.Streams;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api;

/// <summary>The API over HTTP, in the silo's own process: <c>/api/v1</c>, described at <c>/openapi/v1.json</c>.</summary>
internal static class ApiEndpoints
{
    public const string Root = ApiPaths.Root,
        Document = "/openapi/v1.json",
        ByAddress = RequestLimits.Policy;

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        // What reads for a request is made for it: each asks the world that its address names.
        services.AddScoped<RequestWorld>();
        services.AddScoped<TownCalls>();
        services.TryAddScoped<SpeakingAs>();
        services.AddScoped<ReadNotes>().AddScoped<CaseFiles>().AddScoped<ReadLists>().AddScoped<CaseBatch>().AddScoped<CaseRatings>();
        services.AddScoped<CaseScopes>();
        services.AddScoped<CaseLists>();
        services.AddScoped<Desks>();
        services.AddScoped<TakingsRead>();
        services.AddSingleton<Feeds>();
        services.AddSingleton<StreamPlaces>();
        services.AddSingleton<CaseTotals>();
        services.TryAddSingleton<ILiveTownClock, SiloTownClock>();
        services.AddScoped<ITownClock>(static provider =>
            provider.GetRequiredService<RequestWorld>().Held is { } held
                ? new HeldClock(held.Now)
                : provider.GetRequiredService<ILiveTownClock>()
        );
        services.AddOpenApi("v1", OpenApiDocument.Describe);
        services.AddSingleton(new RequestLimits());
        services.AddRateLimiter(RequestLimits.Configure);
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi(Document).RequireRateLimiting(ByAddress);
        ApiExplorer.Map(app);
        PublicApi.Map(Group(app));
        BoardApi.Map(Group(app));
        var signedIn = Group(app).ForSignedIn();
        CasesApi.Map(signedIn);
        WorkApi.Map(signedIn);
        BatchApi.Map(signedIn);
        CountyApi.Map(signedIn);
        StaffApi.Map(signedIn);
        AuditApi.Map(signedIn);
        ReadsApi.Map(signedIn);
        RatingApi.Map(signedIn);
        TakingsApi.Map(signedIn);
    }

    /// <summary>Below <see cref="Root"/>, with what every endpoint of the API has in common.</summary>
    public static RouteGroupBuilder Group(WebApplication app) =>
        app.MapGroup(Root)
            .RequireRateLimiting(ByAddress)
            .Problems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status429TooManyRequests,
                StatusCodes.Status503ServiceUnavailable
            );

    /// <summary>Whether a request is one to the API, and so is answered in JSON also when it fails.</summary>
    public static bool IsAsked(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/openapi");

    /// <summary>Answers what an endpoint threw: a request that can't be read is told what is wrong with it. Of what nobody foresaw, which
    /// the middleware logs, the caller learns that it was not their mistake, and nothing of the inside.</summary>
    public static Task FaultedAsync(HttpContext http) =>
        http.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException wrong => RequestFaults.SayAsync(http, wrong),
            var gone when WorldReads.IsGone(gone) => http.SayAsync(StatusCodes.Status410Gone, WorldReads.RecordsGone),
            TownFaultException fault => http.SayAsync(StatusCodes.Status503ServiceUnavailable, fault.Because),
            _ => http.SayAsync(StatusCodes.Status503ServiceUnavailable),
        };
}
