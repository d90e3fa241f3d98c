using TownReform.Client.Terminal;
using TownReform.Client.Tests.Documents;
using TownReform.Client.Tests.Terminal;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Simulation;

/// <summary>An operator's question, answered with what the document says and from what stands on the screen: before the festival, two
/// clerks fewer, permits by the county, who is the bottleneck?</summary>
public sealed class FestivalTests : IDisposable
{
    private const string Weeks = "--set from=2020-01-06 --set until=2020-01-22 --set assessment.on=2020-01-20 --set adjustments=[]";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("festival-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "docs/simulating.md",
        "en",
        "does not carry|is at the limit|carries its powers",
        "Tightest in the county: Linqing",
        "people, "
    )]
    [InlineData("docs/simulating.zh.md", "zh", "接不住|到了极限|接得住", "县级最紧：临清市", "使用率")]
    public async Task Simulate_TheDocumentsFile_AnswersAboveEverythingElse(
        string page,
        string lang,
        string verdicts,
        string county,
        string use
    )
    {
        var file = Path.Combine(folder.FullName, "festival.yaml");
        var text = DocumentPage.Blocks(File.ReadAllText(Path.Combine(Repository.Seeds, "..", page)), "yaml").First();
        File.WriteAllLines(file, text);
        var run = await Typed.LineAsync(
            $"simulate {file} --seed 7 {Weeks} --no-events --out {Path.Combine(folder.FullName, "run")} --lang {lang}"
        );
        run.Code.ShouldBe(ExitCode.Done, run.Complained);
        var answer = run.Said[..run.Said.IndexOf('─', StringComparison.Ordinal)].ReplaceLineEndings("");
        verdicts.Split('|').ShouldContain(verdict => answer.Contains(verdict, StringComparison.Ordinal), answer);
        answer.ShouldContain(county);
        answer.ShouldContain(use);
        answer.ShouldContain("--set people.");
        File.ReadAllText(Path.Combine(folder.FullName, "run", "summary.json")).ShouldContain("\"YD-034\"");
    }
}
