using System.Diagnostics;
using System.Net;
using Npgsql;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>What a supervisor is told, and what the log says, while a real town can record nothing; nobody sends commands meanwhile.</summary>
public sealed class StorageHealthTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Ready_NoRoomForAFile_SaysSoUntilThereIs()
    {
        var (http, _) = SiloProcess.FreePorts();

        // A file-size limit is a full disk that needs no rights; the signal that comes with it is the shell's to ignore.
        await using var silo = await SiloProcess.StartAfterAsync("trap '' XFSZ", folder.FullName, SiloProcess.FreePorts(), "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await UntilAsync(client, HttpStatusCode.OK);

        await LimitAsync(silo, "4096");
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "大小上限");
        await using var town = await TownClient.ConnectAsync(silo);
        for (var n = 0; n < 10; n++)
        {
            // The client may not be able to read what it is told; what counts is what the log says of it.
            await Should.ThrowAsync<Exception>(() => town.Grains.GetGrain<IStaffGrain>("live/yandian/YD-033").TakeLeaveAsync(
                new TakeLeave(new Stamp(Guid.CreateVersion7(), new Actor("YD-033", "government-service"), TimeProvider.System.GetUtcNow()), new(2027, 5, 3), new(2027, 5, 4))));
        }

        await LimitAsync(silo, "unlimited");
        await UntilAsync(client, HttpStatusCode.OK);
        await TellsOnceAsync(silo);
    }

    [Fact]
    public async Task Ready_DatabaseAwayOrReadOnly_SaysSoUntilItIsBack()
    {
        await using var server = new PrivatePostgres();
        var connection = await server.NewDatabaseAsync();
        var (http, _) = SiloProcess.FreePorts();
        await using var silo = await SiloProcess.StartInClusterWithAsync(connection, SiloProcess.FreePorts(), "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await UntilAsync(client, HttpStatusCode.OK);

        await SetReadOnlyAsync(connection, "on");
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "只读");
        await SetReadOnlyAsync(connection, "off");
        await UntilAsync(client, HttpStatusCode.OK);
        await TellsOnceAsync(silo);

        await server.StopAsync();
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "数据库");
        await server.StartAgainAsync();
        await UntilAsync(client, HttpStatusCode.OK);
        silo.Complaints.ShouldNotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(HttpClient client, HttpStatusCode wanted, string because = "")
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.StatusCode == wanted && said.Contains(because, StringComparison.Ordinal))
            {
                return;
            }

            Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(Soon, said);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    // One line when it began, one when it was over, and nothing of where in the code it was met.
    private static async Task TellsOnceAsync(SiloProcess silo)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!Lines(silo).Any(line => line.Contains("Storage is well again", StringComparison.Ordinal)) && Stopwatch.GetElapsedTime(begun) < Soon)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Lines(silo).Count(line => line.Contains("Storage is well again", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', Lines(silo)));
        Lines(silo).Count(line => line.Contains("Nothing can be recorded for now", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', Lines(silo)));
        Lines(silo).ShouldNotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
        Lines(silo).Length.ShouldBeLessThan(20, string.Join('\n', Lines(silo)));
    }

    private static string[] Lines(SiloProcess silo) => [.. silo.Complaints];

    private static async Task LimitAsync(SiloProcess silo, string bytes)
    {
        using var set = Process.Start("prlimit", ["--pid", $"{silo.Id}", $"--fsize={bytes}:unlimited"]);
        await set.WaitForExitAsync(TestContext.Current.CancellationToken);
        set.ExitCode.ShouldBe(0);
    }

    // As after a fail-over to a standby: sessions are cut, and new ones can only read.
    private static async Task SetReadOnlyAsync(string connection, string to)
    {
        await using var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Options = "-c default_transaction_read_only=off" }.ToString());
        await admin.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // Two words of this file.
        await using var set = new NpgsqlCommand($"ALTER DATABASE {admin.Database} SET default_transaction_read_only = {to}", admin);
#pragma warning restore CA2100
        await set.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (to == "on")
        {
            await using var cut = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", admin);
            await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
