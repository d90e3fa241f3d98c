using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>The built silo as a process of its own, on ports of its own; only this process is ever stopped.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    // A silo serves after two to four seconds; several that start at once on a machine with other work take a multiple.
    private static readonly TimeSpan Starting = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly ConcurrentQueue<string> complaints = new(),
        printed = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="siloPort">Null for a process without a silo, whose options say where it listens.</param>
    /// <param name="gatewayPort">The port that it tells when it serves.</param>
    private SiloProcess(string[] storage, int? siloPort, int gatewayPort, string seeds, string? before = null)
    {
        GatewayPort = gatewayPort;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] line =
        [
            Path.Combine(AppContext.BaseDirectory, "TownReform.Silo.dll"),
            .. storage,
            "--seeds",
            seeds,
            "--lang",
            "en",
            .. siloPort is { } own ? ["--silo-port", Text(own), "--gateway-port", Text(gatewayPort)] : Array.Empty<string>(),
        ];
        if (before is not null)
        {
            line = ["-c", $"{before}; exec \"$@\"", "sh", start.FileName, .. line];
            start.FileName = "/bin/sh";
        }

        foreach (var word in line)
        {
            start.ArgumentList.Add(word);
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int GatewayPort { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Bytes of memory that the process has just now.</summary>
    public long MemoryNow
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The lines that it has written to standard error so far.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <summary>The lines that it has written to standard output so far.</summary>
    public IReadOnlyList<string> Printed => [.. printed];

    /// <summary>The line with which it said that it serves.</summary>
    public string Announced { get; private set; } = "";

    /// <summary>Starts it and waits until it serves.</summary>
    public static Task<SiloProcess> StartAsync(string folder, (int Silo, int Gateway) ports, string? seeds = null) =>
        ReadyAsync(Launch(folder, ports, seeds));

    /// <summary>Starts one silo of a cluster and waits until it serves.</summary>
    public static Task<SiloProcess> StartInClusterAsync(
        string connection,
        (int Silo, int Gateway) ports,
        string seeds,
        params string[] more
    ) => ReadyAsync(new(["--storage", "postgres", "--connection", connection, .. more], ports.Silo, ports.Gateway, seeds));

    /// <summary>Starts it with more options and waits until it serves.</summary>
    public static Task<SiloProcess> StartWithAsync(string folder, (int Silo, int Gateway) ports, params string[] more) =>
        ReadyAsync(new(["--data", folder, .. more], ports.Silo, ports.Gateway, Repository.Seeds));

    /// <summary>Starts it with other seeds and more options, and waits until it serves.</summary>
    public static Task<SiloProcess> StartSeededAsync(string folder, (int Silo, int Gateway) ports, string seeds, params string[] more) =>
        ReadyAsync(new(["--data", folder, .. more], ports.Silo, ports.Gateway, seeds));

    /// <summary>Starts it with more options from a shell that does something to itself before, and waits until it serves.</summary>
    public static Task<SiloProcess> StartAfterAsync(string before, string folder, (int Silo, int Gateway) ports, params string[] more) =>
        ReadyAsync(new(["--data", folder, .. more], ports.Silo, ports.Gateway, Repository.Seeds, before));

    /// <summary>Starts one silo of a cluster with more options and waits until it serves.</summary>
    public static Task<SiloProcess> StartInClusterWithAsync(string connection, (int Silo, int Gateway) ports, params string[] more) =>
        ReadyAsync(new(["--storage", "postgres", "--connection", connection, .. more], ports.Silo, ports.Gateway, Repository.Seeds));

    /// <summary>Starts a process that serves the web alone, and waits until it serves.</summary>
    public static Task<SiloProcess> StartWebAsync(int http, string seeds, params string[] town) => ReadyAsync(LaunchWeb(http, seeds, town));

    /// <summary>The same without waiting: for a start that is refused.</summary>
    public static SiloProcess LaunchWeb(int http, string seeds, params string[] town) =>
        new(["--role", "web", "--http", Text(http), .. town], null, http, seeds);

    /// <summary>Starts it in a shell's surroundings without waiting: for a start that is refused.</summary>
    public static SiloProcess LaunchAfter(string before, params string[] storage) =>
        FreePorts() is var ports ? new(storage, ports.Silo, ports.Gateway, Repository.Seeds, before) : null!;

    private static async Task<SiloProcess> ReadyAsync(SiloProcess silo)
    {
        try
        {
            await Eventually.HoldsAsync(
                $"silo {silo.Id} serves",
                () =>
                    silo.ready.Task.IsCompleted ? true
                    : silo.HasExited ? throw new InvalidOperationException("The silo ended.")
                    : false,
                Starting
            );
            return silo;
        }
        catch (Exception e)
        {
            await silo.DisposeAsync();
            throw new InvalidOperationException($"{e.Message} It said: {string.Join('\n', silo.Complaints)}", e);
        }
    }

    /// <summary>Starts it without waiting: for a start that is refused.</summary>
    public static SiloProcess Launch(string folder, (int Silo, int Gateway) ports, string? seeds = null) =>
        new(["--data", folder], ports.Silo, ports.Gateway, seeds ?? Repository.Seeds);

    /// <summary>Starts one silo of a cluster without waiting: for a start that is refused.</summary>
    public static SiloProcess LaunchInCluster(string connection, (int Silo, int Gateway) ports, string seeds) =>
        new(["--storage", "postgres", "--connection", connection], ports.Silo, ports.Gateway, seeds);

    public static (int Silo, int Gateway) FreePorts() => (FreePort(), FreePort());

    /// <summary>Waits until a line on standard error says it; what a process writes comes a moment after what it does.</summary>
    public Task ComplainsAsync(string text) =>
        Eventually.HoldsAsync(
            $"the silo says \"{text}\"",
            () => complaints.Any(line => line.Contains(text, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30)
        );

    /// <summary>SIGKILL: no chance to save anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as a supervisor stops it.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Sends a signal, such as STOP and CONT for a machine that was away for a while.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {Text(process.Id)}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitAsync()
    {
        await Eventually.HoldsAsync($"silo {Id} has ended", () => process.HasExited);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Heard(string? line)
    {
        printed.Enqueue(line ?? "");
        if (line?.Contains($":{Text(GatewayPort)}", StringComparison.Ordinal) == true)
        {
            Announced = line;
            ready.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
