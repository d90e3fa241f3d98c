using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace TownReform.Tests.Fixtures;

/// <summary>A PostgreSQL of the tests' own, on loopback, started when first asked for and stopped with them.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("townreform-pg");
    private readonly SemaphoreSlim turn = new(1, 1);
    private string? server;
    private int databases;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Connection string of a database that isn't there yet.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await StartAsync();
        return $"{server};Database=t{Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture)}";
    }

    public async Task StartAsync()
    {
        await turn.WaitAsync();
        try
        {
            server ??= (await RunAsync("start", folder.FullName)).Trim();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Stops the server as a crash does, and starts it again on the same port.</summary>
    public async Task CrashAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Stops the server as a crash does.</summary>
    public Task StopAsync() => RunAsync("stop", folder.FullName, "immediate");

    /// <summary>Starts it again on the same port.</summary>
    public Task StartAgainAsync() => RunAsync("start", folder.FullName);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("stop", folder.FullName, "immediate");
        }

        folder.Delete(recursive: true);
        turn.Dispose();
    }

    private static async Task<string> RunAsync(params string[] line)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(SourceFolder.Path, "tests", "postgres"), line)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"tests/postgres {line[0]}: {await complained}");
    }
}
