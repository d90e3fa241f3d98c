using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
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
    private static readonly Actor Onlooker = new("-", "-");

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/worlds/{world}").ExcludeFromDescription().ForSignedIn(AccountKind.Operator, AccountKind.Leader);
        pages.MapGet("", WorldAsync);
        pages.MapGet("/{place}/o/{office}", WorkAsync);
        pages.MapGet("/{place}/o/{office}/cases/{number}", CaseFileAsync);
    }

    private static async Task<IResult> WorldAsync([AsParameters] SimulationAsk ask, TownCalls live, string world)
    {
        if (!IsHeld(ask, world))
        {
            return TypedResults.NotFound();
        }

        var town = live.In(world);
        var (now, totals) = (await town.Index.TimeAsync(), await town.Index.CountAsync());
        var towns = ImmutableArray.CreateBuilder<WorldTown>();
        foreach (var directory in (await TownsRead.AllAsync(live.Grains)).Where(one => totals.Any(total => total.Town == one.Town)))
        {
            towns.Add(await TownAsync(town, directory, totals, now.Now));
        }

        return PageResults.Show<WorldPage, WorldModel>(
            Context(ask, world, now.Now, towns[0].Zone),
            new(world, now.Now, towns.ToImmutable())
        );
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
            directory.TimeZone,
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
            ]
        );
    }

    private static async Task<WorldOffice> OfficeAsync(TownCalls town, TownDirectory directory, ListedOffice office, DateTimeOffset now)
    {
        var room = Room(town.World, directory, [directory], office, now);
        var workplace = room.WorkplaceGrain(town.Grains);
        async Task<int> CountAsync(InboxQuery query) =>
            (await TownCalls.SendAsync(() => workplace.InboxAsync(query with { Take = 1 }))).Value?.Counts.Total ?? 0;
        return new(room.Path(), office.Name, await CountAsync(new()), await CountAsync(new(Overdue: true)));
    }

    private static async Task<IResult> WorkAsync(
        [AsParameters] SimulationAsk ask,
        TownCalls live,
        CaseSubjects subjects,
        string world,
        string place,
        string office,
        [AsParameters] WorkQuery query
    )
    {
        if (await EnterAsync(ask, live, world, place, office) is not { } room)
        {
            return TypedResults.NotFound();
        }

        var shown = query.Tab is null ? query with { Tab = "office" } : query;
        return (await new WorkRead(live.In(world), subjects).ReadAsync(room, shown)).IsRefused(out var refusal, out var model)
            ? OfficeDoor.Refused(refusal)
            : PageResults.Show<WorkPage, WorkModel>(Context(ask, world, room.Now, room.Zone), model);
    }

    private static async Task<IResult> CaseFileAsync(
        [AsParameters] SimulationAsk ask,
        TownCalls live,
        string world,
        string place,
        string office,
        string number,
        [FromQuery] long? asOf
    )
    {
        if (await EnterAsync(ask, live, world, place, office) is not { } room)
        {
            return TypedResults.NotFound();
        }

        var town = live.In(world);
        return
            (await TownCalls.SendAsync(() => town.Case(number).ReadAsync())).IsRefused(out var refusal, out var now)
            || (await new CaseFileReading(town).ReadAsync(room, now, mayAct: false, asOf)).IsRefused(out refusal, out var file)
            ? OfficeDoor.Refused(refusal)
            : PageResults.Show<CaseFilePage, CaseFileModel>(Context(ask, world, room.Now, room.Zone), file);
    }

    // The office as its own people see it; null where there is none.
    private static async Task<OfficeRoom?> EnterAsync(SimulationAsk ask, TownCalls live, string world, string place, string office)
    {
        if (!IsHeld(ask, world))
        {
            return null;
        }

        var towns = (await TownsRead.AllAsync(live.Grains)).Where(one => one.Town == place || one.County == place).ToImmutableArray();
        var found = towns.SelectMany(one => one.Offices.Where(o => o.Code == office && o.Own == (one.Town == place))).FirstOrDefault();
        return found is null ? null : Room(world, towns[0], towns, found, (await live.In(world).Index.TimeAsync()).Now);
    }

    private static OfficeRoom Room(
        string world,
        TownDirectory town,
        ImmutableArray<TownDirectory> towns,
        ListedOffice office,
        DateTimeOffset now
    ) =>
        new(
            new Speaker(Onlooker, office.Name, Town: office.Own ? town.Town : null, County: office.Own ? null : town.County),
            office.Code,
            towns,
            now
        )
        {
            World = world,
        };

    private static bool IsHeld(SimulationAsk ask, string world) =>
        ask.WhyNot(orders: false) is null && ask.Runs.List().Any(run => run.World == world);

    private static PageContext Context(SimulationAsk ask, string world, DateTimeOffset now, string zone)
    {
        var page = PageContexts.WithForms(ask.Http) with { World = world };
        return page with
        {
            VirtualDay = page.Moment(now, zone),
            Rooms = [new($"/worlds/{world}", new("模拟世界", "Simulated world")), new("/simulate", new("模拟运行", "Simulations"))],
        };
    }
}
