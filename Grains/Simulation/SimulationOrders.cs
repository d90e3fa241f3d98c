using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>Turns an order into the scenario that is run.</summary>
public static class SimulationOrders
{
    /// <summary>The ordered scenario, with the order's own routes and factors.</summary>
    /// <exception cref="SeedException">The scenario is broken, or a route names an unknown kind or procedure.</exception>
    public static Scenario Load(SeedLibrary seeds, SimulationOrder order)
    {
        var scenario = ScenarioLoader.Load(seeds, order.Scenario);
        var routes = scenario.Routes.ToDictionary();
        foreach (var (kind, procedure) in order.Routes)
        {
            if (!routes.ContainsKey(kind) || !seeds.Procedures.TryGetValue(procedure, out var known) || !known.Kinds.Contains(kind))
            {
                throw new SeedException([new SeedFault("--procedure", 0, kind, $"KIND=PROCEDURE with a kind of {string.Join(", ", routes.Keys.Order(StringComparer.Ordinal))} and a procedure that takes it", $"'{kind}={procedure}'")]);
            }

            routes[kind] = [new Route(procedure, 1, [])];
        }

        return scenario with
        {
            Routes = routes.ToFrozenDictionary(StringComparer.Ordinal),
            DemandScale = order.DemandScale ?? scenario.DemandScale,
            Pace = order.Pace ?? scenario.Pace,
        };
    }

    /// <summary>Kinds whose powers stay with the county because the run takes them by the county's route.</summary>
    public static ImmutableArray<string> Without(SeedLibrary seeds, SimulationOrder order) =>
        [.. order.Routes.Where(r => r.Name != SubjectKinds.Retained && seeds.Procedures[r.Value].Route == "county").Select(r => r.Name)];
}
