using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TownReform.Client.Reports;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Tests.Simulation.Results;

namespace TownReform.Client.Tests.Reports;

public sealed partial class ReportPageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_AnyRun_RefersToNothingOutside(int replications)
    {
        var page = WithoutNamespaces(Page(FakeSummary.Of("base", replications, 60)));

        page.ShouldNotContain("http:", Case.Insensitive);
        page.ShouldNotContain("https:", Case.Insensitive);
        Loads().Matches(page).ShouldBeEmpty();
    }

    [Fact]
    public void Write_Comparison_RefersToNothingOutside()
    {
        using var to = new MemoryStream();
        ComparisonPage.Write(to, RunComparison.Of(FakeSummary.Of("a", 1, 40), FakeSummary.Of("b", 1, 60)), Lang.En);
        var page = Encoding.UTF8.GetString(to.ToArray());

        page.ShouldNotContain("http:", Case.Insensitive);
        Loads().Matches(page).ShouldBeEmpty();
    }

    [Fact]
    public void Write_ScenarioNamedLikeScript_StaysData()
    {
        var page = Page(FakeSummary.Of("</script><img src=x onerror=alert(1)>", 1, 5));

        Data(page).ShouldNotContain('<');
        JsonDocument
            .Parse(Data(page))
            .RootElement.GetProperty("run")
            .GetProperty("scenario")
            .GetString()
            .ShouldBe("</script><img src=x onerror=alert(1)>");
    }

    [Fact]
    public void Write_ComparisonOfScriptLikeNames_IsEscaped()
    {
        using var to = new MemoryStream();
        ComparisonPage.Write(to, RunComparison.Of(FakeSummary.Of("<img src=x>", 1, 5), FakeSummary.Of("b", 1, 5)), Lang.Zh);

        Encoding.UTF8.GetString(to.ToArray()).ShouldNotContain("<img");
    }

    [Fact]
    public void Write_EachLanguage_OpensInIt()
    {
        Page(FakeSummary.Of("base", 1, 5), Lang.Zh).ShouldContain("<html lang=\"zh-CN\">");
        Page(FakeSummary.Of("base", 1, 5), Lang.En).ShouldContain("<html lang=\"en\">");
    }

    [Fact]
    public void Write_SameSummary_GivesTheSamePage() => Page(FakeSummary.Of("base", 2, 30)).ShouldBe(Page(FakeSummary.Of("base", 2, 30)));

    [Fact]
    public void Words_EachText_IsInBothLanguages()
    {
        var words = Encoding
            .UTF8.GetString(PageParts.Read("words.js"))
            .Split('\n')
            .Where(l => l.StartsWith("  ", StringComparison.Ordinal))
            .ToArray();

        words.ShouldNotBeEmpty();
        words.ShouldAllBe(line => Pair().IsMatch(line));
    }

    [Fact]
    public void Script_EachTextAskedFor_IsThere()
    {
        var known = Pair().Matches(Encoding.UTF8.GetString(PageParts.Read("words.js"))).Select(m => m.Groups[1].Value).ToHashSet();
        var asked = Asked().Matches(Encoding.UTF8.GetString(PageParts.Read("report.js"))).Select(m => m.Groups[1].Value);

        asked.Where(a => !known.Contains(a)).ShouldBeEmpty();
    }

    private static string Page(RunSummary summary, Lang lang = Lang.En)
    {
        using var to = new MemoryStream();
        ReportPage.Write(to, summary, lang);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    // Names of XML vocabularies are no addresses: nothing is ever fetched from them.
    private static string WithoutNamespaces(string page) => page.Replace("http://www.w3.org/", "", StringComparison.Ordinal);

    private static string Data(string page)
    {
        var begin = page.IndexOf("id=\"summary\">", StringComparison.Ordinal) + "id=\"summary\">".Length;
        return page[begin..page.IndexOf("</script>", begin, StringComparison.Ordinal)];
    }

    [GeneratedRegex("""<link|<iframe|<object|<embed|@import|<script[^>]+src=|url\(\s*["']?(https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex Loads();

    [GeneratedRegex("""^  (\w+): \['.+', '.+'\],$""", RegexOptions.Multiline)]
    private static partial Regex Pair();

    [GeneratedRegex("""\bt\('(\w+)'\)""")]
    private static partial Regex Asked();
}
