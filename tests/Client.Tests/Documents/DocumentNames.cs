using System.Globalization;
using System.Text.RegularExpressions;

namespace TownReform.Client.Tests.Documents;

/// <summary>What a document names: files, commands, links, and the anchors of its headings.</summary>
internal static partial class DocumentNames
{
    /// <summary>Texts in backticks outside blocks.</summary>
    public static IEnumerable<string> Spans(string page) =>
        Span().Matches(Prose(page)).Select(m => m.Groups["text"].Value.Replace("\\|", "|", StringComparison.Ordinal));

    /// <summary>Files and folders of the repository; none with a placeholder such as CODE or &lt;Office&gt;.</summary>
    public static IEnumerable<string> Files(string page, IReadOnlySet<string> topLevel) =>
        Spans(page)
            .Select(span => span.Split(' ')[0])
            .Where(span => span.Contains('/') && !Placeholder().IsMatch(span))
            .Select(span => span.StartsWith("./", StringComparison.Ordinal) ? span[2..] : span)
            .Where(span => topLevel.Contains(span.Split('/')[0]));

    /// <summary>Names of source files without a folder.</summary>
    public static IEnumerable<string> FileNames(string page) => Spans(page).Where(span => FileName().IsMatch(span));

    /// <summary>Targets of links, as written; none of the web.</summary>
    public static IEnumerable<string> Links(string page) =>
        Link().Matches(Prose(page)).Select(m => m.Groups["to"].Value).Where(to => !to.StartsWith("http", StringComparison.Ordinal));

    /// <summary>Anchors of the headings, as GitHub makes them.</summary>
    public static IEnumerable<string> Anchors(string page) =>
        Heading().Matches(Prose(page)).Select(m => NoAnchor().Replace(m.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Refusal codes in brackets, such as (9001).</summary>
    public static IEnumerable<int> Codes(string page) =>
        Code().Matches(Prose(page)).Select(m => int.Parse(m.Groups["code"].ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>Options of a command line, such as --seed.</summary>
    public static IEnumerable<string> Options(string line) => Option().Matches(line).Select(m => m.Value);

    private static string Prose(string page) => Block().Replace(page, "");

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"[<*…]|\bCODE\b|VERSION|NNNN|DIR\b")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[\w.]+\.(cs|props|sln|csproj|editorconfig)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[(（](?<code>[1-9]\d{3})[)）,，]")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
