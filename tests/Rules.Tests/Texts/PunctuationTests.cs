using System.Text.RegularExpressions;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Texts;

/// <summary>Chinese sentences have Chinese punctuation; opened and accepted are two words, as they are two acts with different days in law.</summary>
public sealed partial class PunctuationTests
{
    [Fact]
    public void Chinese_Texts_HaveFullWidthPunctuation() => Literals().Where(text => HalfWidth().IsMatch(text.Literal)).Select(text => $"{text.File}: {text.Literal}").ShouldBeEmpty();

    [Fact]
    public void Chinese_OpenedAndAccepted_AreTwoWords()
    {
        var pairs = Sources().SelectMany(file => Pair().Matches(File.ReadAllText(file))).Select(m => (Zh: m.Groups["zh"].Value, En: m.Groups["en"].Value)).ToArray();
        pairs.Length.ShouldBeGreaterThan(100);
        foreach (var (zh, words) in new[] { ("收件", "opened"), ("办结", "decided"), ("撤回", "withdrawn"), ("移送", "transferred"), ("收回", "recalled"), ("暂停", "suspended"), ("借调", "secondment"), ("休假", "leave") })
        {
            pairs.Where(pair => pair.En.Equals(words, StringComparison.OrdinalIgnoreCase) && pair.Zh != zh && pair.Zh != "已" + zh).ShouldBeEmpty();
        }

        pairs.Where(pair => pair.Zh == "受理" && !pair.En.StartsWith("accept", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources() => new[] { "Grains", "Grains.Interfaces", "Client", "Silo" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RealSeeds.Folder, "..", folder), "*.cs", SearchOption.AllDirectories));

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

    [GeneratedRegex(@"new(?: Words)?\(""(?<zh>[^""{]{1,12})"", ""(?<en>[^""{]{1,40})""\)")]
    private static partial Regex Pair();
}
