using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>What the source looks like beyond its format: CSharpier breaks code, but neither comments nor texts.</summary>
public sealed class SourceTests
{
    private const int Widest = 140;

    [Fact]
    public void Lines_OfCodeAndComments_AreAtMost140CharactersWide() =>
        new[] { "Grains", "Grains.Interfaces", "Silo", "Client", "tests" }
            .SelectMany(RealSeeds.Sources)
            .SelectMany(TooWide)
            .ShouldBeEmpty();

    // Raw literals are data, such as lines of a file as it is stored.
    private static IEnumerable<string> TooWide(string file)
    {
        var isRaw = false;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (line.Length > Widest && !isRaw && !line.Contains("\"\"\"", StringComparison.Ordinal))
            {
                yield return $"{file}:{number + 1} {line.Length}";
            }

            isRaw ^= line.Split("\"\"\"").Length % 2 == 0;
        }
    }
}
