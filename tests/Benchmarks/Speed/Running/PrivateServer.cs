using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>The PostgreSQL that this benchmark starts in a folder of its own and stops at the end.</summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    /// <summary>Files of the server's log that are there before anything is measured: what a minute writes at most.</summary>
    private const int LogFiles = 64;

    /// <summary>With these on, an answer means that the step is on disk.</summary>
    private static readonly string[] Durable = ["fsync", "synchronous_commit", "full_page_writes"];

    // Not inside another temporary folder: the server's user must reach it, and only its owner may enter those.
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("townreform-speed-postgres-");
    private string connection = "";
    private int databases;

    private PrivateServer() { }

    public string Version { get; private set; } = "";

    /// <summary>Processor time of all its processes since it started.</summary>
    public TimeSpan ProcessorTime =>
        ServerProcessorTime.Of(
            int.Parse(File.ReadLines(Path.Combine(folder.FullName, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture)
        );

    /// <exception cref="ServerUnavailableException">It can't be installed or started; says why.</exception>
    public static async Task<PrivateServer> StartAsync(CancellationToken cancellation)
    {
        var server = new PrivateServer();
        try
        {
            server.connection = (await server.ScriptAsync("start")).Trim();
            await server.CheckAsync(cancellation);
            await server.RunInAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <returns>Connection string of an empty database.</returns>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellation)
    {
        var name = $"run{Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture)}";
        await AskAsync($"CREATE DATABASE {name}", cancellation);
        return new NpgsqlConnectionStringBuilder(connection) { Database = name }.ToString();
    }

    public async Task DropAsync(string database)
    {
        NpgsqlConnection.ClearAllPools();
        await AskAsync(
            $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)",
            CancellationToken.None
        );
    }

    public Task CheckpointAsync(CancellationToken cancellation) => AskAsync("CHECKPOINT", cancellation);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ScriptAsync("stop");
        folder.Delete(recursive: true);
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        Version = (string)(await AskAsync("SHOW server_version", cancellation))!;
        foreach (var setting in Durable)
        {
            if (await AskAsync($"SHOW {setting}", cancellation) is not "on")
            {
                throw new ServerUnavailableException($"{setting} 须为 on / must be on");
            }
        }
    }

    // A server that has run for an hour writes its log into files that it has used before. A new one makes each of 16 MB first, once or
    // twice a second under load, and all commits wait for it.
    private async Task RunInAsync(CancellationToken cancellation)
    {
        await AskAsync(
            $"DO $$ BEGIN FOR n IN 1..{LogFiles} LOOP PERFORM pg_logical_emit_message(false, 'run in', ''); PERFORM "
                + "pg_switch_wal(); END LOOP; END $$",
            cancellation
        );
        await CheckpointAsync(cancellation);
        var ahead = (long)
            (await AskAsync("SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name(pg_current_wal_lsn())", cancellation))!;
        if (ahead < LogFiles / 2)
        {
            throw new ServerUnavailableException(
                $"预备了 {ahead} 个日志文件，应有 {LogFiles} 个 / {ahead} files of its log are ready, {LogFiles} should be (min_wal_size)"
            );
        }
    }

    private async Task<object?> AskAsync(string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 120;
        return await command.ExecuteScalarAsync(cancellation);
    }

    private async Task<string> ScriptAsync(string verb)
    {
        var script = Path.Combine(Repository.Root, "tests", "postgres");
        using var process = Process.Start(
            new ProcessStartInfo(script, [verb, folder.FullName]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new ServerUnavailableException((await complained).Trim());
    }
}

/// <summary>PostgreSQL can't be installed, started or used as it is.</summary>
internal sealed class ServerUnavailableException(string why) : IOException($"PostgreSQL 无法使用 / can't be used: {why}");
