using Spectre.Console;
using TownReform.Client.Reports;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Tests.Simulation.Results;

namespace TownReform.Client.Tests.Reports;

public sealed class TablesTests
{
    private const int Width = 100;

    [Theory]
    [InlineData(Lang.Zh, 1)]
    [InlineData(Lang.En, 1)]
    [InlineData(Lang.Zh, 4)]
    [InlineData(Lang.En, 4)]
    public void Write_Summary_FitsAndHasNoColour(Lang lang, int replications) =>
        Fits(console => new SummaryTables(FakeSummary.Of("base", replications, 4000), lang).Write(console));

    [Theory]
    [InlineData(Lang.Zh)]
    [InlineData(Lang.En)]
    public void Write_Comparison_FitsAndHasNoColour(Lang lang) =>
        Fits(console =>
            new ComparisonTables(RunComparison.Of(FakeSummary.Of("a", 1, 80), FakeSummary.Of("b", 1, 160)), lang).Write(console)
        );

    [Theory]
    [InlineData("zh", Lang.Zh)]
    [InlineData("zh-CN", Lang.Zh)]
    [InlineData("EN", Lang.En)]
    [InlineData("en_GB", Lang.En)]
    public void TryParse_KnownLanguage_IsFound(string text, Lang lang)
    {
        WordsIn.TryParse(text, out var found).ShouldBeTrue();
        found.ShouldBe(lang);
    }

    [Fact]
    public void TryParse_OtherLanguage_IsNotFound() => WordsIn.TryParse("fr", out _).ShouldBeFalse();

    private static void Fits(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = Width;
        write(console);

        var lines = text.ToString().Split('\n');
        lines.Length.ShouldBeGreaterThan(10);
        lines.ShouldAllBe(line => Cells(line) <= Width);
        text.ToString().ShouldNotContain('\u001b');
        text.ToString().ShouldNotContain('…');
    }

    // Chinese and full-width signs take two cells.
    private static int Cells(string line) => line.TrimEnd().Sum(c => c >= '\u2E80' ? 2 : 1);
}
