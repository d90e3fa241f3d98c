using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Journal.Snapshots;
using TownReform.Silo.Storage;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Snapshots are a cache: what somebody has written into their file is not believed, and a file that can't be used is put
/// aside.</summary>
public sealed class SnapshotTrustTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    private string Orleans => Path.Combine(folder.FullName, "orleans.sqlite");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Read_ContentEditedSwappedOrForged_IsNotBelieved()
    {
        JournalHead one,
            two;
        using (var silo = await StartAsync())
        {
            (one, two) = (await Storage(silo).Journal.RecordAsync("seal/a", 3), await Storage(silo).Journal.RecordAsync("seal/b", 3));
            await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(one, "a"));
            await Storage(silo).Snapshots!.WriteAsync("seal/b", Of(two, "b"));
            await silo.StopAsync(TestContext.Current.CancellationToken);
        }

        var (a, b) = (Stored("seal/a"), Stored("seal/b"));
        (await ReadAsync("seal/a"))!.State.ShouldBe("a"u8.ToArray());

        Store("seal/a", [.. a[..^1], (byte)'x']);
        (await ReadAsync("seal/a")).ShouldBeNull();

        Store("seal/a", b);
        (await ReadAsync("seal/a")).ShouldBeNull();

        // What names the right record with its hash was believed before, whatever it said.
        var forged = new SnapshotBytes().Serialize(new SnapshotState { Kept = Of(one, "forged") }).ToArray();
        Store("seal/a", forged);
        (await ReadAsync("seal/a")).ShouldBeNull();

        Store("seal/a", a);
        (await ReadAsync("seal/a"))!.State.ShouldBe("a"u8.ToArray());
    }

    [Fact]
    public async Task Read_SnapshotOfAnotherTownsFolder_IsNotBelieved()
    {
        byte[] foreign;
        using (var silo = await StartAsync())
        {
            await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(await Storage(silo).Journal.RecordAsync("seal/a", 3), "a"));
            await silo.StopAsync(TestContext.Current.CancellationToken);
        }

        // The same record under another key, as a town has that was founded by itself.
        foreign = Stored("seal/a");
        Run(Path.Combine(folder.FullName, "town.sqlite"), "UPDATE snapshot_key SET key = randomblob(32)");
        Store("seal/a", foreign);
        (await ReadAsync("seal/a")).ShouldBeNull();
    }

    [Theory, InlineData("noise"), InlineData("cut"), InlineData("empty-table"), InlineData("planted"), InlineData("query")]
    public async Task Start_FileOfSnapshotsUnusable_IsPutAsideAndMadeAnew(string damage)
    {
        JournalHead head;
        using (var silo = await StartAsync())
        {
            head = await Storage(silo).Journal.RecordAsync("seal/a", 3);
            await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(head, new string('a', 40_000)));
            await silo.StopAsync(TestContext.Current.CancellationToken);
        }

        Damage(damage);
        using var again = await StartAsync();
        (await Storage(again).Journal.ReadAsync("seal/a", 0, TestContext.Current.CancellationToken)).Count.ShouldBe(3);
        (await Storage(again).Snapshots!.ReadAsync("seal/a")).ShouldBeNull();
        await Storage(again).Snapshots!.WriteAsync("seal/a", Of(head, "new"));
        (await Storage(again).Snapshots!.ReadAsync("seal/a"))!.State.ShouldBe("new"u8.ToArray());
        Directory.GetFiles(folder.FullName, "orleans.sqlite.damaged-*Z").Length.ShouldBe(1);
        await again.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Read_FileDamagedWhileTheTownRuns_IsPutAsideAndMadeAnew()
    {
        using var silo = await StartAsync();
        var head = await Storage(silo).Journal.RecordAsync("seal/a", 3);
        await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(head, new string('a', 400_000)));
        Run(Orleans, "PRAGMA wal_checkpoint(TRUNCATE)");
        await File.WriteAllBytesAsync(
            Orleans,
            [.. Enumerable.Range(0, 400_000).Select(n => (byte)(n * 31 % 251))],
            TestContext.Current.CancellationToken
        );
        for (var n = 0; n < 5 && Directory.GetFiles(folder.FullName, "orleans.sqlite.damaged-*Z").Length == 0; n++)
        {
            await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(head, "new"));
        }

        await Storage(silo).Snapshots!.WriteAsync("seal/a", Of(head, "new"));
        (await Storage(silo).Snapshots!.ReadAsync("seal/a"))!.State.ShouldBe("new"u8.ToArray());
        Directory.GetFiles(folder.FullName, "orleans.sqlite.damaged-*Z").Length.ShouldBe(1);
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    private void Damage(string how)
    {
        switch (how)
        {
            case "noise":
                File.WriteAllBytes(Orleans, [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n * 31 % 251))]);
                break;
            case "cut":
                using (var file = File.OpenWrite(Orleans))
                {
                    file.SetLength(30_000);
                }

                break;
            default:
                Run(
                    Orleans,
                    how switch
                    {
                        "empty-table" => "DROP TABLE states",
                        "planted" => "CREATE TRIGGER t AFTER INSERT ON states BEGIN SELECT RAISE(ABORT, 'no'); END",
                        _ => "UPDATE OrleansQuery SET QueryText = 'SELECT 1' WHERE QueryKey = 'ReadFromStorageKey'",
                    }
                );
                break;
        }
    }

    private static Snapshot Of(JournalHead head, string state) =>
        new(1, head.Version, head.Hash.ToArray(), System.Text.Encoding.UTF8.GetBytes(state));

    private async Task<Snapshot?> ReadAsync(string stream)
    {
        using var silo = await StartAsync();
        var read = await Storage(silo).Snapshots!.ReadAsync(stream);
        await silo.StopAsync(TestContext.Current.CancellationToken);
        return read;
    }

    private byte[] Stored(string stream)
    {
        using var connection = Open(Orleans);
        using var command = new SqliteCommand("SELECT payload FROM states WHERE key_text LIKE '%' || $stream || '%'", connection);
        command.Parameters.AddWithValue("$stream", stream);
        return ((byte[])command.ExecuteScalar()!).ShouldNotBeNull();
    }

    private void Store(string stream, byte[] payload)
    {
        using var connection = Open(Orleans);
        using var command = new SqliteCommand("UPDATE states SET payload = $payload WHERE key_text LIKE '%' || $stream || '%'", connection);
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$payload", payload);
        command.ExecuteNonQuery().ShouldBe(1);
    }

    private static void Run(string file, string text)
    {
        using var connection = Open(file);
#pragma warning disable CA2100 // Texts of this file.
        using var command = new SqliteCommand(text, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static WorldStorage Storage(IHost silo) => silo.Services.GetRequiredService<IWorlds>().Of(Address.Live);

    private Task<IHost> StartAsync() => StartAsync(folder.FullName);

    /// <summary>A silo with a town's storage, without anything that founds or delivers.</summary>
    internal static async Task<IHost> StartAsync(string folder, DateTimeOffset? practiceFrom = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(FreePort(), FreePort())
                .Configure<ClusterOptions>(cluster => cluster.ServiceId = "townreform")
                .UseOrleansSqlite()
        );
        builder.Services.AddWorlds(options => (options.Folder, options.PracticeFrom) = (folder, practiceFrom));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
