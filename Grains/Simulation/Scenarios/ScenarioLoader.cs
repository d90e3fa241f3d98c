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
    /// <summary>The scenario of the towns' first year.</summary>
    public const string Default = "first-year";

    /// <param name="seeds">The loaded seeds.</param>
    /// <param name="scenario">Code of a scenario in the seeds folder, or path of a YAML file; its demand files lie beside it.</param>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static Scenario Load(SeedLibrary seeds, string scenario) => Load(seeds, scenario, 0);

    /// <param name="later">All days of the scenario count as so many days later.</param>
    /// <inheritdoc cref="Load(SeedLibrary, string)"/>
    public static Scenario Load(SeedLibrary seeds, string scenario, int later) => Load(seeds, scenario, later, []);

    /// <param name="values">What takes the place of the scenario's own: YAML by path; empty takes a key away.</param>
    /// <inheritdoc cref="Load(SeedLibrary, string)"/>
    public static Scenario Load(SeedLibrary seeds, string scenario, ImmutableArray<Field> values) => Load(seeds, scenario, 0, values);

    /// <summary>Checks another text of a scenario as its file would be.</summary>
    /// <param name="text">YAML of the whole scenario.</param>
    /// <returns>What is wrong with it, with lines of the text.</returns>
    public static IReadOnlyList<SeedFault> FaultsOf(SeedLibrary seeds, string scenario, string text)
    {
        var faults = new FaultLog();
        try
        {
            var file = new SeedFile(ScenarioFiles.PathOf(scenario), text);
            var opened = new OpenedScenario(new SeedFolder(seeds.Folder, faults), file, IsFile(scenario));
            var root = ScenarioFiles.Parse(seeds, opened, [], out var chain, takesAliases: false);
            _ = root is { } sound ? Read(sound, opened, chain, seeds) : null;
            faults.ThrowIfAny();
            return [];
        }
        catch (SeedException e)
        {
            return e.Faults;
        }
    }

    private static Scenario Load(SeedLibrary seeds, string scenario, int later, ImmutableArray<Field> values)
    {
        var faults = new FaultLog();
        var loaded =
            ScenarioFiles.Open(seeds, scenario, faults) is { } opened
            && ScenarioFiles.Parse(seeds, opened, values, out var chain) is { } root
                ? Read(root.Later(later), opened, chain, seeds)
                : null;
        faults.ThrowIfAny();
        return loaded!;
    }

    /// <summary>Whether a scenario is named by its path rather than by its code.</summary>
    public static bool IsFile(string scenario) => ScenarioFiles.IsFile(scenario);

    /// <summary>Codes of the scenarios in the seeds folder.</summary>
    public static IReadOnlyList<string> List(SeedLibrary seeds) => List(seeds.Folder);

    /// <inheritdoc cref="List(SeedLibrary)"/>
    public static IReadOnlyList<string> List(string folder) => ScenarioFiles.List(folder);

    private static ImmutableArray<ItemDemand> Demand(string town, Entry named, OpenedScenario opened, SeedLibrary seeds)
    {
        if (!opened.ByPath && named.Text.IndexOfAny(['/', '\\']) >= 0)
        {
            // Who orders a run of a silo reads none of its files by naming them.
            opened.Folder.Faults.Add(
                opened.File.Path,
                named.Line,
                $"towns.{town}",
                "a CSV file of seeds/scenarios, since the scenario is one of them",
                $"'{named.Text}'"
            );
            return [];
        }

        return DemandFile.Read(town, ScenarioFiles.DemandPath(named, opened, opened.Folder.Faults), opened.Folder, seeds);
    }

    private static Scenario? Read(Entry root, OpenedScenario opened, ScenarioChain chain, SeedLibrary seeds)
    {
        var (faults, file) = (opened.Folder.Faults, opened.File);
        new ScenarioChecks(root, file, seeds, faults).All();
        new BehaviourChecks(root, file.Path, seeds, faults).All();
        var towns = root["towns"].Pairs.Select(t => (t.Name, t.Line, Demand: Demand(t.Name, t.Value, opened, seeds))).ToArray();
        return faults.Count > 0
            ? null
            : new Scenario
            {
                Code = root["scenario"].Text,
                Extends = chain.Names,
                Target = Real(root.Find("target"), Results.RunHeading.UsualTarget),
                People = WhatIf.People(root),
                Seasons = WhatIf.Seasons(root),
                Closings = WhatIf.Closings(root),
                KeptByCounty = WhatIf.KeptByCounty(root),
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
                    : RemoteHours.Usual,
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
