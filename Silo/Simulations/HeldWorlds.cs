using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web;

namespace TownReform.Silo.Simulations;

/// <summary>
/// Worlds that a run has held, below <c>/worlds/{w}</c> and <c>/api/v1/worlds/{w}</c>: the live town's own endpoints, asked about another
/// world. An endpoint says itself that it can be (<see cref="WorldReads.InHeldWorlds"/>); nothing is written there.
/// </summary>
internal static class HeldWorlds
{
    /// <summary>Reads the world out of the address, so that the rest of it finds the endpoint. Comes before routing.</summary>
    public static async Task ReadAddressAsync(HttpContext http, RequestDelegate next)
    {
        if (HeldAddress.Of(http.Request.Path) is not { } address)
        {
            await next(http);
            return;
        }

        var (root, path) = (http.Request.PathBase, http.Request.Path);
        http.Features.Set(address);
        (http.Request.PathBase, http.Request.Path) = (root + address.Prefix, address.Rest);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.PathBase, http.Request.Path) = (root, path);
        }
    }

    /// <summary>Lets operators and leaders into a held world. Comes after it is known who asks; to all others there is no such
    /// world.</summary>
    public static async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<HeldAddress>() is not { } address)
        {
            await next(http);
            return;
        }

        var who = Requester.Of(http);
        if (who.IsAnonymous)
        {
            await SignInFirst.Ask(http).ExecuteAsync(http);
        }
        else if (!SimulationDoor.MayRead(who) || http.RequestServices.GetService<SimulationRuns>()?.Holds(address.World) != true)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else
        {
            await EnterAsync(http, address);
            await AnswerAsync(http, next);
        }
    }

    private static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return RefuseAsync(http);
        }

        if (http.GetEndpoint() is { } found && found.Metadata.GetMetadata<ReadInWorlds>() is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(http);
    }

    private static Task RefuseAsync(HttpContext http) =>
        ApiEndpoints.IsAsked(http)
            ? http.SayAsync(StatusCodes.Status405MethodNotAllowed, WorldReads.OnlyLookedInto)
            : FaultPages.ShowAsync(http, StatusCodes.Status405MethodNotAllowed);

    private static async Task EnterAsync(HttpContext http, HeldAddress address)
    {
        var (grains, seeds) = (
            http.RequestServices.GetRequiredService<IGrainFactory>(),
            http.RequestServices.GetRequiredService<SeedLibrary>()
        );
        var time = await TownCalls.AskAsync(() => grains.GetGrain<ICaseIndexGrain>(address.World).TimeAsync());
        var zone = seeds.Towns.OrderBy(town => town.Key, StringComparer.Ordinal).First().Value.TimeZone.Id;
        http.RequestServices.GetRequiredService<RequestWorld>()
            .Enter(address.World, new HeldMoment(time.Now, zone, address.Place, $"{HeldAddress.Pages}/{address.World}"));
    }
}
