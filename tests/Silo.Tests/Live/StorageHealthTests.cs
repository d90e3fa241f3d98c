using System.Diagnostics;
using System.Net;
using Npgsql;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>What a supervisor is told, and what the log says, while a real town can record nothing.</summary>
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
        await using var silo = await SiloProcess.StartAfterAsync(
            "trap '' XFSZ",
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            $"{http}"
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await UntilAsync(client, HttpStatusCode.OK);

        await LimitAsync(silo, "4096");
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "大小上限");
        await using var town = await TownClient.ConnectAsync(silo);
        for (var n = 0; n < 10; n++)
        {
            // A fault that every client can read: what is wrong in both languages, whether it was done, and the id to send it again under.
            var stamp = new Stamp(Guid.CreateVersion7(), new Actor("YD-033", "government-service"), TimeProvider.System.GetUtcNow());
            var fault = await Should.ThrowAsync<TownFaultException>(() =>
                town
                    .Grains.GetGrain<IStaffGrain>("live/yandian/YD-033")
                    .TakeLeaveAsync(new TakeLeave(stamp, new(2027, 5, 3), new(2027, 5, 4)))
            );
            (fault.CommandId, fault.Passing).ShouldBe((stamp.CommandId, true));
            fault.Deed.ShouldBeOneOf(Deed.NotDone, Deed.Unknown);
            fault.Because.Zh.ShouldMatch("[\u4e00-\u9fff]");
            fault.Because.En.ShouldNotMatch("[\u4e00-\u9fff]");
        }

        await LimitAsync(silo, "unlimited");
        await UntilAsync(client, HttpStatusCode.OK);
        await TellsOnceAsync(silo);
    }

    [Fact]
    public async Task Load_DatabaseLockedReadOnlyAndAway_IsToldOnceEachAndLosesNobody()
    {
        await using var server = new PrivatePostgres();
        var connection = await server.NewDatabaseAsync();
        var (http, _) = SiloProcess.FreePorts();
        var seeds = Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Path.Combine(folder.FullName, "seeds"));
        await using var silo = await SiloProcess.StartInClusterAsync(connection, SiloProcess.FreePorts(), seeds, "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await using var town = await TownClient.ConnectAsync(silo);
        using var enough = new CancellationTokenSource();
        var applicants = new Applicants(TimeSpan.FromSeconds(1));
        var coming = Task.Run(() => applicants.ComeAsync(town, 20, enough.Token), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("permits are granted", () => applicants.Times.GrantedSince(TimeSpan.Zero) > 10);

        await using (await LockAsync(connection))
        {
            await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "没有应答");
        }

        await OverAsync(silo, 1);
        await SetReadOnlyAsync(connection, "on");
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "只读");
        await SetReadOnlyAsync(connection, "off");
        await OverAsync(silo, 2);
        await server.StopAsync();
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable, "数据库");
        await server.StartAgainAsync();
        await UntilAsync(client, HttpStatusCode.OK);
        await OverAsync(silo, 3);

        await enough.CancelAsync();
        await coming;
        applicants.Count.ShouldBeGreaterThan(100);
        Lines(silo).ShouldNotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));

        // Who meets it in the moment before it is told may tell it, too.
        Lines(silo).Length.ShouldBeLessThan(12, string.Join('\n', Lines(silo)));
    }

    private static async Task UntilAsync(HttpClient client, HttpStatusCode wanted, string because = "")
    {
        await Eventually.HoldsAsync(
            $"/health/ready answers {wanted} {because}",
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                return answer.StatusCode == wanted
                    && (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(
                        because,
                        StringComparison.Ordinal
                    );
            },
            Soon
        );
    }

    // One line when it began, one when it was over, and nothing of where in the code it was met.
    private static async Task TellsOnceAsync(SiloProcess silo)
    {
        await OverAsync(silo, 1);
        Lines(silo).ShouldNotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
        Lines(silo).Length.ShouldBeLessThan(20, string.Join('\n', Lines(silo)));
    }

    private static async Task OverAsync(SiloProcess silo, int troubles)
    {
        await Eventually.HoldsAsync($"trouble {troubles} is over", () => Count(silo, "Storage is well again") >= troubles, Soon);
        (Count(silo, "Nothing can be recorded for now"), Count(silo, "Storage is well again")).ShouldBe(
            (troubles, troubles),
            string.Join('\n', Lines(silo))
        );
    }

    private static int Count(SiloProcess silo, string text) => Lines(silo).Count(line => line.Contains(text, StringComparison.Ordinal));

    // Until it is disposed of, nobody reads or writes the town's tables.
    private static async Task<NpgsqlConnection> LockAsync(string connection)
    {
        var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString());
        await admin.OpenAsync(TestContext.Current.CancellationToken);
        await using var take = new NpgsqlCommand("BEGIN; LOCK TABLE journal, standing, redo, states IN ACCESS EXCLUSIVE MODE", admin);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return admin;
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
        await using var admin = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Options = "-c default_transaction_read_only=off" }.ToString()
        );
        await admin.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // Two words of this file.
        await using var set = new NpgsqlCommand($"ALTER DATABASE {admin.Database} SET default_transaction_read_only = {to}", admin);
#pragma warning restore CA2100
        await set.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (to == "on")
        {
            await using var cut = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
                admin
            );
            await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
