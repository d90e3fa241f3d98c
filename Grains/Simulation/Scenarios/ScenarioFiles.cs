using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The files of a scenario: its own, those that it extends, and its demand files.</summary>
internal static class ScenarioFiles
{
    private const string DefaultFolder = "scenarios";

    /// <summary>Each value of a scenario under its path, as the inputs of a run have them, with an order's own in their places.</summary>
    public static ImmutableArray<SeedValue> Values(SeedLibrary seeds, string scenario, ImmutableArray<Field> values)
    {
        var faults = new FaultLog();
        var root = Open(seeds, scenario, faults) is { } opened ? Parse(seeds, opened, values, out _) : null;
        faults.ThrowIfAny();
        return SeedValues.Of(root!.Value.Node);
    }

    /// <summary>The text of a scenario: of its file, or of what it and those that it extends come to.</summary>
    /// <exception cref="SeedException">There is none.</exception>
    public static string TextOf(SeedLibrary seeds, string scenario)
    {
        var faults = new FaultLog();
        var opened = Open(seeds, scenario, faults);
        faults.ThrowIfAny();
        var root = Parse(seeds, opened!, [], out var chain);
        faults.ThrowIfAny();
        return chain.Names.IsEmpty ? opened!.File.Text : JoinedText.Of(root!.Value.Node);
    }

    /// <summary>The files that a scenario is read from, its own first and those that it extends behind it, with their places.</summary>
    public static ImmutableArray<(string Path, string Code)> FilesOf(SeedLibrary seeds, string scenario)
    {
        var faults = new FaultLog();
        var opened = Open(seeds, scenario, faults);
        faults.ThrowIfAny();
        var root = Parse(seeds, opened!, [], out var chain);
        faults.ThrowIfAny();
        string FullPath(string path) => opened!.ByPath ? Path.GetFullPath(path) : Path.Combine(seeds.Folder, path);
        return
        [
            (FullPath(opened!.File.Path), root!.Value["scenario"].Text),
            .. chain.Files.Select(file => (FullPath(file.Path), file.Stem)),
        ];
    }

    /// <summary>Where a scenario's demand files lie, each with its place among a run's inputs.</summary>
    /// <param name="values">What an order puts in place of the scenario's own; it may name other demand files.</param>
    public static ImmutableArray<string> DemandFilesOf(SeedLibrary seeds, string scenario, ImmutableArray<Field> values)
    {
        var faults = new FaultLog();
        var opened = Open(seeds, scenario, faults);
        faults.ThrowIfAny();
        var root = Parse(seeds, opened!, values, out _);
        faults.ThrowIfAny();
        return
        [
            .. root!
                .Value["towns"]
                .Pairs.Select(t => DemandPath(t.Value, opened!, faults))
                .Select(path => opened!.ByPath ? Path.GetFullPath(path) : Path.Combine(seeds.Folder, path)),
        ];
    }

    public static Entry? Parse(
        SeedLibrary seeds,
        OpenedScenario opened,
        ImmutableArray<Field> values,
        out ScenarioChain chain,
        bool takesAliases = true
    )
    {
        var (faults, file) = (opened.Folder.Faults, opened.File);
        var built = chain = new ScenarioChain(seeds, opened.Folder, faults, opened.ByPath);
        return Entry.Parse(
            file,
            ScenarioShape.Root,
            faults,
            root =>
            {
                var before = faults.Count;
                built.Join(root, file);
                if (faults.Count > before)
                {
                    // What is missing from it would be told as a fault of this file.
                    faults.ThrowIfAny();
                }

                ScenarioChanges.Apply(root, values, file.Path, faults);
                ScenarioShape.Routes.Unfold(ScenarioChanges.Find(root, "routes"));
            },
            takesAliases
        );
    }

    // A demand file lies beside the file that names it; only who names a scenario by its path names others by theirs.
    public static string DemandPath(Entry named, OpenedScenario opened, FaultLog faults)
    {
        var from = faults.Joined?.At(named.Line)?.File ?? opened.File.Path;
        return Path.Combine(Path.GetDirectoryName(from) ?? "", named.Text).Replace('\\', '/');
    }

    public static OpenedScenario? Open(SeedLibrary seeds, string scenario, FaultLog faults)
    {
        var isFile = IsFile(scenario);
        if (!isFile && List(seeds.Folder) is var known && !known.Contains(scenario))
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
        return folder.Read(isFile ? scenario : PathOf(scenario)) is { } file ? new(folder, file, isFile) : null;
    }

    public static string PathOf(string scenario) => $"{DefaultFolder}/{scenario}.yaml";

    /// <summary>Whether a scenario is named by its path rather than by its code.</summary>
    public static bool IsFile(string scenario) =>
        scenario.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || scenario.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<string> List(string folder) =>
        [.. new SeedFolder(folder, new FaultLog()).List(DefaultFolder, ".yaml").Select(p => Path.GetFileNameWithoutExtension(p))];
}

/// <summary>A scenario's file in the folder in which it was found.</summary>
/// <param name="ByPath">It was named by its path.</param>
internal sealed record OpenedScenario(SeedFolder Folder, SeedFile File, bool ByPath);
