using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Simulations;

/// <summary>Orders, follows and ends runs of scenarios: <c>/api/v1/simulations</c>.</summary>
internal static class SimulationsApi
{
    private const string ScenarioSchema = "schema/scenario.schema.json";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("", Order)
            .WithName("OrderSimulation")
            .WithSummary("Orders a run of a scenario; it waits until those before it have ended")
            .Produces<RunResource>(StatusCodes.Status202Accepted)
            .TakesJson();
        api.MapGet("", List).WithName("ListSimulations").WithSummary("The runs of this silo, the latest first").Produces<RunResource[]>();
        api.MapGet("/scenarios", Scenarios)
            .WithName("ListScenarios")
            .WithSummary("Scenarios that can be run")
            .Produces<ScenarioResource[]>();
        api.MapGet("/schema", Schema)
            .WithName("GetScenarioSchema")
            .WithSummary("JSON Schema of a scenario file")
            .Produces<JsonElement>(contentType: "application/schema+json");
        api.MapGet("/{run}", Get).WithName("GetSimulation").WithSummary("A run: how far it is, its result files").Produces<RunResource>();
        api.MapGet("/{run}/events", Events)
            .WithName("FollowSimulation")
            .WithSummary("How far a run is, as it goes on (server-sent events; each is a run)")
            .Produces<string>(contentType: "text/event-stream");
        api.MapGet("/{run}/files/{name}", ResultFile)
            .WithName("GetSimulationFile")
            .WithSummary("A result file: summary.json, cases.csv, events.ocel.json, inputs.json")
            .Produces<Stream>(contentType: "application/octet-stream");
        api.MapDelete("/{run}", End)
            .WithName("EndSimulation")
            .WithSummary("Cancels a run; one that is over goes away, with its results and its world")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Order([AsParameters] SimulationAsk ask, SeedLibrary seeds, IdempotencyKey key, SimulationRequest request)
    {
        if (ask.WhyNot(orders: true) is { } no)
        {
            return no;
        }

        foreach (var (field, because) in request.Faults(seeds))
        {
            return ask.Http.Wrong(StatusCodes.Status422UnprocessableEntity, because, field);
        }

        var command = key.CommandOf(ask.Who.AccountId!);
        var run = ask.Runs.Order(IdOf(command), request, ask.Who.AccountId!);
        return run is null ? ask.Http.Wrong(StatusCodes.Status503ServiceUnavailable, SimulationRuns.Full)
            : !SameOrder(run.Request, request) ? ask.Http.Refused(RecordingRefusals.CommandIdReused(command, "simulate"))
            : TypedResults.Accepted($"{ApiEndpoints.Root}/simulations/{run.Id}", ask.Show(run));
    }

    private static IResult List([AsParameters] SimulationAsk ask) =>
        ask.WhyNot(orders: false) ?? TypedResults.Ok(ask.Runs.List().Select(ask.Show).ToArray());

    private static IResult Scenarios([AsParameters] SimulationAsk ask, SeedLibrary seeds) =>
        ask.WhyNot(orders: false)
        ?? TypedResults.Ok(
            ScenarioLoader
                .List(seeds)
                .Select(code => ScenarioLoader.Load(seeds, code))
                .Select(s => new ScenarioResource(s.Code, s.Name, s.From, s.Until, s.OpensOn))
                .ToArray()
        );

    private static IResult Schema([AsParameters] SimulationAsk ask) =>
        ask.WhyNot(orders: false) ?? TypedResults.Text(SeedSchema.Files[ScenarioSchema], "application/schema+json", Encoding.UTF8);

    private static IResult Get([AsParameters] SimulationAsk ask, string run) => ask.Known(run, found => TypedResults.Ok(ask.Show(found)));

    private static IResult ResultFile([AsParameters] SimulationAsk ask, SimulationFolder folder, string run, string name) =>
        ask.Known(
            run,
            found =>
                found.Files.Contains(name)
                    ? TypedResults.PhysicalFile(
                        Path.Combine(folder.Of(found.Id), name),
                        name == RunFiles.Cases ? "text/csv" : "application/json",
                        name
                    )
                    : ask.Http.Unknown()
        );

    private static IResult Events([AsParameters] SimulationAsk ask, IHostApplicationLifetime lifetime, string run) =>
        ask.Known(
            run,
            found =>
                TypedResults.ServerSentEvents(
                    SimulationEvents.FollowAsync(
                        ask.Runs,
                        found.Id,
                        SimulationEvents.Progress,
                        lifetime.ApplicationStopping,
                        ask.Http.RequestAborted
                    )
                )
        );

    private static IResult End([AsParameters] SimulationAsk ask, string run) =>
        ask.WhyNot(orders: true)
        ?? ask.Known(
            run,
            found =>
            {
                ask.Runs.End(found.Id);
                return TypedResults.NoContent();
            }
        );

    // The same order under the same key is the same run, also when it is sent again.
    public static string IdOf(Guid command)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(command.ToByteArray(bigEndian: true)).AsSpan(0, 6));
        return FormattableString.Invariant($"run-{hash}");
    }

    private static bool SameOrder(SimulationRequest one, SimulationRequest other) =>
        JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);
}
