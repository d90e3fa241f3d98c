using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Reads a scenario, checked whole against the seeds: every town, item, procedure, step, act and field that it names is
/// there.</summary>
public static class ScenarioLoader
{
    private const string DefaultFolder = "scenarios";

    // Phones, banks and pages are used in the evening too, and hardly at night. An assumption, as all hours of scenarios are.
    private static readonly FrozenDictionary<int, double> RemoteHour = new double[]
    {
        0.2,
        0.1,
        0.05,
        0.05,
        0.05,
        0.1,
        0.4,
        1.2,
        3,
        5,
        5,
        3.5,
        2,
        2,
        4,
        4.5,
        4,
        3,
        2,
        2.5,
        2.5,
        2,
        1,
        0.5,
    }
        .Select((weight, hour) => (weight, hour))
        .ToFrozenDictionary(h => h.hour, h => h.weight);

    private static readonly string[] DemandColumns = ["item", "yearly", "effort", "organisation_share"];

    /// <summary>The scenario of the towns' first year.</summary>
    public const string Default = "first-year";

    /// <param name="seeds">The loaded seeds.</param>
    /// <param name="scenario">Code of a scenario in the seeds folder, or path of a YAML file; its demand files lie beside it.</param>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static Scenario Load(SeedLibrary seeds, string scenario) => Load(seeds, scenario, 0);

    /// <param name="later">All days of the scenario count as so many days later.</param>
    /// <inheritdoc cref="Load(SeedLibrary, string)"/>
    public static Scenario Load(SeedLibrary seeds, string scenario, int later)
    {
        var faults = new FaultLog();
        var isFile = IsFile(scenario);
        if (!isFile && List(seeds) is var known && !known.Contains(scenario))
        {
            throw new SeedException([
                new SeedFault(
                    DefaultFolder,
                    0,
                    "scenario",
                    $"one of {string.Join(", ", known)}, or a path that ends in .yaml",
                    $"'{scenario}'"
                ),
            ]);
        }

        var folder = new SeedFolder(isFile ? Directory.GetCurrentDirectory() : seeds.Folder, faults);
        var path = isFile ? scenario : $"{DefaultFolder}/{scenario}.yaml";
        var loaded =
            folder.Read(path) is { } file && Entry.Parse(file, ScenarioShape.Root, faults) is { } root
                ? Read(root.Later(later), file, folder, seeds)
                : null;
        faults.ThrowIfAny();
        return loaded!;
    }

    /// <summary>Whether a scenario is named by its path rather than by its code.</summary>
    public static bool IsFile(string scenario) =>
        scenario.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || scenario.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Codes of the scenarios in the seeds folder.</summary>
    public static IReadOnlyList<string> List(SeedLibrary seeds) => List(seeds.Folder);

    /// <inheritdoc cref="List(SeedLibrary)"/>
    public static IReadOnlyList<string> List(string folder) =>
        [.. new SeedFolder(folder, new FaultLog()).List(DefaultFolder, ".yaml").Select(p => Path.GetFileNameWithoutExtension(p))];

