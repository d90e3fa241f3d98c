using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Turns an order into the scenario that is run.</summary>
public static class SimulationOrders
{
    private const string Absent = "–";

    /// <summary>The ordered scenario, with the order's own routes and factors.</summary>
    /// <exception cref="SeedException">The scenario is broken, or a route names an unknown kind or procedure.</exception>
    public static Scenario Load(SeedLibrary seeds, SimulationOrder order)
    {
        var scenario = ScenarioLoader.Load(seeds, order.Scenario, order.Changes);
        var routes = scenario.Routes.ToDictionary();
        foreach (var (kind, procedure) in order.Routes)
        {
            if (!routes.ContainsKey(kind) || !seeds.Procedures.TryGetValue(procedure, out var known) || !known.Kinds.Contains(kind))
            {
                throw new SeedException([
                    new SeedFault(
                        "--procedure",
                        0,
                        kind,
                        $"KIND=PROCEDURE with a kind of {string.Join(", ", routes.Keys.Order(StringComparer.Ordinal))} and a "
                            + "procedure that takes it",
                        $"'{kind}={procedure}'"
                    ),
                ]);
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

    /// <summary>The seeds from which a run's worlds are founded: with the people whom the scenario asks for.</summary>
    public static (SeedLibrary Seeds, ImmutableArray<PeopleChange> People) SeedsOf(SeedLibrary seeds, Scenario scenario) =>
        ChangedPeople.Of(seeds, scenario.People, scenario.From);

    /// <summary>What the order puts in place of the scenario's own, by path; what it repeats is no change.</summary>
    public static ImmutableArray<RunOverride> Overrides(SeedLibrary seeds, SimulationOrder order)
    {
        var scenario = ScenarioLoader.Load(seeds, order.Scenario, order.Changes);
        return
        [
            .. order
                .Routes.OrderBy(r => r.Name, StringComparer.Ordinal)
                .Select(r => new RunOverride($"routes.{r.Name}", Told(scenario.Routes[r.Name]), r.Value)),
            .. Factor("demand_scale", scenario.DemandScale, order.DemandScale),
            .. Factor("pace", scenario.Pace, order.Pace),
            .. Values(seeds, order),
        ];
    }

    private static IEnumerable<RunOverride> Values(SeedLibrary seeds, SimulationOrder order)
    {
        if (order.Changes.IsEmpty)
        {
            return [];
        }

        var (was, now) = (Of([]), Of(order.Changes));
        return from path in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            let before = was.GetValueOrDefault(path, Absent)
            let after = now.GetValueOrDefault(path, Absent)
            where before != after
            select new RunOverride(path, before, after);

        Dictionary<string, string> Of(ImmutableArray<Field> values) =>
            ScenarioFiles.Values(seeds, order.Scenario, values).ToDictionary(value => value.Path, value => value.Value);
    }

    private static IEnumerable<RunOverride> Factor(string path, double was, double? now) =>
        now is { } given && given != was
            ? [new(path, was.ToString(CultureInfo.InvariantCulture), given.ToString(CultureInfo.InvariantCulture))]
            : [];

    private static string Told(ImmutableArray<Route> routes) =>
        string.Join(
            ", ",
            routes.Select(r =>
                r.Procedure
                + (r.Share < 1 ? $" ({r.Share.ToString(CultureInfo.InvariantCulture)})" : "")
                + (r.If.IsEmpty ? "" : $" if {string.Join(", ", r.If)}")
            )
        );

    /// <summary>Kinds whose powers stay with the county because all of their cases take its route.</summary>
    /// <param name="scenario">As it is run, with the order's own routes.</param>
    public static ImmutableArray<string> Without(SeedLibrary seeds, Scenario scenario) =>
        [
            .. scenario
                .Routes.Where(r => r.Key != ItemKinds.Retained && r.Value.All(route => seeds.Procedures[route.Procedure].Route == "county"))
                .Select(r => r.Key)
                .Order(StringComparer.Ordinal),
        ];
}
