using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Silo.Simulations;

/// <summary>An order of a run.</summary>
/// <param name="Scenario">Code of a scenario in the silo's seeds, such as <c>first-year</c>.</param>
/// <param name="Seed">Random seed; the same order and seed give the same results.</param>
/// <param name="Replications">How often it is run, with other citizens each time.</param>
/// <param name="Label">What whoever orders it calls it.</param>
/// <param name="Changes">What takes the place of the scenario's own.</param>
/// <param name="HoldOn">Day on whose morning virtual time stands still, so that the world can be looked into; null: it runs to its
/// end.</param>
internal sealed record SimulationRequest(
    string Scenario,
    int Seed = 1,
    int Replications = 1,
    string? Label = null,
    SimulationChanges? Changes = null,
    DateOnly? HoldOn = null
)
{
    /// <summary>In the middle of the morning, when offices are open.</summary>
    private static readonly TimeOnly HoldHour = new(10, 30);

    private const int LongestLabel = 80;

    /// <summary>Name of the field of a value of the scenario, before its path.</summary>
    public const string ValueField = "changes.values.";

    private IEnumerable<KeyValuePair<string, string>> Routes => Changes?.Procedures ?? Enumerable.Empty<KeyValuePair<string, string>>();

    private IEnumerable<KeyValuePair<string, string>> Values => Changes?.Values ?? Enumerable.Empty<KeyValuePair<string, string>>();

    public SimulationOrder Order(int parallel) =>
        new(
            Scenario: Scenario,
            Seed: Seed,
            Replications: Replications,
            Routes: [.. Routes.Select(route => new Field(route.Key, route.Value))],
            DemandScale: Changes?.Demand,
            Pace: Changes?.Pace,
            Parallel: parallel,
            HoldAt: HoldOn?.ToDateTime(HoldHour),
            Values: [.. Values.Select(value => new Field(value.Key, value.Value))]
        );

    /// <summary>What is wrong with it, by the name of the field.</summary>
    /// <returns>Nothing when it can be run.</returns>
    public ImmutableSortedDictionary<string, Words> Faults(SeedLibrary seeds)
    {
        var faults = ImmutableSortedDictionary.CreateBuilder<string, Words>(StringComparer.Ordinal);
        var known = ScenarioLoader.List(seeds);
        if (!known.Contains(Scenario))
        {
            faults["scenario"] = OneOf("情景", "scenario", Scenario, known);
        }

        Between(faults, "seed", "种子", Seed, 0, int.MaxValue);
        Between(faults, "replications", "重复次数", Replications, 1, HoldOn is null ? RunBounds.MostReplications : 1);
        Between(faults, "changes.demand", "需求倍数", Changes?.Demand ?? 1, RunBounds.LeastFactor, RunBounds.MostFactor);
        Between(faults, "changes.pace", "速度倍数", Changes?.Pace ?? 1, RunBounds.LeastFactor, RunBounds.MostFactor);
        if (Label is { } label && (label.Length > LongestLabel || label.Any(char.IsControl)))
        {
            faults["label"] = new(
                $"名称至多 {LongestLabel} 个字，不含控制字符。",
                $"A label has at most {LongestLabel} characters, none of control."
            );
        }

        foreach (var (kind, procedure) in Routes)
        {
            var able = seeds.Procedures.Values.Where(p => p.Kinds.Contains(kind)).Select(p => p.Code).Order(StringComparer.Ordinal);
            if (!Subject.Item.Kinds.Contains(kind))
            {
                faults["changes.procedures"] = OneOf("事项类别", "kind of item", kind, Subject.Item.Kinds);
            }
            else if (!able.Contains(procedure))
            {
                faults["changes.procedures"] = OneOf("程序", "procedure", procedure, able);
            }
        }

        return faults.Count == 0 ? Loaded(seeds) : faults.ToImmutable();
    }

    // The scenario's own faults, and the days that it has.
    private ImmutableSortedDictionary<string, Words> Loaded(SeedLibrary seeds)
    {
        var faults = ImmutableSortedDictionary.CreateBuilder<string, Words>(StringComparer.Ordinal);
        try
        {
            var scenario = SimulationOrders.Load(seeds, Order(1));
            Between(faults, ValueField + "demand_scale", "需求倍数", scenario.DemandScale, RunBounds.LeastFactor, RunBounds.MostFactor);
            Between(faults, ValueField + "pace", "速度倍数", scenario.Pace, RunBounds.LeastFactor, RunBounds.MostFactor);
            if (HoldOn is { } day && (day <= scenario.From || day > scenario.Until))
            {
                faults["holdOn"] = new(
                    $"停留日须在 {scenario.From.AddDays(1):O} 至 {scenario.Until:O} 之间，不能是 {day:O}。",
                    $"The day to hold on is from {scenario.From.AddDays(1):O} to {scenario.Until:O}, not {day:O}."
                );
            }
        }
        catch (SeedException e)
        {
            foreach (var fault in e.Faults.Reverse())
            {
                var (field, because) = Told(fault);
                faults[field] = because;
            }
        }

        return faults.ToImmutable();
    }

    private static Words OneOf(string zh, string en, string given, IEnumerable<string> known)
    {
        var list = string.Join(", ", known);
        return new($"没有{zh}“{Told(given)}”；现有：{list}。", $"There is no {en} '{Told(given)}'; there are: {list}.");
    }

    private static void Between(
        ImmutableSortedDictionary<string, Words>.Builder faults,
        string field,
        string zh,
        double given,
        double least,
        double most
    )
    {
        if (!(given >= least && given <= most))
        {
            faults[field] = new(
                FormattableString.Invariant($"{zh}须在 {least} 至 {most} 之间，不能是 {given}。"),
                FormattableString.Invariant($"{field} is from {least} to {most}, not {given}.")
            );
        }
    }

    // What was changed has lines of its own; what no longer goes with it stands in the file.
    private (string Field, Words Because) Told(SeedFault fault)
    {
        if (!Values.Any())
        {
            return ("scenario", FaultWords.Of(fault));
        }

        var isChanged = Values.Any(value => value.Key == fault.Field || IsWithin(fault.Field, value.Key));
        return (ValueField + fault.Field, isChanged ? FaultWords.Within(fault) : FaultWords.Of(fault));
    }

    /// <summary>Whether a path leads on from another, as <c>leave.taken</c> from <c>leave</c> and <c>weekday[0]</c> from <c>weekday</c>.
    /// </summary>
    public static bool IsWithin(string path, string of) =>
        path.Length > of.Length && path.StartsWith(of, StringComparison.Ordinal) && path[of.Length] is '.' or '[';

    private static string Told(string given) => Grains.Rules.Texts.Characters.Told(given);
}

/// <summary>What an order puts in place of the scenario's own.</summary>
/// <param name="Procedures">Procedures by kind of item, such as <c>permit</c>: <c>permit-by-county</c>; by a county's route the powers of
/// that kind stay with the county.</param>
/// <param name="Demand">Factor on the number of cases.</param>
/// <param name="Pace">Factor on the speed of work.</param>
/// <param name="Values">Values of the scenario by their path, as YAML: <c>leave.taken</c>: <c>0.5</c>; an empty one takes a key away that
/// need not be there. The paths are those of <c>seeds/schema/scenario.schema.json</c>.</param>
internal sealed record SimulationChanges(
    ImmutableSortedDictionary<string, string>? Procedures = null,
    double? Demand = null,
    double? Pace = null,
    ImmutableSortedDictionary<string, string>? Values = null
);
