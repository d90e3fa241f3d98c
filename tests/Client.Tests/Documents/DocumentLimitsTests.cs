namespace TownReform.Client.Tests.Documents;

/// <summary>The form that the documents keep: short, wrapped, and the same commands in both languages.</summary>
public sealed class DocumentLimitsTests
{
    private const int LongestReadme = 120;

    [Fact]
    public void Readme_IsShort() => Lines(Documents.Of("README.md")).ShouldBeLessThanOrEqualTo(LongestReadme);

    /// <summary>`.ci/run` calls it, and so does whoever reads README.</summary>
    [Fact]
    public void Readme_NamesTheTestCommand() => DocumentPage.Commands(Documents.Of("README.md").Text).ShouldContain(shown => shown.Command.StartsWith("tests/run ", StringComparison.Ordinal));

    [Fact]
    public void ChinesePages_ShowTheCommandsOfTheEnglishOnes()
    {
        var pages = Documents.All.Where(Documents.IsChinese).ToList();
        foreach (var page in pages)
        {
            var english = Documents.Of(page.Path.Replace(".zh.md", ".md", StringComparison.Ordinal));
            Typed(page).ShouldBe(Typed(english), $"commands of {page.Path}");
        }
    }

    private static int Lines(Documents.Page page) => page.Text.TrimEnd().Split('\n').Length;

    // A remark behind a command is in the page's language.
    private static IEnumerable<string> Typed(Documents.Page page) => DocumentPage.Commands(page.Text).Select(shown => shown.Command.Split(" #")[0].TrimEnd());
}
