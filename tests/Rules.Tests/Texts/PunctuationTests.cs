using System.Text.RegularExpressions;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Texts;

/// <summary>Chinese sentences have Chinese punctuation. Their words: GlossaryTests.</summary>
public sealed partial class PunctuationTests
{
    [Fact]
    public void Chinese_Texts_HaveFullWidthPunctuation() =>
        Literals().Where(text => HalfWidth().IsMatch(text.Literal)).Select(text => $"{text.File}: {text.Literal}").ShouldBeEmpty();

    private static IEnumerable<string> Sources() =>
        new[] { "Grains", "Grains.Interfaces", "Client", "Silo" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(RealSeeds.Folder, "..", folder), "*.cs", SearchOption.AllDirectories)
        );

    private static IEnumerable<(string File, string Literal)> Literals() =>
        from file in Sources()
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from literal in Literal().Matches(line)
        select (Path.GetFileName(file), literal.Value);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();

    // A sign of ASCII beside a Chinese character. A colon before a figure may be a line number.
    [GeneratedRegex(@"[\u4e00-\u9fff”）][,;:!?](?!\d)|[,;:!?][\u4e00-\u9fff“]|[\u4e00-\u9fff]\(|\)[\u4e00-\u9fff]")]
    private static partial Regex HalfWidth();
}
