using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>What the source looks like beyond its format: CSharpier breaks code, but neither comments nor texts.</summary>
public sealed class SourceTests
{
    private const int Widest = 140;

    // In two pieces, so that this file isn't one of them.
    private static readonly string[] Pauses = ["Task." + "Delay(", "Thread." + "Sleep(", "Periodic" + "Timer(", "Spin" + "Wait"];

    [Fact]
    public void Lines_OfCodeAndComments_AreAtMost140CharactersWide() =>
        new[] { "Grains", "Grains.Interfaces", "Silo", "Client", "tests" }
            .SelectMany(RealSeeds.Sources)
            .SelectMany(TooWide)
            .ShouldBeEmpty();

    /// <summary>A pause proves nothing, and is too short on a machine with other work: a test waits for the thing itself, with a deadline
    /// (<see cref="Eventually"/>). What makes load paces itself.</summary>
    [Fact]
    public void Tests_LetTimePass_InOneHelperAndInWhatMakesLoad() =>
        RealSeeds
            .Sources("tests")
            .Where(file => Pauses.Any(File.ReadAllText(file).Contains))
            .Select(file => file[(file.LastIndexOf("/tests/", StringComparison.Ordinal) + 1)..])
            .Where(file => !file.StartsWith("tests/Benchmarks/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["tests/Fixtures/Eventually.cs", "tests/Silo.Tests/Fixtures/Applicants.cs"]);

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
