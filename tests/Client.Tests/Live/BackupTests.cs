using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Live;

/// <summary>A town is backed up while it records, and restored where no town is; nothing is left half done.</summary>
public sealed class BackupTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backup");

    public void Dispose() => folder.Delete(recursive: true);

    private string Data => Path.Combine(folder.FullName, "data");

    private string Kept => Path.Combine(folder.FullName, "kept");

    private string New => Path.Combine(folder.FullName, "new");

    [Fact]
    public async Task Backup_OfAFolderThatRecords_IsOneMomentAndComesBack()
    {
        Directory.CreateDirectory(Data);
        await using (
            var world = new SqliteWorld(
                Address.Live,
                Path.Combine(Data, "town.sqlite"),
                new NoCourier(),
                TimeProvider.System,
                NullLogger.Instance
            )
        )
        {
            await RecordAsync(world, "case/YD00000001", 50);
            using var stop = new CancellationTokenSource();
            var busy = Task.Run(() => KeepOnAsync(world, stop.Token));
            var made = await TypeAsync($"backup {Kept} --data {Data}");
            made.Code.ShouldBe(ExitCode.Done, made.Complained);
            made.Said.ShouldContain("--checkpoint");
            await stop.CancelAsync();
            (await busy).ShouldBeGreaterThan(0);
        }

        (await TypeAsync($"backup {Kept} --data {Data}")).Code.ShouldBe(ExitCode.BadInput);
        (await TypeAsync($"audit verify --file {Kept}/town.sqlite")).Code.ShouldBe(ExitCode.Done);
        Others(Kept).ShouldBeFalse();

        var back = await TypeAsync($"restore {Kept} --data {New} --json");
        back.Code.ShouldBe(ExitCode.Done, back.Complained);
        using var manifest = JsonDocument.Parse(back.Said);
        var checkpoint = $"{manifest.RootElement.GetProperty("commit").GetInt64()}:{manifest.RootElement.GetProperty("root").GetString()}";
        manifest.RootElement.GetProperty("records").GetInt64().ShouldBeGreaterThanOrEqualTo(50);
        (await TypeAsync($"audit verify --file {New}/town.sqlite --checkpoint {checkpoint}")).Code.ShouldBe(ExitCode.Done);
        Others(New).ShouldBeFalse();
        await using var restored = new SqliteWorld(
            Address.Live,
            Path.Combine(New, "town.sqlite"),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        (await restored.ReadAsync("case/YD00000001", 0, long.MaxValue, TestContext.Current.CancellationToken)).Count.ShouldBe(50);
        await RecordAsync(restored, "case/YD00000009", 1);
        Directory.GetDirectories(folder.FullName, "*.partial-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_OfAnEarlierVersionsFolder_IsMadeAndComesBack()
    {
        Directory.CreateDirectory(Data);
        SchemaUpgrade.Apply(Path.Combine(Data, "town.sqlite"), typeof(SqliteWorld).Assembly, "Journal/0001");
        var made = await TypeAsync($"backup {Kept} --data {Data}");
        made.Code.ShouldBe(ExitCode.Done, made.Complained);
        (await TypeAsync($"restore {Kept} --data {New}")).Code.ShouldBe(ExitCode.Done);
        await using var restored = new SqliteWorld(
            Address.Live,
            Path.Combine(New, "town.sqlite"),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        await RecordAsync(restored, "case/YD00000009", 1);
    }

    [Fact]
    public async Task Restore_ChangedOrTaken_IsRefusedAndLeavesNothing()
    {
        Directory.CreateDirectory(Data);
        await using (
            var world = new SqliteWorld(
                Address.Live,
                Path.Combine(Data, "town.sqlite"),
                new NoCourier(),
                TimeProvider.System,
                NullLogger.Instance
            )
        )
        {
            await RecordAsync(world, "case/YD00000001", 5);
        }

        (await TypeAsync($"backup {Kept} --data {Data}")).Code.ShouldBe(ExitCode.Done);
        (await TypeAsync($"restore {Kept} --data {Data}")).Code.ShouldBe(ExitCode.BadInput);
        (await TypeAsync($"restore {Kept}")).Code.ShouldBe(ExitCode.BadInput);
        (await TypeAsync($"restore {Data} --data {New}")).Complained.ShouldContain("backup.json");
        (await TypeAsync($"backup {Path.Combine(folder.FullName, "none")} --data {New}")).Code.ShouldBe(ExitCode.BadInput);

        await using (var file = File.OpenWrite(Path.Combine(Kept, "town.sqlite")))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(7);
        }

        var changed = await TypeAsync($"restore {Kept} --data {New}");
        changed.Code.ShouldBe(ExitCode.BadInput);
        changed.Complained.ShouldContain("was changed");
        Directory.GetDirectories(folder.FullName).Select(Path.GetFileName).ShouldBe(["data", "kept"], ignoreOrder: true);
    }

    [Fact]
    public async Task Backup_Cancelled_LeavesNothing()
    {
        Directory.CreateDirectory(Data);
        await using var world = new SqliteWorld(
            Address.Live,
            Path.Combine(Data, "town.sqlite"),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        await RecordAsync(world, "case/YD00000001", 5);
        using var cancel = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() =>
            SqliteBackup.Make(Data, Kept, BesideRecord.Nothing, TimeProvider.System.GetUtcNow(), _ => cancel.Cancel(), cancel.Token)
        );
        Directory.GetDirectories(folder.FullName).Select(Path.GetFileName).ShouldBe(["data"]);
    }

    [Fact]
    public async Task Backup_OfADatabase_ComesBackInAnother()
    {
        var (database, other) = (await server.NewDatabaseAsync(), await server.NewDatabaseAsync());
        await using (
            var world = new PostgresWorld(
                Address.Live,
                database,
                new WriterName("127.0.0.1", 1, 1),
                new NoCourier(),
                TimeProvider.System,
                NullLogger.Instance
            )
        )
        {
            await RecordAsync(world, "case/YD00000001", 20);
            await world.Storage.DeadLetters!.KeepAsync([Letter(1), Letter(2)], TestContext.Current.CancellationToken);
            using var stop = new CancellationTokenSource();
            var busy = Task.Run(() => KeepOnAsync(world, stop.Token));
            var made = await TypeAsync($"backup {Kept}", database);
            made.Code.ShouldBe(ExitCode.Done, made.Complained);
            await stop.CancelAsync();
            await busy;
        }

        (await TypeAsync($"restore {Kept}", database)).Code.ShouldBe(ExitCode.BadInput);
        (await TypeAsync($"restore {Kept} --data {New}")).Complained.ShouldContain("--connection");
        var back = await TypeAsync($"restore {Kept} --json", other);
        back.Code.ShouldBe(ExitCode.Done, back.Complained);
        (await TypeAsync("audit verify", other)).Code.ShouldBe(ExitCode.Done);
        await using var restored = new PostgresWorld(
            Address.Live,
            other,
            new WriterName("127.0.0.1", 1, 2),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        (await restored.ReadAsync("case/YD00000001", 0, long.MaxValue, TestContext.Current.CancellationToken)).Count.ShouldBe(20);
        await RecordAsync(restored, "case/YD00000009", 1);
        (await TypeAsync("audit verify", other)).Code.ShouldBe(ExitCode.Done);

        // What was put aside is there, and the next goes behind it.
        await restored.Storage.DeadLetters!.KeepAsync([Letter(3)], TestContext.Current.CancellationToken);
        var letters = await restored.Storage.DeadLetters.ListAsync(0, 10, TestContext.Current.CancellationToken);
        letters.Select(letter => letter.Delivery.Id.Version).ShouldBe([1, 2, 3]);
        letters[2].Id.ShouldBeGreaterThan(letters[1].Id);
    }

    [Fact]
    public async Task Restore_OfANewerVersionsBackup_IsRefused()
    {
        var (database, other) = (await server.NewDatabaseAsync(), await server.NewDatabaseAsync());
        await using (
            var world = new PostgresWorld(
                Address.Live,
                database,
                new WriterName("127.0.0.1", 1, 3),
                new NoCourier(),
                TimeProvider.System,
                NullLogger.Instance
            )
        )
        {
            await RecordAsync(world, "case/YD00000001", 1);
        }

        (await TypeAsync($"backup {Kept}", database)).Code.ShouldBe(ExitCode.Done);
        var manifest = Path.Combine(Kept, BackupManifest.FileName);
        File.Move(Path.Combine(Kept, "cases.copy"), Path.Combine(Kept, "parcels.copy"));
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken)).Replace(
                "cases.copy",
                "parcels.copy",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        var refused = await TypeAsync($"restore {Kept}", other);
        (refused.Code, refused.Complained.Contains("parcels.copy", StringComparison.Ordinal)).ShouldBe(
            (ExitCode.BadInput, true),
            refused.Complained
        );
    }

    private static DeadLetter Letter(long version) =>
        new(
            0,
            new Delivery(
                new EffectId("case/YD00000001", version, 0),
                "seal",
                "live/yandian",
                DateTimeOffset.UnixEpoch,
                new NumberCertificate("YD00000001", "permit", "YD-014")
            ),
            8,
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            "no"
        );

    [Fact]
    public async Task Audit_CopyWhereNothingCanBeMade_IsRead()
    {
        Directory.CreateDirectory(Data);
        await using var world = new SqliteWorld(
            Address.Live,
            Path.Combine(Data, "town.sqlite"),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        await RecordAsync(world, "case/YD00000001", 50);
        await world.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Kept);
        foreach (
            var name in new[] { "town.redo1", "town.redo2", "town.sqlite", "town.sqlite-wal" }.Where(name =>
                File.Exists(Path.Combine(Data, name))
            )
        )
        {
            await using var from = new FileStream(
                Path.Combine(Data, name),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            await using var to = File.Create(Path.Combine(Kept, name));
            await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        }

        File.Exists(Path.Combine(Kept, "town.sqlite-wal")).ShouldBeTrue();
        using var closed = ReadOnlyPlace.Make(Kept);
        var verified = await TypeAsync($"audit verify --json --file {closed.Path}/town.sqlite");
        verified.Code.ShouldBe(ExitCode.Done, verified.Complained);
        using var report = JsonDocument.Parse(verified.Said);
        report.RootElement.GetProperty("records").GetInt64().ShouldBe(50);
        (await TypeAsync($"audit show YD00000001 --file {closed.Path}/town.sqlite")).Said.ShouldContain("case.noted");
        (await TypeAsync($"audit check --file {closed.Path}/town.sqlite")).Said.ShouldContain("50 records");
    }

#pragma warning disable CA1416 // Asked only where files have modes.
    private static bool Others(string place) =>
        !OperatingSystem.IsWindows() && Directory.GetFiles(place).Prepend(place).Any(path => ((int)File.GetUnixFileMode(path) & 0x3F) != 0);
#pragma warning restore CA1416

    private static Task<Typed> TypeAsync(string line, string? connection = null) =>
        Typed.LineAsync($"{line} --lang en{(connection is null ? "" : $" --connection {connection}")}");

    private static async Task RecordAsync(IJournal world, string stream, int records)
    {
        var head = JournalHead.None;
        for (var n = 1; n <= records; n++)
        {
            head = await world.AppendAsync(new JournalAppend(stream, head, [Noted()], []));
        }
    }

    private static async Task<int> KeepOnAsync(IJournal world, CancellationToken stop)
    {
        var n = 0;
        for (; !stop.IsCancellationRequested; n++)
        {
            await world.AppendAsync(new JournalAppend($"case/GY{n:D8}", JournalHead.None, [Noted()], []));
        }

        return n;
    }

    private static NewEvent Noted() =>
        new(
            new Stamp(Guid.CreateVersion7(), Actor.System, new DateTimeOffset(2020, 5, 11, 9, 0, 0, TimeSpan.Zero)),
            "case.noted",
            "{\"note\":\"text\"}"u8.ToArray()
        );

    private sealed class NoCourier : IEffectCourier
    {
        public Task DeliverAsync(ImmutableArray<Delivery> deliveries) => Task.CompletedTask;
    }
}
