using System.Text.RegularExpressions;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>The page that says which test holds which case names only tests that there are.</summary>
public sealed partial class CasesTests
{
    private static readonly string Tests = Path.Combine(RealSeeds.Folder, "..", "tests");

    [Fact]
    public void Page_EachTestThatItNames_Exists()
    {
        // Two classes may have one name in two projects; a test is in one of them.
        var sources = Directory
            .EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var named = Named()
            .Matches(File.ReadAllText(Path.Combine(Tests, "CASES.md")))
            .Select(match => (Class: match.Groups["class"].Value, Test: match.Groups["test"].Value))
            .ToList();
        named.Count.ShouldBeGreaterThan(40);
        named.Where(it => !sources[it.Class].Any(source => source.Contains($" {it.Test}(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Page_Rows_AreAllCases()
    {
        var rows = Row()
            .Matches(File.ReadAllText(Path.Combine(Tests, "CASES.md")))
            .Select(match => int.Parse(match.Groups["nr"].Value, System.Globalization.CultureInfo.InvariantCulture));
        rows.ShouldBe([.. Enumerable.Range(1, 10), .. Enumerable.Range(1, 15)]);
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<test>\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (?<nr>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
