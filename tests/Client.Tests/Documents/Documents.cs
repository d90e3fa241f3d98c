using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Documents;

/// <summary>README, CONTRIBUTING and everything in docs/.</summary>
internal static class Documents
{
    /// <summary>A document: its path in the repository, with slashes, and its text.</summary>
    internal sealed record Page(string Path, string Text);

    /// <summary>The order in which a reader meets them; any other document of docs/ comes after these.</summary>
    private static readonly string[] Order =
    [
        "README.md",
        "docs/simulating.md",
        "docs/operating.md",
        "docs/load-testing.md",
        "docs/clients.md",
        "docs/storage.md",
        "docs/adding-a-town.md",
    ];

    public static string Root { get; } = SourceFolder.Path;

    public static IReadOnlyList<Page> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md" }
            .Concat(Files("docs"))
            .Select(path => new Page(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>Documents with commands to run. A Chinese one prints the commands of its English one.</summary>
    public static IEnumerable<Page> ToRun =>
        All.Where(page =>
                page.Path != "CONTRIBUTING.md" && !page.Path.StartsWith("docs/decisions/", StringComparison.Ordinal) && !IsChinese(page)
            )
            .OrderBy(page => Array.IndexOf(Order, page.Path) is var at and >= 0 ? at : Order.Length);

    public static Page Of(string path) => All.Single(page => page.Path == path);

    /// <summary>The same page in Chinese, where there is one.</summary>
    public static Page? ChineseOf(Page page) =>
        All.FirstOrDefault(other => other.Path == page.Path.Replace(".md", ".zh.md", StringComparison.Ordinal));

    public static bool IsChinese(Page page) => page.Path.EndsWith(".zh.md", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
