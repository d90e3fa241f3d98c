using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Silo.Tests.Fixtures;

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
    [InlineData("--set demand_scale", "--set")]
    [InlineData("--set peple.yandian.enforcement.officer=-1", "people")]
    [InlineData("--set people.yandian.enforcment.officer=-1", "enforcement")]
    [InlineData("--set people.yandian.government-service.window=-9", "people.yandian.government-service.window")]
    [InlineData("--set work.reviw.median=70", "review")]
    [InlineData("--set work.review.median=long", "work.review.median")]
    [InlineData("--set pace=2 --set pace=3", "pace")]
    [InlineData("--set towns.yandian=/etc/passwd.csv", "towns.yandian")]
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

    [Theory]
    [InlineData("", "one YAML", "found 0")]
    [InlineData("a: [b\n  c: \"", "well-formed YAML", ":2")]
    [InlineData("a: 1\na: 2\n", "well-formed YAML", ":2")]
    [InlineData("scenario: &a [*a]\n", "scenario", ":1")]
    [InlineData("--- 1\n--- 2\n", "one YAML", "found 2")]
    [InlineData("\u0001\u0002\u0003", "a mapping of scenario", ":1")]
    public async Task Simulate_FileThatIsNoScenario_IsAFaultWithFileAndLine(string text, string expected, string place)
    {
        var file = Path.Combine(folder.FullName, "no.yaml");
        File.WriteAllText(file, text);
        await IsFaultAsync(file, file, expected, place);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("- ", "")]
    [InlineData("{a: ", "}")]
    public async Task Simulate_NestedWithoutEnd_IsAFaultAndNoCrash(string open, string close)
    {
        var file = Path.Combine(folder.FullName, "no.yaml");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat(open, 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000)));
        await IsFaultAsync(file, file + ":1", "well-formed YAML");
        (await Typed.LineAsync($"simulate {file} --out {Out} --lang zh")).Complained.ShouldContain(
            "no.yaml:1：document：应为格式正确的 YAML\n"
        );
    }

    [Fact]
    public async Task Simulate_BytesThatAreNoText_AreAFaultWithFileAndLine()
    {
        var file = Path.Combine(folder.FullName, "no.yaml");
        File.WriteAllBytes(file, System.Text.Encoding.Unicode.GetPreamble());
        await IsFaultAsync(file, "no.yaml:1", "UTF-16");
        File.WriteAllBytes(file, [.. "a: b\n"u8, 0xB9, 0xCC]);
        await IsFaultAsync(file, "no.yaml:2", "UTF-8");
    }

    [Fact]
    public async Task Simulate_FolderInPlaceOfAFile_SaysSo()
    {
        var file = folder.CreateSubdirectory("folder.yaml").FullName;
        await IsFaultAsync(file, file, "is a folder");
        var demand = Path.Combine(folder.FullName, "s.yaml");
        File.WriteAllText(
            demand,
            File.ReadAllText(Path.Combine(Repository.Seeds, "scenarios", "first-year.yaml"))
                .Replace("scenario: first-year", "scenario: s", StringComparison.Ordinal)
        );
        folder.CreateSubdirectory("demand-yandian.csv");
        await IsFaultAsync(demand, "demand-yandian.csv", "the file to exist");
    }

    [Theory]
    [InlineData("--demand 0.001")]
    [InlineData("--pace 101")]
    public async Task Simulate_OnClusterBeyondItsBounds_IsToldBeforeAnybodyIsAsked(string option)
    {
        var typed = await Typed.LineAsync($"simulate --on-cluster {option} --gateway 127.0.0.1:1 --out {Out} --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain("0.01");
    }

    private async Task IsFaultAsync(string file, params string[] told)
    {
        var typed = await Typed.LineAsync($"simulate {file} --out {Out} --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput, typed.Complained);
        foreach (var words in told)
        {
            typed.Complained.ShouldContain(words);
        }

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
