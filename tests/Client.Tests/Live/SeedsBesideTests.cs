using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;

namespace TownReform.Client.Tests.Live;

/// <summary>A console whose seeds aren't the live town's: told where it matters, and nothing false is said.</summary>
public sealed class SeedsBesideTests : IClassFixture<LiveConsole>, IDisposable
{
    private readonly LiveConsole live;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seeds");

    public SeedsBesideTests(LiveConsole live)
    {
        this.live = live;
        foreach (var file in Directory.EnumerateFiles(live.Seeds, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(live.Seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task OtherLaw_IsToldByNameAndNoLoadIsPut()
    {
        Replace("law/licensing.yaml", "value: 5", "value: 6");
        var listed = await TypeAsync("filing list --town yandian --office housing");
        listed.Code.ShouldBe(ExitCode.Done, listed.Complained);
        listed.Complained.ShouldContain("1 file (law/licensing.yaml)");

        var before = await CasesAsync();
        var load = await TypeAsync("load --concurrency 1 --warm-up 0s --duration 1s");
        load.Code.ShouldBe(ExitCode.BadInput);
        load.Complained.ShouldContain("law/licensing.yaml");
        load.Complained.ShouldContain("no load was put");
        (await CasesAsync()).ShouldBe(before);

        // What the town itself tells depends on no seeds here.
        (await TypeAsync("case list --town yandian")).Complained.ShouldNotContain("law/licensing.yaml");
    }

    [Fact]
    public async Task OtherScenario_OnTheClustersSilos_IsNotRun()
    {
        File.AppendAllText(Path.Combine(folder.FullName, "scenarios", "demand-yandian.csv"), "\n");
        var run = await TypeAsync($"simulate --on-cluster --no-events --replications 1 --out {Path.Combine(folder.FullName, "run")}");
        run.Code.ShouldBe(ExitCode.BadInput);
        run.Complained.ShouldContain("scenarios/demand-yandian.csv");
        run.Complained.ShouldContain("nothing was run");
        (await TypeAsync("filing list --town yandian --office housing")).Complained.ShouldBeEmpty();
    }

    [Fact]
    public async Task SameSeedsAndAnotherComment_AreNotWorthAWord()
    {
        File.AppendAllText(Path.Combine(folder.FullName, "law/licensing.yaml"), "\n# A note.\n");
        (await TypeAsync("filing list --town yandian --office housing")).Complained.ShouldBeEmpty();
    }

    [Fact]
    public async Task ATownMore_IsNotFoundedAndTheOthersGoOn()
    {
        AddTown();
        (await TypeAsync("towns")).Complained.ShouldContain("qixian) is in the seeds and not founded");
        var load = await TypeAsync("load --concurrency 1 --warm-up 0s --duration 1s");
        load.Code.ShouldBe(ExitCode.Done, load.Complained);
        load.Complained.ShouldContain("not founded: qixian");
        load.Complained.ShouldNotContain("are not those of the live town");
        (await TypeAsync("filing list --town qixian --office housing")).Code.ShouldNotBe(ExitCode.Fault);
    }

    [Fact]
    public async Task ATownLess_IsServedAsTheTownKnowsItAndNoAuditIsMadeUp()
    {
        foreach (
            var file in Directory
                .EnumerateFiles(folder.FullName, "guyun*", SearchOption.AllDirectories)
                .Concat([Path.Combine(folder.FullName, "scenarios", "first-year.yaml")])
        )
        {
            File.Delete(file);
        }

        (await TypeAsync("towns")).Said.ShouldContain("guyun");
        var load = await TypeAsync("load --concurrency 1 --warm-up 0s --duration 1s");
        load.Code.ShouldBe(ExitCode.BadInput, load.Complained);
        load.Complained.ShouldContain("towns/guyun.yaml");
    }

    private Task<Typed> TypeAsync(string line) => Typed.LineAsync($"{line} --lang en --seeds {folder.FullName} --gateway {live.Gateway}");

    private async Task<long> CasesAsync() =>
        (await live.AskAsync("towns"))
            .EnumerateArray()
            .Sum(town => town.GetProperty("cases").EnumerateArray().Sum(c => c.GetProperty("cases").GetInt64()));

    private void AddTown()
    {
        var text = File.ReadAllText(Path.Combine(folder.FullName, "towns/yandian.yaml"));
        text = text.Replace("code: yandian", "code: qixian", StringComparison.Ordinal)
            .Replace("prefix: YD", "prefix: QX", StringComparison.Ordinal)
            .Replace("烟行", "祁行", StringComparison.Ordinal)
            .Replace("烟综", "祁综", StringComparison.Ordinal)
            .Replace("临行许", "临祁行许", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.FullName, "towns/qixian.yaml"), text);
        foreach (
            var (from, to) in new[]
            {
                ("yandian.csv", "qixian.csv"),
                ("yandian-retained.csv", "qixian-retained.csv"),
                ("yandian-versions.csv", "qixian-versions.csv"),
            }
        )
        {
            var items = File.ReadAllText(Path.Combine(folder.FullName, "catalogues", from));
            File.WriteAllText(Path.Combine(folder.FullName, "catalogues", to), items.Replace("YD-", "QX-", StringComparison.Ordinal));
        }
    }

    private void Replace(string path, string old, string @new)
    {
        var file = Path.Combine(folder.FullName, path);
        var text = File.ReadAllText(file);
        text.ShouldContain(old);
        File.WriteAllText(file, text.Replace(old, @new, StringComparison.Ordinal));
    }
}
