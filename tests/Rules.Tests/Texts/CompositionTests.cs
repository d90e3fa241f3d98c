using System.Globalization;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Rules.Tests.Texts;

/// <summary>Form C, against another implementation's answers.</summary>
public sealed class CompositionTests
{
    [Fact]
    public void Compose_Any_IsWhatAnotherImplementationSays()
    {
        // Made by Python's unicodedata: what is typed, a tab, what form C makes of it.
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Texts", "composition.tsv"));
        lines.Length.ShouldBe(400);
        foreach (var line in lines)
        {
            var (typed, composed) = (Text(line.Split('\t')[0]), Text(line.Split('\t')[1]));
            Composition.Compose(typed).ShouldBe(composed, line);
            Composition.Compose(composed).ShouldBe(composed, line);
        }
    }

    private static string Text(string codes) =>
        string.Concat(
            codes
                .Split(' ')
                .Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))
        );
}
