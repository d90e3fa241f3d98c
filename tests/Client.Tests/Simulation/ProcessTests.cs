using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using TownReform.Client.Terminal;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Simulation;

/// <summary>The console as a process of its own: same bytes on any number of cores, and nothing left of a run that was stopped.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string[] Files = ["summary.json", "cases.csv", "events.ocel.json"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("simulate-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Simulate_OnOneCoreOrOnAll_WritesTheSameBytes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/taskset"), "Needs taskset.");
        var scenario = Short("2019-05-10");
        var one = await RunAsync(
            "one",
            "/usr/bin/taskset",
            "-c",
            "0",
            Dotnet,
            Program,
            "simulate",
            scenario,
            "--replications",
            "2",
            "--demand",
            "0.1"
        );
        var all = await RunAsync("all", Dotnet, Program, "simulate", scenario, "--replications", "2", "--demand", "0.1");
        foreach (var file in Files)
        {
            Hash(one, file).ShouldBe(Hash(all, file), file);
        }
    }

    /// <param name="then">A machine that has no time for the process after it heard the signal: longer than the command-line library
    /// waits.</param>
    [Theory]
    [InlineData("")]
    [InlineData("sleep 0.05; kill -STOP $0; sleep 2.5; kill -CONT $0")]
    public async Task Simulate_Interrupted_LeavesNoFolder(string then)
    {
        var outDir = Path.Combine(folder.FullName, "stopped");

        using var process = await InterruptAsync(outDir, $"kill -INT $0; {then}");
        process.ExitCode.ShouldBe(ExitCode.Cancelled);
        Directory.Exists(outDir).ShouldBeFalse();
    }

    [Fact]
    public async Task Simulate_InterruptedTwice_EndsAtOnce()
    {
        using var process = await InterruptAsync(Path.Combine(folder.FullName, "twice"), "while kill -INT $0; do sleep 0.01; done");
        (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Cancelled");
    }

    /// <summary>Runs <paramref name="signals"/> on a long run as soon as it spools its first replication, and waits until it has
    /// ended.</summary>
    /// <param name="signals">For a shell; <c>$0</c> is the process.</param>
    private static async Task<Process> InterruptAsync(string outDir, string signals)
    {
        // Whoever starts the tests in a shell's background has them ignore Ctrl-C, and what they start with them.
        var process = Start("/usr/bin/env", "--default-signal=INT", Dotnet, Program, "simulate", "--replications", "20", "--out", outDir);
        await Eventually.HoldsAsync(
            "the run writes its first replication",
            () => process.HasExited || File.Exists(Path.Combine(outDir, ".parts", "00001.cases"))
        );

        using var kill = Process.Start("/bin/sh", ["-c", signals, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process;
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "townreform.dll");

    // Days of the default scenario up to one of them, with nothing ordered from above.
    private string Short(string until)
    {
        var seeds = Path.Combine(Repository.Seeds, "scenarios");
        foreach (var file in Directory.EnumerateFiles(seeds, "*.csv"))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        var text = File.ReadAllText(Path.Combine(seeds, "first-year.yaml"))
            .Replace("scenario: first-year", "scenario: short", StringComparison.Ordinal)
            .Replace("until: 2020-04-08", $"until: {until}", StringComparison.Ordinal);
        var scenario = Path.Combine(folder.FullName, "short.yaml");
        File.WriteAllLines(
            scenario,
            text.Split('\n').Where(line => line != "adjustments:" && !line.StartsWith("  - {on:", StringComparison.Ordinal))
        );
        return scenario;
    }

    private async Task<string> RunAsync(string name, params string[] line)
    {
        var outDir = Path.Combine(folder.FullName, name);
        using var process = Start([.. line, "--out", outDir, "--seeds", Repository.Seeds]);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(ExitCode.Done, await complained + await said);
        return outDir;
    }

    private static Process Start(params string[] line) =>
        Process.Start(
            new ProcessStartInfo(line[0], line.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
            }
        )!;

    private static string Hash(string outDir, string file) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(outDir, file))));
}
