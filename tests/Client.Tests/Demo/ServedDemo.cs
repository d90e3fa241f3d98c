using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Demo;

/// <summary><c>townreform serve</c> as a process of its own.</summary>
internal sealed class ServedDemo : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;

    /// <param name="folder">Folder of the demo worlds.</param>
    public ServedDemo(string folder, params string[] more)
    {
        // Whoever starts the tests in a shell's background has them ignore Ctrl-C, and what they start with them.
        process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "/usr/bin/env",
                [
                    "--default-signal=INT",
                    Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "townreform.dll"),
                    "serve",
                    "--lang",
                    "en",
                    "--data",
                    folder,
                    "--seeds",
                    Repository.Seeds,
                    .. more,
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has said so far.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Waits until it has said something.</summary>
    public async Task SaysAsync(string text) =>
        await Eventually.HoldsAsync(
            $"serve says \"{text}\"",
            () =>
                Said.Contains(text, StringComparison.Ordinal)
                || (process.HasExited ? throw new InvalidOperationException($"It ended: {Said}") : false),
            TimeSpan.FromMinutes(2)
        );

    /// <summary>Ctrl-C.</summary>
    public Task<int> InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id.ToString(CultureInfo.InvariantCulture)}"]);
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
}
