using System.Text;
using System.Text.RegularExpressions;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Seeds;

/// <summary>Each fault of a seed file is told in Chinese; a file in another encoding by its line.</summary>
public sealed partial class FaultWordsTests
{
    [Fact]
    public void Chinese_EveryExpectationOfTheLoaders_IsKnown()
    {
        var expectations = new[] { "Seeds", "Simulation/Scenarios", "Matters" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(RealSeeds.Folder, "..", "Grains", folder), "*.cs", SearchOption.AllDirectories)
            )
            .SelectMany(file => Call().Matches(File.ReadAllText(file)))
            .Select(call => Hole().Replace(call.Groups["text"].Value + string.Concat(call.Groups["more"].Captures), "X"))
            .Where(text => text.Contains(' ', StringComparison.Ordinal) && !text.Contains('{', StringComparison.Ordinal))
            .Distinct()
            .ToArray();
        expectations.Length.ShouldBeGreaterThan(50);
        expectations.Where(text => FaultWords.Chinese(text) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Of_AFault_HasItsPartsInBothLanguages()
    {
        var told = FaultWords.Of(new("towns/x.yaml", 7, "staffing", "at most 38 people on administrative posts (D2)", "39"));
        told.Zh.ShouldBe("towns/x.yaml:7：staffing：应为administrative 编制上最多 38 人（D2），现为 39");
        told.En.ShouldBe("towns/x.yaml:7: staffing: expected at most 38 people on administrative posts (D2), found 39");
    }

    [Theory]
    [InlineData("a\nb\n", null)]
    [InlineData("a\n中\n", null)]
    public void Encoding_Utf8_IsTaken(string text, int? line) => EncodingFault.Of(Encoding.UTF8.GetBytes(text))?.Line.ShouldBe(line!.Value);

    [Fact]
    public void Encoding_Other_IsToldByTheLineOfItsFirstByte()
    {
        // 中 in GBK.
        EncodingFault.Of([.. "a\nb\n"u8, 0xD6, 0xD0, (byte)'\n']).ShouldNotBeNull().Line.ShouldBe(3);
        EncodingFault.Of([0xFF, 0xFE, (byte)'a', 0]).ShouldNotBeNull().Found.ShouldContain("UTF-16");
        EncodingFault.Of([.. "a\n"u8, (byte)'b', 0]).ShouldNotBeNull().Line.ShouldBe(2);
        EncodingFault.Of([0xEF, 0xBB, 0xBF, (byte)'a']).ShouldBeNull();

        // And what to do about it.
        EncodingFault.Expected.ShouldContain("CSV UTF-8");
        FaultWords.Chinese(EncodingFault.Expected).ShouldNotBeNull().ShouldContain("CSV UTF-8");
    }

    // What a loader expected: the text after a comma in a call that notes a fault.
    [GeneratedRegex(
        @"(?:Fault|Add|Check|Bound|Each)\([^;]*?,\s*\$?""(?<text>(?:an?|the|one|each|nothing|no|at|as|some|numbers|minutes|codes|letters"
            + @"|choices|kinds|administrative|well-formed) [^""]*)""(?:\s*\+ \$?""(?<more>[^""]*)"")*"
    )]
    private static partial Regex Call();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
