using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Live;

/// <summary>A practice town (培训环境) in a process of its own: another day, its law, and nothing that could be taken for real.</summary>
public sealed class PracticeTownTests : IDisposable
{
    private const int FoundedOtherwise = 3;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("practice");
    private readonly (int Silo, int Gateway) ports = SiloProcess.FreePorts();

    private string Data => Path.Combine(folder.FullName, "data");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Clock_OfJune2019_JudgesByTheLawOfThatDayAndSaysSo()
    {
        DateTimeOffset before;
        await using (var silo = await StartAsync("2019-06-03T10:00"))
        {
            silo.Announced.ShouldContain("PRACTICE TOWN, clock 2019-06-03 10:00");
            var permit = await AskAsync("case open --town yandian --item YD-XK-001 --party C1 --party-name 张三");
            permit.GetProperty("openedAt").GetString().ShouldStartWith("2019-06-03");
            permit.GetProperty("practice").GetString().ShouldStartWith("2019-06-03T02:0");
            var number = permit.GetProperty("number").GetString();
            await AskAsync($"case act {number} accept --as {permit.GetProperty("officers")[0]}");
            (await TypeAsync($"case show {number}")).Said.ShouldStartWith("[PRACTICE TOWN");
            (await AskAsync("case list --town yandian"))[0].GetProperty("practice").GetString().ShouldStartWith("2019-06-03");
            var plain = await TypeAsync("case list --town yandian --plain");
            (
                plain.Said.Contains("PRACTICE", StringComparison.Ordinal),
                plain.Complained.Contains("PRACTICE TOWN", StringComparison.Ordinal)
            ).ShouldBe((false, true));
            await FineAsync();
            (await TypeAsync("case open --town yandian --item YD-XK-001 --party C2 --at 2026-06-03T10:00")).Complained.ShouldContain(
                "9020"
            );
            (await AskAsync("audit check")).GetProperty("sound").GetBoolean().ShouldBeTrue();
            await LoadAsync();
            await OfflineAsync();
            before = (await AskAsync($"case show {number}")).GetProperty("case").GetProperty("changedAt").GetDateTimeOffset();
            await silo.KillAsync();
        }

        await RefusedAsync("practice town's");
        // An earlier moment at a later start: the clock goes on where it was.
        await using var again = await StartAsync("2019-04-11");
        (await AskAsync("case open --town yandian --item YD-XK-001 --party C3 --party-name 张三"))
            .GetProperty("openedAt")
            .GetDateTimeOffset()
            .ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task Clock_ForARealTown_IsRefused()
    {
        await using (var silo = await SiloProcess.StartAsync(Data, ports))
        {
            silo.Announced.ShouldNotContain("PRACTICE TOWN");
            (await TypeAsync($"audit verify --file {Data}/town.sqlite")).Said.ShouldNotContain("[PRACTICE");
            (await TypeAsync($"backup {Path.Combine(folder.FullName, "real")} --data {Data}")).Said.ShouldNotContain("[PRACTICE");
            (await silo.StopAsync()).ShouldBe(0);
        }

        await RefusedAsync("real town's", "--clock", "2019-06-03");
    }

    // On the spot a person was fined 50 yuan at most until 2021-07-14 (行政处罚法 2017 §33); since then 200.
    private async Task FineAsync()
    {
        var officer = SeedLoader
            .Load(Repository.Seeds)
            .Towns["yandian"]
            .Staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("officer"))
            .Id;
        var opened = await AskAsync(
            $"case open --town yandian --item YD-CF-041 --procedure penalty-summary --party P1 --as {officer} --field "
                + "offence-date=2019-06-03 --field found-by=patrol"
        );
        var act =
            $"case act {opened.GetProperty("number")} impose --as {officer} --field circumstance=minor --field "
            + "served-on=2019-06-03 --field fine=";
        var refused = await TypeAsync(act + "50.01");
        refused.Code.ShouldBe(ExitCode.Refused);
        refused.Complained.ShouldContain("7004");
        refused.Complained.ShouldContain("2017");
        (await AskAsync(act + "50.00")).GetProperty("step").GetString().ShouldBe("payment");
    }

    // A load is stamped by the town's clock, or each command would be refused (9020); its files say what town it was.
    private async Task LoadAsync()
    {
        var to = Path.Combine(folder.FullName, "load");
        var load = await AskAsync($"load --concurrency 2 --warm-up 0s --duration 1s --mix permit --towns yandian --out {to}");
        load.GetProperty("figures").GetProperty("refused").GetArrayLength().ShouldBe(0);
        load.GetProperty("figures").GetProperty("ended").GetInt64().ShouldBeGreaterThan(0);
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(to, "load.json")));
        kept.RootElement.GetProperty("practice").GetString().ShouldStartWith("2019-06-03");
        var page = await File.ReadAllTextAsync(Path.Combine(to, "load.html"));
        (page.Contains("PRACTICE TOWN", StringComparison.Ordinal), page.Contains("培训环境", StringComparison.Ordinal)).ShouldBe(
            (true, true)
        );
    }

    // Whoever reads the record without the town is told what it is of.
    private async Task OfflineAsync()
    {
        var (backup, restored, saved) = (
            Path.Combine(folder.FullName, "backup"),
            Path.Combine(folder.FullName, "restored"),
            Path.Combine(folder.FullName, "saved")
        );
        foreach (
            var line in new[]
            {
                $"audit verify --file {Data}/town.sqlite",
                $"audit check --file {Data}/town.sqlite",
                $"audit show town/yandian --file {Data}/town.sqlite",
                $"backup {backup} --data {Data}",
                $"restore {backup} --data {restored}",
                $"audit verify --file {restored}/town.sqlite",
                $"audit salvage --file {backup}/town.sqlite --out {saved}",
            }
        )
        {
            var typed = await TypeAsync(line);
            (typed.Code, typed.Complained).ShouldBe((ExitCode.Done, ""), line);
            typed.Said.ShouldStartWith("[PRACTICE TOWN, nothing of this is real] clock 2019-06-03 10:", customMessage: line);
        }

        (await AskAsync($"audit verify --file {Data}/town.sqlite")).GetProperty("practice").GetString().ShouldStartWith("2019-06-03T02:");
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(backup, "backup.json")));
        manifest.RootElement.GetProperty("practice").GetDateTimeOffset().UtcDateTime.Date.ShouldBe(new DateTime(2019, 6, 3));
    }

    private Task<SiloProcess> StartAsync(string clock) => SiloProcess.StartWithAsync(Data, ports, "--clock", clock);

    private async Task RefusedAsync(string why, params string[] more)
    {
        await using var silo = SiloProcess.LaunchAfter(":", ["--data", Data, .. more]);
        (await silo.ExitAsync()).ShouldBe(FoundedOtherwise);
        silo.Complaints.Where(line => line.Length > 0).ShouldHaveSingleItem().ShouldContain(why);
    }

    private Task<Typed> TypeAsync(string line) =>
        Typed.LineAsync($"{line} --lang en --seeds {Repository.Seeds} --gateway 127.0.0.1:{ports.Gateway}");

    private async Task<JsonElement> AskAsync(string line)
    {
        var typed = await TypeAsync(line + " --json");
        typed.Code.ShouldBe(ExitCode.Done, typed.Complained + typed.Said);
        using var json = JsonDocument.Parse(typed.Said);
        return json.RootElement.Clone();
    }
}
