using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Terminal;

public sealed class CatalogueTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seeds");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Check_RealSeeds_CountsAsThePlansDo()
    {
        var typed = await Typed.LineAsync("catalogue check");
        typed.Code.ShouldBe(ExitCode.Done);
        typed.Said.ShouldContain("yandian: 128 = 35/91/1/1");
        typed.Said.ShouldContain("guyun: 100 = 32/64/2/2");
    }

    [Fact]
    public async Task Check_AsJson_IsJson()
    {
        using var json = JsonDocument.Parse((await Typed.LineAsync("catalogue check --json")).Said);
        json.RootElement.EnumerateArray().Single(t => t.GetProperty("town").GetString() == "yandian").GetProperty("total").GetInt32().ShouldBe(128);
    }

    [Fact]
    public async Task Check_BrokenCopy_NamesEachFaultWithFileAndLine()
    {
        Repository.CopySeeds(folder.FullName);
        var file = Path.Combine(folder.FullName, "catalogues", "yandian.csv");
        var lines = File.ReadAllLines(file);
        lines[1] = lines[1].Replace(",permit,", ",permission,", StringComparison.Ordinal);
        lines[2] = lines[2].Replace(",20wd,", ",twenty,", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);

        var typed = await Typed.LineAsync($"catalogue check --seeds {folder.FullName}");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain("catalogues/yandian.csv:2: kind");
        typed.Complained.ShouldContain("catalogues/yandian.csv:3: statutory_limit");
    }

    [Fact]
    public async Task Show_Item_NamesItsProcedure() =>
        (await Typed.LineAsync("catalogue show YD-CF-001 --town yandian")).Said.ShouldContain("penalty-general");
}
