using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation.Results;

/// <summary>In what two runs differ: before their figures mean anything. Pure.</summary>
public static class RunDifferences
{
    /// <summary>Stands for a value that one of the two does not have.</summary>
    public const string None = "–";

    /// <summary>What keeps cases from meeting each other: other citizens (seed, replications), another time, other towns. Empty when the
    /// runs are paired.</summary>
    public static ImmutableArray<RunDifference> Unpaired(RunHeading a, RunHeading b) =>
        [
            .. Of("seed", a.Seed.ToString(CultureInfo.InvariantCulture), b.Seed.ToString(CultureInfo.InvariantCulture)),
            .. Of(
                "replications",
                a.Replications.ToString(CultureInfo.InvariantCulture),
                b.Replications.ToString(CultureInfo.InvariantCulture)
            ),
            .. Of("period", Period(a), Period(b)),
            .. Of("towns", string.Join(", ", a.Towns), string.Join(", ", b.Towns)),
        ];

    /// <summary>Everything that differs in what made them, by path; first what unpairs them, then options, then values of files, then the
    /// program.</summary>
    /// <param name="inA">What A read; null where its folder doesn't have it, and files are told by their hash alone.</param>
    /// <param name="inB">What B read.</param>
    public static ImmutableArray<RunDifference> Of(RunHeading a, RunHeading b, RunInputs? inA, RunInputs? inB) =>
        [
            .. Unpaired(a, b),
            .. Of("scenario", a.Scenario, b.Scenario),
            .. Overrides(a, b),
            .. Files(a, b).SelectMany(file => Values(file, inA, inB)),
            .. Of("program", a.Program, b.Program),
        ];

    private static IEnumerable<RunDifference> Overrides(RunHeading a, RunHeading b)
    {
        foreach (var path in a.Overrides.Concat(b.Overrides).Select(o => o.Path).Distinct().Order(StringComparer.Ordinal))
        {
            RunOverride? ofA = a.Overrides.FirstOrDefault(o => o.Path == path),
                ofB = b.Overrides.FirstOrDefault(o => o.Path == path);
            foreach (var difference in Of(path, ofA?.Now ?? ofB!.Was, ofB?.Now ?? ofA!.Was))
            {
                yield return difference;
            }
        }
    }

    // The scenario's own file is the same thing under another name.
    private static IEnumerable<(string Name, SourceFile? A, SourceFile? B)> Files(RunHeading a, RunHeading b)
    {
        Dictionary<string, SourceFile> inA = ByName(a),
            inB = ByName(b);
        return inA
            .Keys.Union(inB.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, inA.GetValueOrDefault(name), inB.GetValueOrDefault(name)))
            .Where(file => file.Item2?.Sha256 != file.Item3?.Sha256);
    }

    private static Dictionary<string, SourceFile> ByName(RunHeading run) =>
        run.Files.ToDictionary(
            f => f.Path == $"scenarios/{run.Scenario}.yaml" || f.Path == $"scenarios/{run.Scenario}.yml" ? "" : f.Path,
            StringComparer.Ordinal
        );

    private static IEnumerable<RunDifference> Values((string Name, SourceFile? A, SourceFile? B) file, RunInputs? inA, RunInputs? inB)
    {
        var (a, b) = (Find(file.A, inA), Find(file.B, inB));
        if (a is null || b is null)
        {
            return Of(file.Name.Length == 0 ? "scenario file" : file.Name, Short(file.A), Short(file.B));
        }

        var (ofA, ofB) = (a.Values.ToDictionary(v => v.Path, v => v.Value), b.Values.ToDictionary(v => v.Path, v => v.Value));
        var told = a
            .Values.Concat(b.Values)
            .Select(v => v.Path)
            .Distinct()
            .SelectMany(path => Of(Named(file.Name, path), ofA.GetValueOrDefault(path, None), ofB.GetValueOrDefault(path, None)))
            .ToArray();
        return told.Length > 0 ? told : Of(file.Name.Length == 0 ? "scenario file" : file.Name, Short(file.A), Short(file.B));
    }

    // A file that was changed since the run is no witness of it.
    private static RunInput? Find(SourceFile? file, RunInputs? inputs) =>
        file is null ? null : inputs?.Files.FirstOrDefault(f => f.Path == file.Path && f.Sha256 == file.Sha256);

    private static string Named(string file, string path) => file.Length == 0 ? path : $"{Path.ChangeExtension(file, null)}: {path}";

    private static string Short(SourceFile? file) => file is null ? None : $"sha256 {file.Sha256[..Math.Min(12, file.Sha256.Length)]}";

    private static string Period(RunHeading run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.From:yyyy-MM-dd} – {run.Until:yyyy-MM-dd}");

    private static IEnumerable<RunDifference> Of(string path, string a, string b) => a == b ? [] : [new(path, a, b)];
}

/// <summary>One thing in which two runs differ.</summary>
public sealed record RunDifference(string Path, string A, string B);
