using System.Diagnostics;
using System.Globalization;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>The built silo as a process, with an HTTP port and a folder of its own; both go when it is disposed of.</summary>
internal sealed class WebSilo : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    /// <summary>More than any benchmark sends.</summary>
    private const string NoLimit = "10000000";

    private readonly Process process;

    private WebSilo(string folder, bool tidy)
    {
        var (silo, gateway) = FreePorts.Two();
        var (http, _) = FreePorts.Two();
        (Folder, Gateway, Address) = (folder, $"127.0.0.1:{Text(gateway)}", new Uri($"http://127.0.0.1:{Text(http)}"));
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Silo", "release", "TownReform.Silo.dll");
        process = Start(
            [
                program,
                "--data",
                folder,
                "--seeds",
                Path.Combine(Repository.Root, "seeds"),
                "--silo-port",
                Text(silo),
                "--gateway-port",
                Text(gateway),
                "--http",
                Text(http),
                "--requests-per-minute",
                NoLimit,
                "--most-connections",
                "4096",
            ],
            tidy
        );
    }

    public string Folder { get; }

    /// <summary>Where Orleans clients connect.</summary>
    public string Gateway { get; }

    /// <summary>Where pages and API are.</summary>
    public Uri Address { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of memory that it has.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="tidy">It collects garbage after each 4 MiB, so that its memory is what it holds.</param>
    /// <exception cref="ContenderFailedException">It ended, or didn't become ready.</exception>
    public static async Task<WebSilo> StartAsync(CancellationToken cancellation, bool tidy = false)
    {
        var folder = Directory.CreateTempSubdirectory("townreform-web").FullName;
        var silo = new WebSilo(folder, tidy);
        try
        {
            using var http = new HttpClient { BaseAddress = silo.Address };
            var began = Stopwatch.GetTimestamp();
            while (!await IsReadyAsync(http, cancellation))
            {
                if (silo.process.HasExited || Stopwatch.GetElapsedTime(began) > LongestStart)
                {
                    throw new ContenderFailedException("silo", $"节点未能启动 / the silo did not start ({silo.Folder})");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }

            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the console against it.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ContenderFailedException">It failed.</exception>
    public async Task<string> ConsoleAsync(string[] line, CancellationToken cancellation)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Client", "release", "townreform.dll");
        using var console = Start([
            program,
            .. line,
            "--gateway",
            Gateway,
            "--seeds",
            Path.Combine(Repository.Root, "seeds"),
            "--lang",
            "en",
        ]);
        using var stop = cancellation.Register(static one => ((Process)one!).Kill(), console);
        var errors = console.StandardError.ReadToEndAsync(CancellationToken.None);
        var text = await console.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await console.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return console.ExitCode == 0
            ? text
            : throw new ContenderFailedException("townreform", $"{string.Join(' ', line)}: {await errors}\n{text}");
    }

    /// <summary>Tells it to stop, as a supervisor does.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", Text(process.Id)]);
        await process.WaitForExitAsync(cancellation);
        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string[] line, bool tidy = false)
    {
        var start = new ProcessStartInfo("dotnet", line) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (tidy)
        {
            start.Environment["DOTNET_GCgen0size"] = "0x400000";
        }

        return Process.Start(start) ?? throw new ContenderFailedException("dotnet", line[0]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