    private static Scenario? Read(Entry root, SeedFile file, SeedFolder folder, SeedLibrary seeds)
    {
        var faults = folder.Faults;
        var beside = file.Path[..(file.Path.LastIndexOfAny(['/', '\\']) + 1)];
        new ScenarioChecks(root, file, seeds, faults).All();
        new BehaviourChecks(root, file.Path, seeds, faults).All();
        var towns = root["towns"]
            .Pairs.Select(t => (t.Name, t.Line, Demand: Demand(t.Name, beside + t.Value.Text, folder, seeds)))
            .ToArray();
        return faults.Count > 0
            ? null
            : new Scenario
            {
                Code = root["scenario"].Text,
                Name = root["name"].Words,
                From = root["from"].Date,
                Until = root["until"].Date,
                OpensOn = root.Find("opens_on")?.Date,
                LeftLyingDays = root.Find("left_lying_days")?.Whole ?? 0,
                Hours = new OfficeHours([.. root["office_hours"].Items.Select(Span)]),
                Towns = [.. towns.Select(t => new TownDemand(t.Name, t.Demand))],
                DemandScale = Real(root.Find("demand_scale"), 1),
                Pace = Real(root.Find("pace"), 1),
                Weekday = [.. root["weekday"].Items.Select(w => Real(w, 0))],
                Hour = root["hour"].Pairs.ToFrozenDictionary(h => int.Parse(h.Name, CultureInfo.InvariantCulture), h => Real(h.Value, 1)),
                RemoteHour = root.Find("remote_hour") is { } remote
                    ? remote.Pairs.ToFrozenDictionary(h => int.Parse(h.Name, CultureInfo.InvariantCulture), h => Real(h.Value, 1))
                    : RemoteHour,
                Routes = root["routes"].Pairs.ToFrozenDictionary(r => r.Name, r => r.Value.Items.Select(Route).ToImmutableArray()),
                Work = root["work"].Pairs.ToFrozenDictionary(w => w.Name, w => ScenarioQuantities.Spread(w.Value)),
                Behaviour = root["behaviour"]
                    .Pairs.ToFrozenDictionary(
                        p => p.Name,
                        p => p.Value.Pairs.ToFrozenDictionary(s => s.Name, s => s.Value.Items.Select(Choice).ToImmutableArray())
                    ),
                Parties = root["parties"].Pairs.ToFrozenDictionary(s => s.Name, s => Real(s.Value, 0), StringComparer.Ordinal),
                Leave = new LeaveHabit(root["leave"]["block_days"].Whole, Real(root["leave"]["taken"], 0)),
                Parts =
                [
                    .. MatterLibrary
                        .Simulation.Parts.Where(part => root.Find(part.Key.Name) is not null)
                        .Select(part => part.Read(root[part.Key.Name])),
                ],
                Assessment = new AssessmentHabit(
                    root["assessment"]["on"].Date,
                    Real(root["assessment"]["proposed"], 0),
                    Real(root["assessment"]["basic"], 0),
                    Real(root["assessment"]["failing"], 0)
                ),
            };
    }

    private static ImmutableArray<ItemDemand> Demand(string town, string path, SeedFolder folder, SeedLibrary seeds)
    {
        if (folder.Read(path) is not { } file || !seeds.Towns.TryGetValue(town, out var plan))
        {
            return [];
        }

        var rows = ImmutableArray.CreateBuilder<ItemDemand>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in CsvTable.Read(file, DemandColumns, folder.Faults))
        {
            var item = row["item"];
            if (!plan.Items.ContainsKey(item))
            {
                row.Fault("item", $"an item of {town}'s catalogues");
                continue;
            }

            if (!seen.Add(item))
            {
                row.Fault("item", "each item once");
            }

            rows.Add(
                new ItemDemand(
                    item,
                    (double)row.Quantity("yearly", ScenarioQuantities.YearlyCases),
                    (double)row.Quantity("effort", ScenarioQuantities.Effort),
                    (double)row.Quantity("organisation_share", ScenarioQuantities.Share)
                )
            );
        }

        return rows.ToImmutable();
    }

    private static (int Open, int Close) Span(Entry span) =>
        OfficeHours.TryParse(span.Text, out var parsed) ? parsed : throw new FormatException(span.Text);

    private static Route Route(Entry route) => new(route["procedure"].Text, Real(route.Find("share"), 1), route.Texts("if"));

    private static Choice Choice(Entry choice) =>
        new()
        {
            Act = choice["act"].Text,
            Share = Real(choice.Find("share"), 1),
            If = [.. choice.Texts("if").Select(Condition.Of)],
            Once = choice.Find("once")?.Flag ?? false,
            AfterDays = choice.Find("after_days") is { } after ? ScenarioQuantities.Spread(after) : default,
            AtCounter = choice.Find("at") is { } at ? at.Text == "counter" : null,
            Clears = choice.Find("clears")?.Text,
            Fields = choice.Find("fields") is { } fields ? [.. fields.Pairs.Select(f => FieldToFill.Of(f.Name, f.Value.Text))] : [],
        };

    private static double Real(Entry? entry, double otherwise) => entry is { } given ? (double)given.Amount : otherwise;
}
