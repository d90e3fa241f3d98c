using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Simulations;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Simulate;

/// <summary>Pages of operators: runs of scenarios, how far they are, what they came to. Leaders read.</summary>
internal static class SimulatePages
{
    private const string Root = "/simulate";

    private static readonly ImmutableSortedDictionary<string, Words> NoFaults = ImmutableSortedDictionary<string, Words>.Empty;

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Root).ExcludeFromDescription().ForSignedIn(AccountKind.Operator, AccountKind.Leader);
        pages.MapGet("", List);
        pages.MapGet("/compare", Compare);
        pages.MapGet("/{run}", Run);
        pages.MapGet("/{run}/events", Events);
        pages.MapGet("/{run}/files/{name}", ResultFile);
        pages.MapGet("/{run}/charts/{chart}.{words}.svg", Chart);
        var orders = app.MapGroup(Root).ExcludeFromDescription().ForSignedIn(AccountKind.Operator);
        orders.MapPost("", OrderAsync).DisableAntiforgery();
        orders.MapPost("/{run}/end", EndAsync).DisableAntiforgery();
    }

    private static IResult List([AsParameters] SimulationAsk ask, SeedLibrary seeds, string? scenario, string? @as) =>
        Show(ask, seeds, SimulateForm.Fresh(seeds, scenario, @as), NoFaults, NewKey());

    private static async Task<IResult> OrderAsync([AsParameters] SimulationAsk ask, SeedLibrary seeds)
    {
        var sent = await SentForm.ReadAsync(ask.Http);
        var (sentFields, key) = (SimulateForm.Typed(sent.Form), sent[SimulateForm.Key]);
        var fresh = SimulateForm.Fresh(seeds, sentFields.GetValueOrDefault(SimulateForm.Scenario), null);
        var typed = fresh.SetItems(sentFields);
        if (ask.WhyNot(orders: true) is not null)
        {
            return TypedResults.NotFound();
        }

        if (!sent.IsOurs || key.Length is 0 or > IdempotencyKey.Longest)
        {
            return Show(ask, seeds, typed, NoFaults.Add("scenario", SentForm.Aged), NewKey(), StatusCodes.Status422UnprocessableEntity);
        }

        var (request, faults) = SimulateForm.Read(typed, seeds);
        if (request is null)
        {
            return Show(ask, seeds, typed, faults, key, StatusCodes.Status422UnprocessableEntity);
        }

        var id = SimulationsApi.IdOf(new IdempotencyKey(key).CommandOf(ask.Who.AccountId!));
        return ask.Runs.Order(id, request, ask.Who.AccountId!) is { } run
            ? new SeeOther($"{Root}/{run.Id}")
            : Show(ask, seeds, typed, faults.Add("scenario", SimulationRuns.Full), key, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> EndAsync([AsParameters] SimulationAsk ask, string run)
    {
        var sent = await SentForm.ReadAsync(ask.Http);
        if (ask.WhyNot(orders: true) is not null || ask.Runs.Find(run) is null)
        {
            return TypedResults.NotFound();
        }

        // From a page that has grown old nothing is done: the run is shown again.
        if (!sent.IsOurs)
        {
            return new SeeOther($"{Root}/{run}");
        }

        ask.Runs.End(run);
        return new SeeOther(Root);
    }

    private static IResult Run([AsParameters] SimulationAsk ask, SimulationFolder folder, string run) =>
        Known(
            ask,
            run,
            found =>
                PageResults.Show<RunPage, RunModel>(
                    PageContexts.WithForms(ask.Http),
                    RunModel.Of(
                        found,
                        ask.Runs.Ahead(found),
                        found.HasResults ? SummaryJson.Read(folder.Of(found.Id)) : null,
                        SimulationDoor.MayOrder(ask.Who)
                    )
                )
        );

    // A browser that asks again for what is over is told that there is no more to come.
    private static IResult Events([AsParameters] SimulationAsk ask, IHostApplicationLifetime lifetime, string run) =>
        Known(
            ask,
            run,
            found =>
                found.IsOver && ask.Http.Request.Headers.ContainsKey("Last-Event-ID")
                    ? TypedResults.NoContent()
                    : TypedResults.ServerSentEvents(
                        SimulationEvents.FollowAsync(
                            ask.Runs,
                            found.Id,
                            SimulationEvents.Change,
                            lifetime.ApplicationStopping,
                            ask.Http.RequestAborted
                        )
                    )
        );

    private static IResult ResultFile([AsParameters] SimulationAsk ask, SimulationFolder folder, string run, string name) =>
        Known(
            ask,
            run,
            found =>
                found.Files.Contains(name)
                    ? TypedResults.PhysicalFile(
                        Path.Combine(folder.Of(found.Id), name),
                        name == RunFiles.Cases ? "text/csv" : "application/json",
                        $"{found.Id}-{name}"
                    )
                    : TypedResults.NotFound()
        );

    private static IResult Chart([AsParameters] SimulationAsk ask, SimulationFolder folder, string run, string chart, string words) =>
        Known(
            ask,
            run,
            found =>
            {
                if (!found.HasResults || RunCharts.All.FirstOrDefault(one => one.Code == chart) is not { } drawn)
                {
                    return TypedResults.NotFound();
                }

                // A drawing has its style in itself, and nothing else.
                ask.Http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
                ask.Http.Response.Headers.CacheControl = "private, max-age=3600";
                var svg = RunCharts.Draw(drawn, SummaryJson.Read(folder.Of(found.Id)), words == "zh");
                return TypedResults.Text(svg, "image/svg+xml", Encoding.UTF8);
            }
        );

    private static IResult Compare([AsParameters] SimulationAsk ask, SimulationFolder folder, [FromQuery] string[] run)
    {
        var chosen = run.Select(ask.Runs.Find).OfType<SimulationRun>().Where(one => one.HasResults).ToArray();
        if (ask.WhyNot(orders: false) is not null || chosen.Length != 2)
        {
            return chosen.Length == 2 ? TypedResults.NotFound() : new SeeOther(Root);
        }

        var (a, b) = (folder.Of(chosen[0].Id), folder.Of(chosen[1].Id));
        var comparison = RunComparison.Of(SummaryJson.Read(a), SummaryJson.Read(b), Inputs(a), Inputs(b));
        return PageResults.Show<ComparePage, CompareModel>(
            PageContexts.WithForms(ask.Http),
            new CompareModel(comparison, chosen[0].Id, chosen[1].Id)
        );
    }

    private static RunInputs? Inputs(string folder) => RunInputs.Read(Path.Combine(folder, RunInputs.FileName));

    private static IResult Show(
        SimulationAsk ask,
        SeedLibrary seeds,
        ImmutableDictionary<string, string> typed,
        ImmutableSortedDictionary<string, Words> faults,
        string key,
        int status = StatusCodes.Status200OK
    ) =>
        PageResults.Show<SimulatePage, SimulateModel>(
            PageContexts.WithForms(ask.Http),
            new SimulateModel
            {
                Runs = [.. ask.Runs.List().Select(run => RunLine.Of(run, ask.Runs.Ahead(run)))],
                Scenarios =
                [
                    .. ScenarioLoader
                        .List(seeds)
                        .Select(code => ScenarioLoader.Load(seeds, code))
                        .Select(s => new ScenarioChoice(s.Code, s.Name, s.From, s.Until)),
                ],
                Routes = [.. Routes(seeds)],
                Typed = typed,
                Faults = faults,
                MayOrder = SimulationDoor.WhyNot(ask.Who, ask.Settings, orders: true) is null,
                Key = key,
            },
            status
        );

    private static IEnumerable<RouteChoice> Routes(SeedLibrary seeds) =>
        from kind in Subject.Item.Kinds
        let able = seeds.Procedures.Values.Where(p => p.Kinds.Contains(kind)).OrderBy(p => p.Code, StringComparer.Ordinal).ToArray()
        where able.Length > 1
        select new RouteChoice(kind, TermWords.Kind(kind), [.. able.Select(p => new PageLink(p.Code, p.Name))]);

    private static IResult Known(SimulationAsk ask, string run, Func<SimulationRun, IResult> answer) =>
        ask.WhyNot(orders: false) is null && ask.Runs.Find(run) is { } found ? answer(found) : TypedResults.NotFound();

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
