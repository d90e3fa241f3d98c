using System.Text.RegularExpressions;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>The simulator knows no kind of work by name: no text in its code names a procedure, step, ending, act or field.</summary>
public sealed partial class SimulatorNamesTests
{
    /// <summary>Words that mean something else where they stand, by the end of the file's path.</summary>
    private static readonly (string File, string[] Words)[] Otherwise =
    [
        // Columns and attributes of files that others read.
        ("/Results/Files/CasesCsv.cs", ["organisation", "fine", "withdrawn", "transferred"]),
        ("/Results/Files/OcelObjects.cs", ["organisation", "fine"]),
        ("/Results/Files/OcelSchema.cs", ["organisation", "fine"]),
        ("/Results/Files/OcelWriter.cs", ["to"]),
        // What was refused is an event of every case.
        ("/CaseFlow.cs", ["refused"]),
        // Days of the run.
        ("/Scenarios/ScenarioChecks.cs", ["from", "until"]),
        ("/Scenarios/ScenarioLoader.cs", ["from", "until"]),
        ("/Scenarios/ScenarioShape.cs", ["from", "until"]),
        ("/Scenarios/WhatIf.cs", ["from", "until"]),
        ("/Scenarios/WhatIfChecks.cs", ["from", "until"]),
        ("/Scenarios/WhatIfShape.cs", ["from", "until"]),
        // A parameter of a method.
        ("/Spread/RunBounds.cs", ["order"]),
    ];

    [Fact]
    public void Simulation_Texts_NameNothingOfAProcedure()
    {
        var names = Names();
        names.ShouldContain("secondment");
        names.ShouldContain("enquiry");
        names.ShouldContain("extended-until");
        RealSeeds
            .Sources("Grains/Simulation")
            .SelectMany(file => Texts(file).Where(names.Contains).Except(Allowed(file)).Select(text => $"{file}: \"{text}\""))
            .ShouldBeEmpty();
    }

    /// <summary>An exception that is no longer needed is taken out.</summary>
    [Fact]
    public void Exceptions_Each_StillNeedIt()
    {
        var sources = RealSeeds.Sources("Grains/Simulation").ToList();
        Otherwise
            .SelectMany(it =>
                it.Words.Except(sources.Where(file => file.EndsWith(it.File, StringComparison.Ordinal)).SelectMany(Texts))
                    .Select(word => $"{it.File}: {word}")
            )
            .ShouldBeEmpty();
    }

    private static HashSet<string> Names() =>
        [
            .. RealSeeds.Library.Procedures.Values.SelectMany(p =>
                p.Steps.Keys.Concat(p.Ends.Keys)
                    .Concat(p.Fields.Keys)
                    .Concat(p.Steps.Values.SelectMany(s => s.Acts.Keys))
                    .Concat(p.Anywhere.Keys)
                    .Append(p.Code)
            ),
        ];

    private static IEnumerable<string> Allowed(string file) =>
        Otherwise.Where(it => file.EndsWith(it.File, StringComparison.Ordinal)).SelectMany(it => it.Words);

    // What stands in quotes, without comments. A value or condition of a scenario is a name with a sign before it.
    private static IEnumerable<string> Texts(string file) =>
        File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line).Select(match => match.Groups[1].Value.TrimStart('$')));

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Quoted();
}
