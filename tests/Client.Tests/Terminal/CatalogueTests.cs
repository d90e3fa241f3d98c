using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Terminal;

public sealed class CatalogueTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seeds");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    [ShowsClause("A1", "A2")]
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
        json.RootElement.EnumerateArray()
            .Single(t => t.GetProperty("town").GetString() == "yandian")
            .GetProperty("total")
            .GetInt32()
            .ShouldBe(128);
    }

    [Fact]
    public async Task Check_BrokenCopy_NamesEachFaultWithFileAndLine()
    {
        Repository.CopySeeds(folder.FullName);
        var file = Path.Combine(folder.FullName, "catalogues", "yandian.csv");
        var lines = File.ReadAllLines(file);
        lines[1] = lines[1].Replace(",permit,", ",permission,", StringComparison.Ordinal);
        lines[2] = lines[2].Replace(",law:licensing.decide.days,", ",twenty,", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);

        var typed = await Typed.LineAsync($"catalogue check --seeds {folder.FullName}");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain("catalogues/yandian.csv:2: kind");
        typed.Complained.ShouldContain("catalogues/yandian.csv:3: statutory_limit");
    }

    [Fact]
    public async Task Show_ItemOnADay_HasTheLawOfThatDay()
    {
        var before = await Typed.LineAsync("catalogue show YD-CF-041 --town yandian --on 2021-07-14 --lang en");
        before.Said.ShouldContain("(2014年修正)第九十四条第三项");
        before.Said.ShouldContain("minor: 0.00 – 10,000.00");
        before.Said.ShouldContain("服务承诺(方案二(一)4) C3");
        var after = await Typed.LineAsync("catalogue show YD-CF-041 --town yandian --on 2021-09-01 --lang en");
        after.Said.ShouldContain("(2021年修正)第九十七条第三项 (to be verified)");
        after.Said.ShouldContain("minor: 0.00 – 20,000.00");
        after.Said.ShouldContain("90 calendar days (行政处罚法(2021) §60)");
    }

    [Fact]
    public async Task Show_Item_NamesItsProcedure() =>
        (await Typed.LineAsync("catalogue show YD-CF-001 --town yandian")).Said.ShouldContain("penalty-general");
}
