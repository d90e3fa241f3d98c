using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What an earlier version left behind (<see cref="EarlierTown"/>) is read whole by this one, and goes on.</summary>
public sealed class UpgradeTests(PrivatePostgres server) : IDisposable
{
    private const string First = "case/YD00000001";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("upgrade");
    private readonly Courier courier = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Open_FolderOfAnEarlierVersion_HasAllOfIt()
    {
        var file = Path.Combine(EarlierTown.Unpack(folder.FullName).Folder, "town.sqlite");
        var end = new ChainCheckpoint(290, "714bc4331dda3a2adf3ca3034ea892347ab8530d32876903f131af24f01d5b38");
        var left = SqliteAudit.Verify(file, end, Stop);
        (left.Fault, left.Records, left.Streams, left.Commits).ShouldBe((null, 381, 143, 290));
        SqliteAudit.CountEffects(file).ShouldBe(2);

        await using (var world = new SqliteWorld(Address.Live, file, courier, TimeProvider.System, NullLogger.Instance))
        {
            await IsWholeAsync(world.Storage, ["delivery", "review", "intake"]);
            (await world.ReadFoundedAsync()).Practice.ShouldBe(true);
            await GoesOnAsync(world);
        }

        var now = SqliteAudit.Verify(file, end, Stop);
        (now.Fault, now.Records, now.Commits).ShouldBe((null, 382, 291));
        await foreach (var part in new SqliteScan(file).ScanAsync(Stop))
        {
            part.ShouldNotBeOfType<ScannedUnreadable>();
        }
    }

    [Fact]
    public async Task Open_DatabaseOfAnEarlierVersion_HasAllOfIt()
    {
        var connection = await RestoreAsync();
        var end = new ChainCheckpoint(
            318,
            "1.317.8d41d5b3a518cac9ca0a90635c5844c34dbf7d25e1ffdcb6ef2f4dc54d5e47b0"
                + "+2.1.892353b7c2a6dc9431f19884064ac4ad8b9d518800cd988cea790671f468daf4"
        );
        var left = await PostgresAudit.VerifyAsync(connection, end, Stop);
        (left.Fault, left.Records, left.Commits).ShouldBe((null, 387, 318));

        // The same silo, started again by another version.
        var silo = new WriterName("127.0.0.1", 41121, int.MaxValue);
        await using (var world = new PostgresWorld(Address.Live, connection, silo, courier, TimeProvider.System, NullLogger.Instance))
        {
            await IsWholeAsync(world.Storage, ["delivery", "review", "review"]);
            await GoesOnAsync(world);
        }

        var now = await PostgresAudit.VerifyAsync(connection, end, Stop);
        (now.Fault, now.Records, now.Commits).ShouldBe((null, 388, 319));
        await foreach (var part in new PostgresScan(connection).ScanAsync(Stop))
        {
            part.ShouldNotBeOfType<ScannedUnreadable>();
        }
    }

    [Fact]
    public async Task Start_FolderOfAnEarlierVersion_BelievesItsSnapshot()
    {
        var data = EarlierTown.Unpack(folder.FullName).Folder;
        using var silo = await SnapshotTrustTests.StartAsync(data, new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.FromHours(8)));
        var storage = silo.Services.GetRequiredService<IWorlds>().Of(Address.Live);
        (await storage.Snapshots!.ReadAsync("establishment/yandian")).ShouldNotBeNull().Version.ShouldBe(64);
        await silo.StopAsync(Stop);
    }

    private static async Task IsWholeAsync(WorldStorage storage, string[] steps)
    {
        var cases = await storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop);
        cases
            .OrderBy(row => row.Number)
            .Select(row => (row.Number, row.Step))
            .ShouldBe(steps.Select((step, n) => ($"YD0000000{n + 1}", step)));
        cases.ShouldAllBe(row => row.PartyName == "烟店轴承厂" && row.Work!.Item == "YD-XK-001" && row.Disposition == Disposition.Open);
        (await storage.Outbox.CountAsync(Stop)).ShouldBe(2);
        (await storage.ReadModel.FindOpenedByAsync(cases[0].OpenedBy, Stop)).ShouldBe(cases[0].Number);
        var staff = await storage.Journal.ReadAsync("establishment/yandian", 0, Stop);
        staff.Versions().ShouldBe(Enumerable.Range(1, 106).Select(version => (long)version));
    }

    // What waited arrives, once and in order, and the case takes its next record.
    private async Task GoesOnAsync(IDurableWorld world)
    {
        world.StartDelivering();
        await Eventually.HoldsAsync("the effects that waited have arrived", async () => await world.Storage.Outbox.CountAsync(Stop) == 0);
        var records = await world.Storage.Journal.ReadAsync(First, 0, Stop);
        var granted = records[^1];
        courier
            .Taken.Select(taken => (taken.Id.Stream, taken.Id.Version, taken.Id.Ordinal))
            .ShouldBe([(First, granted.Version, 0), (First, granted.Version, 1)], ignoreOrder: true);
        courier
            .Taken.Select(taken => taken.Effect.GetType())
            .ShouldBe([typeof(NumberCertificate), typeof(FileWithCounty)], ignoreOrder: true);

        var row = (await world.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).Single(row => row.Number == "YD00000001");
        var next = await world.Storage.Journal.AppendAsync(Sample.Append(First, granted.Head(), 900, row));
        next.Version.ShouldBe(granted.Version + 1);
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await world.Storage.Journal.AppendAsync(Sample.Append(First, granted.Head(), 901))
        );
    }

    private async Task<string> RestoreAsync()
    {
        var dump = EarlierTown.Unpack(folder.FullName).Dump;
        var connection = await server.NewDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await RunAsync(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ToString(), $"CREATE DATABASE {name}");
        await RunAsync(connection, await File.ReadAllTextAsync(dump, Stop));
        return connection;
    }

    private static async Task RunAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection($"{connection};Pooling=false");
        await opened.OpenAsync(Stop);
#pragma warning disable CA2100 // The test's own texts.
        await using var command = new NpgsqlCommand(sql, opened);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Stop);
    }
}
