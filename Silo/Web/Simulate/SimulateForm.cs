using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Simulations;

namespace TownReform.Silo.Web.Simulate;

/// <summary>Reads the form by which a run is ordered.</summary>
internal static class SimulateForm
{
    public const string Key = "key",
        Route = "route.",
        Scenario = "scenario",
        As = "as",
        Text = "text";

    private const int MostTold = 5;

    private static readonly ImmutableArray<string> Prefixes = [Route, SimulationRequest.ValueField];

    private static readonly ImmutableArray<string> Names = [Scenario, "seed", "replications", "label", "holdOn", As, Text];

    /// <summary>What a fresh form shows: the chosen scenario's own values.</summary>
    /// <param name="scenario">Its code; the first year's where there is no such scenario.</param>
    public static ImmutableDictionary<string, string> Fresh(SeedLibrary seeds, string? scenario, string? @as)
    {
        var code = scenario is not null && ScenarioLoader.List(seeds).Contains(scenario) ? scenario : ScenarioLoader.Default;
        var draft = ScenarioDraft.Of(seeds, code);
        return ScenarioControl
            .Filled.Select(control => KeyValuePair.Create(control.Name, draft.Part(control.Path)))
            .Append(new(Text, draft.Text))
            .Append(new(Scenario, code))
            .Append(new(As, @as == Text ? Text : ""))
            .Append(new("seed", "1"))
            .Append(new("replications", "1"))
            .ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>What was typed.</summary>
    public static ImmutableDictionary<string, string> Typed(IFormCollection form) =>
        form.Where(field => Names.Contains(field.Key) || Prefixes.Any(before => field.Key.StartsWith(before, StringComparison.Ordinal)))
            .ToImmutableDictionary(field => field.Key, field => Plain(field.Value.LastOrDefault()), StringComparer.Ordinal);

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
        var values = Values(typed, seeds, faults);
        var request = new SimulationRequest(
            Scenario: typed.GetValueOrDefault(Scenario, ""),
            Seed: Whole(typed, "seed", faults) ?? 1,
            Replications: Whole(typed, "replications", faults) ?? 1,
            Label: typed.GetValueOrDefault("label") is { Length: > 0 } label ? label : null,
            Changes: new SimulationChanges(routes.IsEmpty ? null : routes, Values: values.IsEmpty ? null : values),
            HoldOn: Day(typed, faults)
        );
        var found = faults.Count > 0 ? faults.ToImmutable() : request.Faults(seeds);
        return (found.IsEmpty ? request : null, AtControls(found));
    }

    // Only what differs from the chosen scenario; of its whole text, the keys that differ.
    private static ImmutableSortedDictionary<string, string> Values(
        ImmutableDictionary<string, string> typed,
        SeedLibrary seeds,
        ImmutableSortedDictionary<string, Words>.Builder faults
    )
    {
        var scenario = typed.GetValueOrDefault(Scenario, "");
        var none = ImmutableSortedDictionary<string, string>.Empty;
        if (!ScenarioLoader.List(seeds).Contains(scenario))
        {
            return none;
        }

        var draft = ScenarioDraft.Of(seeds, scenario);
        if (typed.GetValueOrDefault(As) != Text)
        {
            return ScenarioControl
                .Filled.Where(control => typed.TryGetValue(control.Name, out var now) && now != Plain(draft.Part(control.Path)))
                .ToImmutableSortedDictionary(control => control.Path, control => control.Yaml(typed), StringComparer.Ordinal);
        }

        var text = typed.GetValueOrDefault(Text, "");
        if (ScenarioLoader.FaultsOf(seeds, scenario, text) is { Count: > 0 } wrong)
        {
            var told = wrong.Take(MostTold).Select(FaultWords.Of).ToArray();
            faults[Text] = new(string.Join("；", told.Select(one => one.Zh)), string.Join("; ", told.Select(one => one.En)));
            return none;
        }

        return draft.ChangesIn(text).ToImmutableSortedDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
    }

    // A fault deep in a list is told at the control that the list is typed into; one of several values, at their group.
    private static ImmutableSortedDictionary<string, Words> AtControls(ImmutableSortedDictionary<string, Words> faults) =>
        faults
            .GroupBy(fault =>
                ScenarioControl.Filled.FirstOrDefault(c => c.Name == fault.Key || SimulationRequest.IsWithin(fault.Key, c.Name))?.Name
                ?? fault.Key
            )
            .ToImmutableSortedDictionary(
                at => at.Key,
                at => new Words(string.Join(" ", at.Select(one => one.Value.Zh)), string.Join(" ", at.Select(one => one.Value.En))),
                StringComparer.Ordinal
            );

    // Browsers send line ends of their own.
    private static string Plain(string? sent) => (sent ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

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
