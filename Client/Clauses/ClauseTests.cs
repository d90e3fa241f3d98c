using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace TownReform.Client.Clauses;

/// <summary>Tests that say which clauses they show (<c>[ShowsClause("E2")]</c>), read from their sources beside the seeds.</summary>
/// <param name="Found">Number of tests by clause; null: no sources are beside the seeds, as where the program alone was installed.</param>
internal sealed partial record ClauseTests(ImmutableSortedDictionary<string, int>? Found)
{
    /// <param name="seeds">The seeds folder.</param>
    public static ClauseTests Beside(string seeds)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(seeds)))!, "tests");
        if (!Directory.Exists(folder))
        {
            return new((ImmutableSortedDictionary<string, int>?)null);
        }

        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*Tests.cs", SearchOption.AllDirectories))
        {
            Count(File.ReadAllText(file), found);
        }

        return new(found.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Counts the tests of a source: those of a class that shows a clause, and those that show it themselves.</summary>
    internal static void Count(string source, Dictionary<string, int> found)
    {
        HashSet<string> ofClass = [];
        HashSet<string> ofTest = [];
        var isTest = false;
        foreach (var line in source.Split('\n'))
        {
            if (Marked().Match(line) is { Success: true } marked)
            {
                ofTest = [.. Names().Matches(marked.Groups[1].Value).Select(name => name.Groups[1].Value)];
            }
            else if (Test().IsMatch(line))
            {
                isTest = true;
            }
            else if (Class().IsMatch(line))
            {
                (ofClass, ofTest, isTest) = (ofTest, [], false);
            }
            else if (isTest && Method().IsMatch(line))
            {
                foreach (var clause in ofClass.Union(ofTest, StringComparer.Ordinal))
                {
                    found[clause] = found.GetValueOrDefault(clause) + 1;
                }

                (ofTest, isTest) = ([], false);
            }
        }
    }

    [GeneratedRegex(@"^\s*\[ShowsClause\(([^)]*)\)\]")]
    private static partial Regex Marked();

    [GeneratedRegex(@"^\s*\[(Fact|Theory|SkippableFact|PropertyTest)\b")]
    private static partial Regex Test();

    [GeneratedRegex(@"^(public|internal)\s[^=(]*\bclass\s")]
    private static partial Regex Class();

    [GeneratedRegex(@"^    (public|internal)\s.*\(")]
    private static partial Regex Method();

    [GeneratedRegex("\"([A-I][0-9]{1,2})\"")]
    private static partial Regex Names();
}
