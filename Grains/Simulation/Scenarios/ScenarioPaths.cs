using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The paths of a scenario's values, such as <c>work.review.median</c>: what an order may put another value at.</summary>
public static class ScenarioPaths
{
    /// <summary>The first key of a path that a scenario can't have, with those that it can have there.</summary>
    /// <returns>Null when each key of the path can be there.</returns>
    public static (string Key, ImmutableArray<string> Known)? Unknown(SeedLibrary seeds, string path)
    {
        var keys = path.Split('.');
        SeedType type = ScenarioShape.Root;
        for (var i = 0; i < keys.Length; i++)
        {
            ImmutableArray<string> known = type switch
            {
                Shape shape => [.. shape.Keys.Select(key => key.Name)],
                MapType => KnownIn(seeds, keys[..i]),
                _ => [],
            };
            if (type is not MapType { KeyType: var free } ? !known.Contains(keys[i]) : !IsKey(free, known, keys[i]))
            {
                return (keys[i], known);
            }

            type = type switch
            {
                Shape shape => shape.Keys.First(key => key.Name == keys[i]).Type,
                MapType map => map.Item,
                _ => type,
            };
        }

        return null;
    }

    private static bool IsKey(ScalarType type, ImmutableArray<string> known, string key) =>
        known.IsEmpty ? type.Accepts(key) : known.Contains(key);

    // Empty where the scenario is free to name what it likes.
    private static ImmutableArray<string> KnownIn(SeedLibrary seeds, string[] path) =>
        path switch
        {
            ["towns"] or ["people"] or ["kept_by_county"] => [.. seeds.Towns.Keys.Order(StringComparer.Ordinal)],
            ["people", var town] when seeds.Towns.TryGetValue(town, out var plan) => WhatIfChecks.Offices(plan),
            ["people", var town, var office] when seeds.Towns.TryGetValue(town, out var plan) => ChangedPeople.Roles(
                plan,
                office,
                plan.PlanDate
            ),
            ["work"] => Ordered(seeds.Procedures.Values.SelectMany(p => p.Steps.Values).Select(s => s.Work).OfType<string>()),
            ["behaviour"] => Ordered(seeds.Procedures.Keys),
            ["behaviour", var code] when seeds.Procedures.TryGetValue(code, out var procedure) => Ordered(
                procedure.Steps.Keys.Append(ScenarioShape.Opening)
            ),
            ["routes"] => [.. Rules.Cases.Subject.Item.Kinds],
            _ => [],
        };

    private static ImmutableArray<string> Ordered(IEnumerable<string> codes) => [.. codes.Distinct().Order(StringComparer.Ordinal)];
}
