using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TownReform.Silo.Web.Public;

/// <summary>Pages for anybody: services, and what the site says of itself. No cookies, no forms that command.</summary>
internal static class PublicPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", HomeAsync);
    }

    private static async Task<IResult> HomeAsync(IGrainFactory grains, HttpContext http, string? q, string? town)
    {
        var towns = await TownsRead.AllAsync(grains);
        return PageResults.Show<HomePage, HomeModel>(PageContexts.Of(http), HomeModel.Of(towns, q, town));
    }
}
