using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Simulations;

/// <summary>A request about runs: who asks, and what this silo has.</summary>
internal sealed record SimulationAsk(HttpContext Http, Requester Who, SimulationSettings Settings, SimulationRuns Runs)
{
    /// <summary>Why they may not order, or read; null when they may.</summary>
    public IResult? WhyNot(bool orders) =>
        SimulationDoor.WhyNot(Who, Settings, orders) is { } no ? Http.Wrong(no.Status, no.Because) : null;

    /// <summary>Answers about a run; 404 where there is none.</summary>
    public IResult Known(string run, Func<SimulationRun, IResult> answer) =>
        WhyNot(orders: false) ?? (Runs.Find(run) is { } found ? answer(found) : Http.Unknown());

    public RunResource Show(SimulationRun run) => RunResource.Of(run, Runs.Ahead(run));
}
