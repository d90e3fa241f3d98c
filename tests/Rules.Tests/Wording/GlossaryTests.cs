using System.Text.RegularExpressions;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Wording;

/// <summary>One term for one idea in whatever Chinese users read: words of the program, of its pages, and of the seeds. Names of laws and
/// of items are as they were published.</summary>
public sealed partial class GlossaryTests
{
    private static readonly string Root = Path.Combine(RealSeeds.Folder, "..");

    private static readonly (string Term, string[] English, string[] Never)[] Terms =
    [
        .. File.ReadLines(Path.Combine(Root, "tests", "Rules.Tests", "Wording", "glossary.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], Split(cells[1], ';'), Split(cells[2], '|'))),
    ];

    [Fact]
    public void Glossary_IsNotAtOddsWithItself()
    {
        Terms.Length.ShouldBeGreaterThan(30);
        Terms.Select(t => t.Term).ShouldBeUnique();
        Terms.SelectMany(t => t.English).ShouldBeUnique();

        // A word that is never said is no term, nor part of one.
        Terms.SelectMany(t => t.Never).Where(never => Terms.Any(t => t.Term.Contains(never, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Terms_AreSaid() =>
        Terms.Where(t => !Texts().Any(text => text.Text.Contains(t.Term, StringComparison.Ordinal))).Select(t => t.Term).ShouldBeEmpty();

    [Fact]
    public void Texts_HaveNoWrongTerm() =>
        Texts()
            .SelectMany(text =>
                Terms.SelectMany(t =>
                    t.Never.Where(never => text.Text.Contains(never, StringComparison.Ordinal))
                        .Select(never => $"{text.Where}: {never}, say {t.Term}: {text.Text}")
                )
            )
            .ShouldBeEmpty();

    /// <summary>The same English word, where it stands alone, is the same Chinese one.</summary>
    [Fact]
    public void Pairs_OfOneWord_AreTheTerm()
    {
        var pairs = Sources("cs")
            .Concat(Sources("razor"))
            .SelectMany(file => Pair().Matches(File.ReadAllText(file)))
            .Select(m => (Zh: m.Groups["zh"].Value, En: m.Groups["en"].Value))
            .ToArray();
        pairs.Length.ShouldBeGreaterThan(100);
        Terms
            .SelectMany(t =>
                t.English.SelectMany(english =>
                    pairs
                        .Where(pair => pair.En == english && pair.Zh != t.Term && pair.Zh != "已" + t.Term)
                        .Select(pair => $"{english}: {pair.Zh}, say {t.Term}")
                )
            )
            .ShouldBeEmpty();
        pairs.Where(pair => pair.Zh == "受理" && !pair.En.StartsWith("accept", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("案件在法定时限内办结", "时限")]
    [InlineData("一年仿真报告", "仿真")]
    public void Texts_WrongOnPurpose_AreFound(string text, string never) =>
        Terms.SelectMany(t => t.Never).Where(n => text.Contains(n, StringComparison.Ordinal)).ShouldBe([never]);

    private static IEnumerable<(string Where, string Text)> Texts() =>
        Sources("cs")
            .SelectMany(file =>
                File.ReadLines(file)
                    .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    .SelectMany(line => Literal().Matches(line))
                    .Select(m => (Name(file), m.Value))
            )
            .Concat(
                Sources("js")
                    .Concat(Sources("html"))
                    .Concat(Sources("razor"))
                    .Where(file => !file.Contains("echarts", StringComparison.Ordinal))
                    .SelectMany(file => File.ReadLines(file).Select(line => (Name(file), line)))
            )
            .Concat(
                Seeds()
                    .SelectMany(file =>
                        File.ReadLines(file).Where(line => !line.TrimStart().StartsWith('#')).Select(line => (Name(file), line))
                    )
            )
            .Where(text => Chinese().IsMatch(text.Item2));

    private static IEnumerable<string> Sources(string kind) =>
        new[] { "Grains", "Grains.Interfaces", "Client", "Silo" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), $"*.{kind}", SearchOption.AllDirectories)
        );

    private static IEnumerable<string> Seeds() =>
        new[] { "law", "procedures", "towns", "counties", "scenarios" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(RealSeeds.Folder, folder), "*.yaml", SearchOption.AllDirectories)
        );

    private static string Name(string file) => Path.GetRelativePath(Root, file);

    private static string[] Split(string cell, char at) => cell.Split(at, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"(?:new(?: Words)?|Say)\(""(?<zh>[^""{]{1,12})"", ""(?<en>[^""{]{1,40})""\)")]
    private static partial Regex Pair();
}
