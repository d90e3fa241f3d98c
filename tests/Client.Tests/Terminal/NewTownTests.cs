using TownReform.Client.Terminal;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Terminal;

/// <summary>A third town and a scenario of one's own, made by commands: what they write loads.</summary>
public sealed class NewTownTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("new-town-");

    public NewTownTests()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Seeds, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Seeds, Path.GetRelativePath(Repository.Seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private string Seeds => Path.Combine(folder.FullName, "seeds");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task New_ATownLikeAnother_PassesTheCheckAndIsSimulated()
    {
        var made = await TypeAsync("town new zhanglu --like guyun --prefix ZL --name 张鲁镇");
        made.Code.ShouldBe(ExitCode.Done, made.Complained);
        made.Said.ShouldContain("towns/zhanglu.yaml");
        (await TypeAsync("catalogue check")).Said.ShouldContain("zhanglu: 100 = 32/64/2/2");
        var plan = File.ReadAllText(Path.Combine(Seeds, "towns", "zhanglu.yaml"));
        plan.ShouldContain("{zh: 张鲁镇, en: Zhanglu Town}");
        plan.ShouldNotContain("古云");
        plan.ShouldNotContain("editions:");
        File.ReadLines(Path.Combine(Seeds, "scenarios", "demand-zhanglu.csv")).ElementAt(1).ShouldStartWith("ZL-XK-001,");

        var file = Path.Combine(folder.FullName, "ours.yaml");
        var scenario = await TypeAsync($"scenario new ours --towns zhanglu --file {file}");
        scenario.Code.ShouldBe(ExitCode.Done, scenario.Complained);
        File.AppendAllText(file, "from: 2019-05-06\nuntil: 2019-05-17\nassessment: {on: 2019-05-15}\ndemand_scale: 0.3\n");
        var check = await TypeAsync($"scenario check {file}");
        check.Code.ShouldBe(ExitCode.Done, check.Complained);
        check.Said.ShouldContain("Zhanglu Town");
        check.Said.ShouldNotContain("Guyun");

        var run = await TypeAsync($"simulate {file} --no-events --out {Path.Combine(folder.FullName, "run")}");
        run.Code.ShouldBe(ExitCode.Done, run.Complained);
        run.Said.ShouldContain("Zhanglu Town");
        run.Said.ShouldContain("Checks: all hold.");
    }

    [Theory]
    [InlineData("town new guyun --like guyun --prefix ZL --name 张鲁镇", "guyun")]
    [InlineData("town new Zhanglu --like guyun --prefix ZL --name 张鲁镇", "CODE")]
    [InlineData("town new zhanglu --like guyn --prefix ZL --name 张鲁镇", "guyun")]
    [InlineData("town new zhanglu --like guyun --prefix GY --name 张鲁镇", "guyun")]
    [InlineData("town new zhanglu --like guyun --prefix Z --name 张鲁镇", "--prefix")]
    [InlineData("scenario new x --from second-year", "first-year")]
    [InlineData("scenario new x --towns yandan", "yandian")]
    [InlineData("scenario check second-year", "first-year")]
    public async Task New_WhatCantBe_IsBadInputAndWritesNothing(string line, string names)
    {
        var typed = await TypeAsync(line);
        typed.Code.ShouldBe(ExitCode.BadInput, typed.Complained);
        typed.Complained.ShouldContain(names);
        File.Exists(Path.Combine(Seeds, "towns", "zhanglu.yaml")).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_AScenarioWithFaults_NamesFileAndLine()
    {
        var file = Path.Combine(folder.FullName, "wrong.yaml");
        File.WriteAllText(
            file,
            "scenario: wrong\nname: {zh: 错, en: Wrong}\nextends: first-year\npeople: {yandian: {enforcement: {officer: -99}}}\n"
        );
        var typed = await TypeAsync($"scenario check {file}");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain("wrong.yaml:4: people.yandian.enforcement.officer: expected at most -");
    }

    [Fact]
    public async Task Catalogue_WithCodesOfAnotherTown_IsAFault()
    {
        var items = Path.Combine(Seeds, "catalogues", "guyun.csv");
        File.WriteAllText(items, File.ReadAllText(items).Replace("GY-XK-002,", "YD-XK-902,", StringComparison.Ordinal));
        var typed = await TypeAsync("catalogue check");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain("catalogues/guyun.csv:3: code");
    }

    private Task<Typed> TypeAsync(string line) => Typed.LineAsync($"{line} --seeds {Seeds} --lang en");
}
