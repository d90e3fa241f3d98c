using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Web.Public;

/// <summary>Pages for anybody: services, where a case stands, decisions, and what the site says of itself. No forms that command.</summary>
internal static class PublicPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/track", TrackAsync).InHeldWorlds();
        pages = pages.MapGroup("").CacheOutput(PublicPageCache.Policy);
        pages.MapGet("/", HomeAsync);
        pages.MapGet("/register", RegisterAsync).InHeldWorlds();
        pages.MapGet("/items/{item}", GuideAsync).InHeldWorlds();
        pages.MapGet(
            "/accessibility",
            static (HttpContext http) => PageResults.Show<StatementPage, StatementModel>(PageContexts.Of(http), Statements.Accessibility)
        );
        pages.MapGet(
            "/privacy",
            static (HttpContext http) => PageResults.Show<StatementPage, StatementModel>(PageContexts.Of(http), Statements.Privacy)
        );
    }

    private static async Task<IResult> HomeAsync(PublicDesk desk, HttpContext http, string? q, string? town, string? kind) =>
        PageResults.Show<HomePage, HomeModel>(PageContexts.Of(http), await desk.HomeAsync(q, town, kind));

    private static async Task<IResult> GuideAsync(PublicDesk desk, HttpContext http, string item, DateOnly? asOf) =>
        await desk.GuideAsync(item, asOf) is { } model
            ? PageResults.Show<GuidePage, GuideModel>(PageContexts.Of(http), model)
            : TypedResults.NotFound();

    private static async Task<IResult> TrackAsync(PublicDesk desk, HttpContext http, string? number, string? code)
    {
        var model = await desk.TrackAsync(number, code);
        http.Response.Headers.CacheControl = "no-store";
        return PageResults.Show<TrackPage, TrackModel>(
            PageContexts.Of(http),
            model,
            model.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound
        );
    }

    private static async Task<IResult> RegisterAsync(PublicDesk desk, HttpContext http, string? town, string? before) =>
        PageResults.Show<RegisterPage, RegisterModel>(PageContexts.Of(http), await desk.RegisterAsync(town, before));
}
