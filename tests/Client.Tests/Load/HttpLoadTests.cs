using System.Globalization;
using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Load;

/// <summary>Loads through the API of a live town in a process of its own: with keys, audited to the end, also across SIGKILL.</summary>
public sealed class HttpLoadTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("load");
    private readonly (int Silo, int Gateway) ports = SiloProcess.FreePorts();
    private readonly int http = SiloProcess.FreePorts().Silo;
    private SiloProcess silo = null!;

    private string Seeds => Path.Combine(folder.FullName, "seeds");

    private string Data => Path.Combine(folder.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Seeds);
        silo = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Load_ThroughTheApi_AnswersEverythingAndIsSound()
    {
        var report = await LoadAsync("--rate 20 --warm-up 0s --duration 2s --pace 20ms --mix permit=1,confirmation=1,penalty-summary=1");
        var figures = report.GetProperty("figures");
        (Number(figures, "arrived"), Number(figures, "ended"), Number(figures, "failed")).ShouldBe((40, 40, 0), figures.ToString());
        Number(report.GetProperty("audit"), "acknowledged").ShouldBe(Number(figures, "answered"));

        var rivals = (await LoadAsync("--concurrency 2 --warm-up 0s --duration 1s --hot case --approvers 4")).GetProperty("figures");
        rivals.GetProperty("refused").EnumerateArray().Sum(refused => Number(refused, "count")).ShouldBe(Number(rivals, "ended") * 3);
        rivals.GetProperty("refused").EnumerateArray().ShouldContain(refused => Number(refused, "code") == (int)RefusalCode.CaseMovedOn);

        var wrong = await TypeAsync($"load --http http://127.0.0.1:{http}");
        wrong.Code.ShouldBe(ExitCode.BadInput);
        wrong.Complained.ShouldContain("--accounts");
    }

    [Fact]
    public async Task Load_TownCrashesAndComesBack_LosesNothing()
    {
        var load = LoadAsync("--rate 50 --warm-up 0s --duration 5s --mix permit");
        await Eventually.HoldsAsync(
            "a hundred records are made",
            async () =>
            {
                load.IsCompleted.ShouldBeFalse();
                return Number(await AskAsync("audit verify"), "records") >= 400;
            }
        );
        await silo.KillAsync();
        await silo.DisposeAsync();
        silo = await StartAsync();
        var report = await load;
        var figures = report.GetProperty("figures");
        (Number(figures, "arrived"), Number(figures, "ended") + Number(figures, "held"), Number(figures, "failed")).ShouldBe(
            (250, 250, 0),
            figures.ToString()
        );
        Number(figures, "retried").ShouldBeGreaterThan(0);
        Number(report.GetProperty("audit"), "acknowledged").ShouldBe(Number(figures, "answered"));
    }

    private async Task<SiloProcess> StartAsync() =>
        await SiloProcess.StartSeededAsync(
            Data,
            ports,
            Seeds,
            "--http",
            http.ToString(CultureInfo.InvariantCulture),
            "--requests-per-minute",
            "1000000"
        );

    private Task<JsonElement> LoadAsync(string terms) => AskAsync($"load {terms} --http http://127.0.0.1:{http} --accounts {Data}");

    private async Task<JsonElement> AskAsync(string line)
    {
        var typed = await TypeAsync($"{line} --json");
        typed.Code.ShouldBe(ExitCode.Done, typed.Complained + typed.Said);
        using var json = JsonDocument.Parse(typed.Said);
        return json.RootElement.Clone();
    }

    private Task<Typed> TypeAsync(string line) => Typed.LineAsync($"{line} --lang en --seeds {Seeds} --gateway 127.0.0.1:{ports.Gateway}");

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
