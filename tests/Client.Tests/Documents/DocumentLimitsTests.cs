using System.Globalization;

namespace TownReform.Client.Tests.Documents;

/// <summary>The form that the documents keep: short, wrapped, and the same commands in both languages.</summary>
public sealed class DocumentLimitsTests
{
    private const int LongestReadme = 120;
    private const int LongestDecision = 40;
    private const string DecisionIndex = "docs/decisions/README.md";

    [Fact]
    public void Readme_IsShort() => Lines(Documents.Of("README.md")).ShouldBeLessThanOrEqualTo(LongestReadme);

    /// <summary>`.ci/run` calls it, and so does whoever reads README.</summary>
    [Fact]
    public void Readme_NamesTheTestCommand() =>
        DocumentPage
            .Commands(Documents.Of("README.md").Text)
            .ShouldContain(shown => shown.Command.StartsWith("tests/run ", StringComparison.Ordinal));

    [Fact]
    public void Decisions_AreShort() => Decisions().Where(page => Lines(page) > LongestDecision).Select(page => page.Path).ShouldBeEmpty();

    [Fact]
    public void Decisions_AreNumberedWithoutGaps_AndInTheIndex()
    {
        var decisions = Decisions().ToList();
        decisions
            .Select(page => int.Parse(Path.GetFileName(page.Path).AsSpan(0, 4), CultureInfo.InvariantCulture))
            .ShouldBe(Enumerable.Range(1, decisions.Count));
        var index = DocumentNames.Links(Documents.Of(DecisionIndex).Text).ToList();
        decisions.Select(page => Path.GetFileName(page.Path)).Except(index).ShouldBeEmpty();
        foreach (var page in decisions)
        {
            page.Text.ShouldStartWith($"# {int.Parse(Path.GetFileName(page.Path).AsSpan(0, 4), CultureInfo.InvariantCulture)}. ");
        }
    }

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

    private static IEnumerable<Documents.Page> Decisions() =>
        Documents.All.Where(page => page.Path.StartsWith("docs/decisions/", StringComparison.Ordinal) && page.Path != DecisionIndex);

    private static int Lines(Documents.Page page) => page.Text.TrimEnd().Split('\n').Length;

    private static IEnumerable<string> Typed(Documents.Page page) => DocumentPage.Commands(page.Text).Select(shown => shown.Typed);
}
