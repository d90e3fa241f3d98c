using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Web;

namespace TownReform.Silo.Api;

/// <summary>What anybody may read: towns, the powers that they hold, procedures and what is filled in for them. Nothing of persons or
/// cases.</summary>
internal static class PublicApi
{
    private const string AnyTown = "-";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/towns", TownsAsync).WithName("ListTowns").WithSummary("All towns").Produces<TownResource[]>().InHeldWorlds();
        api.MapGet("/towns/{town}", TownAsync)
            .WithName("GetTown")
            .WithSummary("A town and its offices")
            .Answers<TownResource>()
            .InHeldWorlds();
        api.MapGet("/towns/{town}/items", ItemsAsync)
            .WithName("ListItems")
            .WithSummary("The town's list of powers and duties (权责清单) on a day")
            .Answers<ItemsResource>()
            .InHeldWorlds();
        api.MapGet("/procedures", ProceduresAsync)
            .WithName("ListProcedures")
            .WithSummary("All procedures in their present version")
            .Produces<ProcedureResource[]>()
            .InHeldWorlds();
        api.MapGet("/procedures/{procedure}/forms", FormsAsync)
            .WithName("GetForms")
            .WithSummary("What is filled in to open a case of a procedure, and for each of its acts")
            .Answers<ListedForms>()
            .InHeldWorlds();
    }

    private static async Task<Ok<TownResource[]>> TownsAsync(IGrainFactory grains) =>
        TypedResults.Ok((await TownsRead.AllAsync(grains)).Select(TownResource.Of).ToArray());

    private static async Task<IResult> TownAsync(IGrainFactory grains, HttpContext http, string town) =>
        (await KnownAsync(grains, town)).IsRefused(out var refusal, out var known)
            ? http.Refused(refusal)
            : TypedResults.Ok(TownResource.Of(known));

    private static async Task<IResult> ItemsAsync(
        TownCalls calls,
        HttpContext http,
        string town,
        [FromQuery] string? kind,
        [FromQuery] DateOnly? asOf
    )
    {
        if ((await KnownAsync(calls.Grains, town)).IsRefused(out var refusal, out var known))
        {
            return http.Refused(refusal);
        }

        var day = asOf ?? await TodayAsync(calls, known);
        var listing = await TownCalls.SendAsync(() => calls.Catalogue(known.Town).ListAsync(day));
        if (listing.IsRefused(out refusal, out var catalogue))
        {
            return http.Refused(refusal);
        }

        var standing = catalogue.Items.ToDictionary(holding => holding.Item, StringComparer.Ordinal);
        return TypedResults.Ok(
            new ItemsResource(
                known.Town,
                catalogue.Day,
                [
                    .. known
                        .Items.Where(item => kind is null || item.Kind == kind)
                        .Select(item => Item(item, standing.GetValueOrDefault(item.Code))),
                ]
            )
        );
    }

    private static ItemResource Item(ListedItem item, PowerHolding? holding) =>
        new(
            item.Code,
            item.Name,
            item.Kind,
            item.Retained,
            holding?.Standing ?? PowerStanding.NotHeld,
            holding?.Since,
            holding?.Version ?? 0
        );

    private static async Task<Ok<ProcedureResource[]>> ProceduresAsync(IGrainFactory grains)
    {
        var codes = await Directory(grains, AnyTown).TownsAsync();
        var any = codes.IsEmpty ? null : (await Directory(grains, codes[0]).ReadAsync()).Value;
        return TypedResults.Ok((any?.Procedures ?? []).Select(ProcedureResource.Of).ToArray());
    }

    private static async Task<IResult> FormsAsync(IGrainFactory grains, HttpContext http, string procedure) =>
        http.Answer(await Directory(grains, AnyTown).FormsAsync(procedure));

    private static async Task<Outcome<TownDirectory>> KnownAsync(IGrainFactory grains, string town) =>
        await TownsRead.FindAsync(grains, town) is { } known ? known : TownRefusals.Unknown(town);

    private static ITownDirectoryGrain Directory(IGrainFactory grains, string town) =>
        grains.GetGrain<ITownDirectoryGrain>(Address.Town(Address.Live, town));

    private static async Task<DateOnly> TodayAsync(TownCalls calls, TownDirectory town)
    {
        var now = (await TownCalls.AskAsync(calls.Index.TimeAsync)).Now;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(town.TimeZone)).DateTime);
    }
}
