using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Simulations;

namespace TownReform.Silo.Web.Simulate;

/// <summary>Reads the form by which a run is ordered.</summary>
internal static class SimulateForm
{
    public const string Key = "key",
        Route = "route.";

    private static readonly ImmutableArray<string> Names =
    [
        "scenario",
        "seed",
        "replications",
        "label",
        "holdOn",
        "changes.demand",
        "changes.pace",
    ];

    /// <summary>What a fresh form shows.</summary>
    public static ImmutableDictionary<string, string> Fresh { get; } =
        new Dictionary<string, string>
        {
            ["scenario"] = ScenarioLoader.Default,
            ["seed"] = "1",
            ["replications"] = "1",
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>What was typed.</summary>
    public static ImmutableDictionary<string, string> Typed(IFormCollection form) =>
        form.Where(field => Names.Contains(field.Key) || field.Key.StartsWith(Route, StringComparison.Ordinal))
            .ToImmutableDictionary(field => field.Key, field => field.Value.ToString().Trim(), StringComparer.Ordinal);

    /// <summary>The order that was typed; null with what is wrong by field.</summary>
    public static (SimulationRequest? Request, ImmutableSortedDictionary<string, Words> Faults) Read(
        ImmutableDictionary<string, string> typed,
        SeedLibrary seeds
    )
    {
        var faults = ImmutableSortedDictionary.CreateBuilder<string, Words>(StringComparer.Ordinal);
        var routes = typed
            .Where(field => field.Key.StartsWith(Route, StringComparison.Ordinal) && field.Value.Length > 0)
            .ToImmutableSortedDictionary(field => field.Key[Route.Length..], field => field.Value, StringComparer.Ordinal);
        var request = new SimulationRequest(
            Scenario: typed.GetValueOrDefault("scenario", ""),
            Seed: Whole(typed, "seed", faults) ?? 1,
            Replications: Whole(typed, "replications", faults) ?? 1,
            Label: typed.GetValueOrDefault("label") is { Length: > 0 } label ? label : null,
            Changes: new SimulationChanges(
                routes.IsEmpty ? null : routes,
                Factor(typed, "changes.demand", faults),
                Factor(typed, "changes.pace", faults)
            ),
            HoldOn: Day(typed, faults)
        );
        var found = faults.Count > 0 ? faults.ToImmutable() : request.Faults(seeds);
        return (found.IsEmpty ? request : null, found);
    }

    private static int? Whole(
        ImmutableDictionary<string, string> typed,
        string name,
        ImmutableSortedDictionary<string, Words>.Builder faults
    )
    {
        if (typed.GetValueOrDefault(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            faults[name] = new($"须为整数，不能是“{text}”。", $"A whole number, not '{text}'.");
        }

        return number;
    }

    private static double? Factor(
        ImmutableDictionary<string, string> typed,
        string name,
        ImmutableSortedDictionary<string, Words>.Builder faults
    )
    {
        if (typed.GetValueOrDefault(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor))
        {
            faults[name] = new($"须为数（如 1.3），不能是“{text}”。", $"A number such as 1.3, not '{text}'.");
        }

        return factor;
    }

    private static DateOnly? Day(ImmutableDictionary<string, string> typed, ImmutableSortedDictionary<string, Words>.Builder faults)
    {
        if (typed.GetValueOrDefault("holdOn") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            faults["holdOn"] = new($"须为日期，如 2019-06-03，不能是“{text}”。", $"A day such as 2019-06-03, not '{text}'.");
        }

        return day;
    }
}
