namespace TownReform.Client.Tests.Documents;

/// <summary>The worked example of <c>docs/adding-a-matter.md</c> is code that is compiled, loaded and tested: each box stands in a file of
/// the matter or of its tests.</summary>
public sealed class MatterDocumentTests
{
    private const string Page = "docs/adding-a-matter.md";

    [Theory]
    [InlineData("csharp", 4)]
    [InlineData("yaml", 2)]
    public void Example_EachBox_StandsInTheMattersFiles(string language, int least)
    {
        var files = new[] { "Grains/Matters/Enquiries", "tests/Rules.Tests/Matters/Enquiries" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Documents.Root, folder)))
            .Select(file => Plain(File.ReadAllLines(file)))
            .ToList();
        var boxes = DocumentPage.Blocks(Documents.Of(Page).Text, language).Select(Plain).ToList();
        boxes.Count.ShouldBeGreaterThanOrEqualTo(least);
        boxes.Where(box => !files.Exists(file => file.Contains(box, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // A box is moved to the left margin.
    private static string Plain(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));
}
