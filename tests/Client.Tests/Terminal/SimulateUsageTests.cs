using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

/// <summary>What <c>simulate</c> is ordered with is looked at before anything starts.</summary>
public sealed class SimulateUsageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("simulate-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("second-year", "first-year")]
    [InlineData("nowhere/no.yaml", "no.yaml")]
    [InlineData("--seed many", "--seed")]
    [InlineData("--seed -1", "--seed")]
    [InlineData("--replications 0", "--replications")]
    [InlineData("--replications 1001", "--replications")]
    [InlineData("--demand 0", "--demand")]
    [InlineData("--pace fast", "--pace")]
    [InlineData("--procedure permit", "--procedure")]
    [InlineData("--procedure permits=permit", "penalty")]
    [InlineData("--procedure permit=penalty-general", "permit-by-county")]
    [InlineData("--procedure permit=no-such", "permit-by-county")]
    [InlineData("--procedure permit=permit --procedure permit=permit-by-county", "--procedure")]
    [InlineData("--cores=2", "--cores")]
    [InlineData("first-year other-year", "other-year")]
    public async Task Simulate_BadOrder_IsBadInputInBothLanguages(string order, string names)
    {
        var said = new HashSet<string>();
        foreach (var lang in new[] { "zh", "en" })
        {
            var typed = await Typed.LineAsync($"simulate {order} --out {Out} --lang {lang}");
            typed.Code.ShouldBe(ExitCode.BadInput, typed.Complained);
            typed.Complained.ShouldContain(names);
            typed.Complained.ShouldNotContain("   at ");
            typed.Said.ShouldBeEmpty();
            said.Add(typed.Complained).ShouldBeTrue();
        }

        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Simulate_OutThatIsAFile_IsBadInputAndTheFileStays()
    {
        File.WriteAllText(Out, "mine");
        var typed = await Typed.LineAsync($"simulate --out {Out} --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain(Out);
        File.ReadAllText(Out).ShouldBe("mine");
    }

    [Fact]
    public async Task Simulate_BrokenScenario_NamesFileAndLine()
    {
        var file = Path.Combine(folder.FullName, "broken.yaml");
        File.WriteAllText(file, "scenario: broken\nname: [x]\n");
        var typed = await Typed.LineAsync($"simulate {file} --out {Out} --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain($"{file}:2: name");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Help_ShowsAnExample() =>
        (await Typed.LineAsync("simulate --help")).Said.ShouldContain($"{CommandTree.Name} simulate --seed");

    [Fact]
    public void Completion_OfTheScenario_SuggestsThoseOfTheSeeds() =>
        CommandTree.Build(new Shell(Lang.En)).Parse("simulate f").GetCompletions().Select(c => c.Label).ShouldContain("first-year");

    private string Out => Path.Combine(folder.FullName, "out");
}
