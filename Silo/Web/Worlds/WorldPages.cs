using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Simulations;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Web.Worlds;

/// <summary>The live pages in a simulated world that a run has held: the same work and case files, and nothing that could be
/// done.</summary>
internal static class WorldPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(HeldAddress.Pages).ExcludeFromDescription().ForSignedIn(AccountKind.Operator, AccountKind.Leader);
        pages.MapGet("/{world}", WorldAsync).InHeldWorlds();
    }

    private static async Task<IResult> WorldAsync(TownCalls town, HttpContext http)
    {
        if (town.Held is not { } held)
        {
            return TypedResults.NotFound();
        }

        var totals = await TownCalls.AskAsync(town.Index.CountAsync);
        var towns = ImmutableArray.CreateBuilder<WorldTown>();
        foreach (var directory in (await TownsRead.AllAsync(town.Grains)).Where(one => totals.Any(total => total.Town == one.Town)))
        {
            towns.Add(await TownAsync(town, directory, totals, held.Now));
        }

        return PageResults.Show<WorldPage, WorldModel>(PageContexts.WithForms(http), new(town.World, held.Now, towns.ToImmutable()));
    }

    private static async Task<WorldTown> TownAsync(
        TownCalls town,
        TownDirectory directory,
        ImmutableArray<CaseTotal> totals,
        DateTimeOffset now
    )
    {
        var offices = await Task.WhenAll(directory.Offices.Select(office => OfficeAsync(town, directory, office, now)));
        var names = TownNames.Of(directory);
        return new(
            directory.Name,
            [.. offices],
            [
                .. totals
                    .Where(total => total.Town == directory.Town)
                    .GroupBy(total => total.Procedure)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new WorldCount(
                        names.ProcedureName(group.Key),
                        group.Where(one => one.Disposition == Disposition.Open).Sum(one => one.Cases),
                        group.Where(one => one.Disposition != Disposition.Open).Sum(one => one.Cases)
                    )),
            ],
            directory.Items
        );
    }

    private static async Task<WorldOffice> OfficeAsync(TownCalls town, TownDirectory directory, ListedOffice office, DateTimeOffset now)
    {
        var room = OfficeRoom.LookedInto(town.World, [directory], office, now);
        var workplace = room.WorkplaceGrain(town.Grains);
        async Task<int> CountAsync(InboxQuery query) =>
            (await TownCalls.SendAsync(() => workplace.InboxAsync(query with { Take = 1 }))).Value?.Counts.Total ?? 0;
        return new(room.Path(), office.Name, await CountAsync(new()), await CountAsync(new(Overdue: true)));
    }
}
