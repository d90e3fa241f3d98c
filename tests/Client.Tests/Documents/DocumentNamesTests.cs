using System.CommandLine;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Documents;

/// <summary>Whatever the documents name is there: files, links, commands and their options.</summary>
public sealed class DocumentNamesTests
{
    private static readonly RootCommand Console = CommandTree.Build(new Shell(Lang.En));

    [Fact]
    public void Files_Named_Exist()
    {
        var topLevel = Directory
            .EnumerateFileSystemEntries(Documents.Root)
            .Select(entry => Path.GetFileName(entry))
            .ToHashSet(StringComparer.Ordinal);
        var named = Documents
            .All.SelectMany(page => DocumentNames.Files(page.Text, topLevel).Select(file => (page.Path, File: file)))
            .ToList();
        named.Count.ShouldBeGreaterThan(60, "the paths in the documents are not found any more");
        named.Where(n => !Path.Exists(Path.Combine(Documents.Root, n.File))).ShouldBeEmpty();
    }

    [Fact]
    public void FileNames_Named_Exist()
    {
        var sources = new[] { "Client", "Grains", "Grains.Interfaces", "Silo", "tests", "." }
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    Path.Combine(Documents.Root, folder),
                    "*",
                    folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories
                )
            )
            .Select(file => Path.GetFileName(file))
            .Append("app.cs")
            .ToHashSet(StringComparer.Ordinal);
        Documents
            .All.SelectMany(page =>
                DocumentNames.FileNames(page.Text).Where(file => !sources.Contains(file)).Select(file => (page.Path, file))
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Links_LeadToAPageAndAHeading() =>
        Documents
            .All.SelectMany(page => DocumentNames.Links(page.Text).Where(link => !Leads(page, link)).Select(link => (page.Path, link)))
            .ShouldBeEmpty();

    [Fact]
    public void Documents_AreReachedFromReadme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(["README.md"]);
        while (next.TryPop(out var path))
        {
            if (reached.Add(path) && Documents.All.FirstOrDefault(page => page.Path == path) is { } page)
            {
                DocumentNames.Links(page.Text).Select(link => Target(page, link.Split('#')[0])).ToList().ForEach(next.Push);
            }
        }

        Documents.All.Select(page => page.Path).Except(reached).ShouldBeEmpty();
    }

    [Fact]
    public void RefusalCodes_Named_Exist()
    {
        var codes = Documents.All.SelectMany(page => DocumentNames.Codes(page.Text).Select(code => (page.Path, Code: code))).ToList();
        codes.Count.ShouldBeGreaterThan(20, "the refusal codes in the documents are not found any more");
        codes.Where(c => !Enum.IsDefined((RefusalCode)c.Code)).ShouldBeEmpty();
    }

    [Fact]
    public void Commands_Named_Exist()
    {
        var lines = Documents
            .All.SelectMany(page =>
                DocumentNames
                    .Spans(page.Text)
                    .Concat(DocumentPage.Commands(page.Text).Select(shown => shown.Command))
                    .Select(line => (page.Path, Line: line))
            )
            .Where(l => IsTyped(l.Line))
            .ToList();
        lines.Count.ShouldBeGreaterThan(60, "the commands in the documents are not found any more");
        lines.Select(l => (l.Path, l.Line, Fault: FaultOf(l.Line))).Where(l => l.Fault is not null).ShouldBeEmpty();
    }

    /// <remarks>Commands of the silo with addresses or certificates are run by no test of the documents, so their options are looked up
    /// here.</remarks>
    [Fact]
    public void Options_Named_Exist()
    {
        var known = Options(Console).Concat(Sources().SelectMany(DocumentNames.Options)).ToHashSet(StringComparer.Ordinal);
        var named = Documents
            .All.SelectMany(page =>
                DocumentNames
                    .Spans(page.Text)
                    .Concat(DocumentPage.Commands(page.Text).Select(shown => shown.Command))
                    .SelectMany(DocumentNames.Options)
                    .Select(option => (page.Path, Option: option))
            )
            .Distinct()
            .ToList();
        named.Count.ShouldBeGreaterThan(60, "the options in the documents are not found any more");
        named.Where(n => !known.Contains(n.Option)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("./townreform cases show")]
    [InlineData("audit proof")]
    [InlineData("case list --colour red")]
    [InlineData("./townreform load --overload 3 --peek")]
    public void FaultOf_NoSuchCommandOrOption_IsTold(string line) => FaultOf(line).ShouldNotBeNull();

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(Options));

    // Where the options of the silo, the benchmarks, the scripts, and of the tools that they call are written.
    private static IEnumerable<string> Sources() =>
        new[]
        {
            "Silo/Hosting/SiloLine.cs",
            "Silo/Hosting/SiloLine.Identity.cs",
            "Silo/Hosting/SiloLine.Papers.cs",
            "Silo/Hosting/SiloLine.Roles.cs",
            "tests/Benchmarks/Speed/SpeedOptions.cs",
            "tests/Benchmarks/Growth/GrowthOptions.cs",
            "tests/run",
            "tests/mutate",
            "cluster",
            "townreform",
        }
            .Select(file => File.ReadAllText(Path.Combine(Documents.Root, file)))
            .Append("dotnet run --project X --filter-class Y --filter-namespace Z");

    private static bool Leads(Documents.Page page, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var behind] ? (before, behind) : (link, null);
        var target = path.Length == 0 ? page.Path : Target(page, path);
        return Path.Exists(Path.Combine(Documents.Root, target))
            && (anchor is null || DocumentNames.Anchors(Documents.Of(target).Text).Contains(anchor));
    }

    private static string Target(Documents.Page page, string path) =>
        Path.GetRelativePath(Documents.Root, Path.GetFullPath(Path.Combine(Documents.Root, Path.GetDirectoryName(page.Path)!, path)))
            .Replace('\\', '/');

    // A word alone, such as `case`, is no command line unless the console's name stands before it.
    private static bool IsTyped(string line) =>
        line.StartsWith("./townreform ", StringComparison.Ordinal)
        || (line.Split(' ') is [var first, _, ..] && Console.Subcommands.Any(command => command.Name == first));

    private static string? FaultOf(string line)
    {
        Command at = Console;
        var words = line.Split('#', ';')[0]
            .Replace("./townreform", "", StringComparison.Ordinal)
            .Split([' ', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                if (!at.Options.Concat(Console.Options).Any(option => option.Name == word))
                {
                    return $"'{at.Name}' has no option {word}";
                }
            }
            else if (at.Subcommands.FirstOrDefault(command => command.Name == word) is { } deeper)
            {
                at = deeper;
            }
            else if (
                at.Subcommands.Count > 0
                && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')
                && !IsOfOption(words, word)
            )
            {
                return $"'{at.Name}' has no command {word}";
            }
        }

        return at == Console ? "no command" : null;
    }

    private static bool IsOfOption(string[] words, string word) =>
        Array.IndexOf(words, word) is > 0 and var at && words[at - 1].StartsWith("--", StringComparison.Ordinal);
}
