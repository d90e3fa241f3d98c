using System.Globalization;
using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Live;

/// <summary>One live town in a process of its own, for all console tests; its calendar reaches today.</summary>
public sealed class LiveConsole : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly (int Silo, int Gateway) ports = SiloProcess.FreePorts();
    private SiloProcess silo = null!;
    private int copies;

    public string Seeds => Path.Combine(folder.FullName, "seeds");

    private string Data => Path.Combine(folder.FullName, "data");

    public string Today => now.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string InAYear => now.AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Somebody of the enforcement bureau.</summary>
    public string Officer { get; private set; } = "";

    /// <summary>Who heads that bureau.</summary>
    public string Head { get; private set; } = "";

    /// <summary>What the shell is offered behind a line.</summary>
    public async Task<string[]> CompleteAsync(string line)
    {
        var typed = $"townreform --gateway 127.0.0.1:{ports.Gateway} {line}";
        return (await Typed.RunAsync($"[suggest:{typed.Length}]", typed)).Said.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
    }

    public async ValueTask InitializeAsync()
    {
        Repository.CopySeedsFor(now, Seeds);
        var staff = SeedLoader.Load(Seeds).Towns["yandian"].Staff;
        Officer = staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("officer")).Id;
        Head = staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("head")).Id;
        silo = await SiloProcess.StartAsync(Data, ports, Seeds);
    }

    /// <summary>SIGKILL for the town.</summary>
    public Task KillAsync() => silo.KillAsync();

    /// <summary>Starts the town again after it was killed, at the same address.</summary>
    public async Task RestartAsync()
    {
        await silo.DisposeAsync();
        silo = await SiloProcess.StartAsync(Data, ports, Seeds);
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public string Gateway => $"127.0.0.1:{ports.Gateway}";

    /// <summary>The words of a line, with where the town is.</summary>
    public string[] Line(string line) =>
        $"{line} --lang en --seeds {Seeds} --gateway {Gateway}".Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal Task<Typed> TypeAsync(string line, CancellationTokenSource? ctrlC = null) =>
        Typed.LineAsync(
            $"{line}{(line.Contains("--lang", StringComparison.Ordinal) ? "" : " --lang en")} --seeds {Seeds} --gateway "
                + $"127.0.0.1:{ports.Gateway}",
            ctrlC
        );

    /// <summary>Types a line that must succeed, and reads its JSON.</summary>
    internal async Task<JsonElement> AskAsync(string line)
    {
        var typed = await TypeAsync(line + " --json");
        typed.Code.ShouldBe(ExitCode.Done, typed.Complained + typed.Said);
        using var json = JsonDocument.Parse(typed.Said);
        return json.RootElement.Clone();
    }

    /// <summary>Waits until everything that was set off has arrived.</summary>
    internal Task SettledAsync() =>
        Eventually.HoldsAsync(
            "no effect waits for its receiver",
            async () => (await AskAsync("audit verify")).GetProperty("effectsWaiting").GetInt64() == 0
        );

    /// <summary>The record's file as a backup of the town that goes on.</summary>
    internal async Task<string> CopyOfJournalAsync()
    {
        var copy = Path.Combine(folder.FullName, $"copy{++copies}");
        (await Typed.RunAsync("backup", copy, "--data", Data)).Code.ShouldBe(ExitCode.Done);
        return Path.Combine(copy, "town.sqlite");
    }
}
