using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

public sealed class GroupCommitTests(PrivatePostgres server)
{
    private const int Writers = 256;
    private const int Records = 8;

    [Fact]
    public async Task Append_ManyWritersAtOnce_KeepsEachRecordOnce()
    {
        await using var town = new SqliteTown();
        var heads = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(n => Task.Run(() => town.Journal.RecordAsync($"case/{n}", Records, n * Records)))
        );
        heads.ShouldAllBe(head => head.Version == Records);
        await town.ReopenAsync();
        for (var n = 0; n < Writers; n++)
        {
            var records = await town.Journal.ReadAsync($"case/{n}", 0, TestContext.Current.CancellationToken);
            records.Versions().ShouldBe(Enumerable.Range(1, Records).Select(v => (long)v));
            records[^1].Hash.ToArray().ShouldBe(heads[n].Hash.ToArray());
        }

        var report = await town.World.VerifyAsync(TestContext.Current.CancellationToken);
        report.Whole.ShouldBeTrue();
        report.Records.ShouldBe(Writers * Records);
        report.Commits.ShouldBeLessThan(report.Records);
    }

    // The watch over storage asks once more while a silo shuts down.
    [Theory]
    [InlineData(Kept.Sqlite)]
    [InlineData(Kept.Postgres)]
    public async Task Probe_WriterIsClosed_ReturnsAtOnce(Kept kept)
    {
        var folder = Directory.CreateTempSubdirectory("probe");
        var health = new StorageHealth(NullLogger.Instance, TimeProvider.System);
        IDurableWorld world =
            kept == Kept.Sqlite
                ? new SqliteWorld(
                    Address.Live,
                    Path.Combine(folder.FullName, "town.sqlite"),
                    new Courier(),
                    TimeProvider.System,
                    NullLogger.Instance,
                    health: health
                )
                : new PostgresWorld(
                    Address.Live,
                    await server.NewDatabaseAsync(),
                    new WriterName("127.0.0.1", 1, 1),
                    new Courier(),
                    TimeProvider.System,
                    NullLogger.Instance,
                    health: health
                );
        await world.DisposeAsync();
        health.Failed(StoragePart.Commits, new IOException("away"));
        await world.ProbeAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Append_SameVersionRaced_OneWinsAndTheOthersCommit()
    {
        await using var town = new SqliteTown();
        var racing = Enumerable
            .Range(0, 8)
            .Select(n => town.Journal.AppendAsync(Sample.Append("case/raced", JournalHead.None, n)).AsTask())
            .ToArray();
        var others = Enumerable
            .Range(0, 50)
            .Select(n => town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 100 + n)).AsTask())
            .ToArray();
        await Task.WhenAll(others);
        foreach (var lost in racing)
        {
            await lost.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        racing.Count(task => task.IsCompletedSuccessfully).ShouldBe(1);
        racing.Where(task => task.IsFaulted).ShouldAllBe(task => task.Exception!.InnerException is JournalConflictException);
        (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Records.ShouldBe(51);
    }

    [Fact]
    public async Task Append_OneWriteIsMalformed_FailsAlone()
    {
        await using var town = new SqliteTown();
        var malformed = Sample.Append("case/bad", JournalHead.None, 1) with { Events = [Sample.Event(1) with { Kind = null! }] };
        var bad = Sample.Append(
            "case/row",
            JournalHead.None,
            2,
            Sample.Row("X", 2) with
            {
                Step = null!,
            },
            false,
            Sample.Effect("case/row", 1, 0)
        );
        var good = Enumerable
            .Range(0, 20)
            .Select(n => town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 100 + n)).AsTask())
            .ToList();
        await Should.ThrowAsync<ArgumentNullException>(async () => await town.Journal.AppendAsync(bad));
        good.AddRange(
            Enumerable.Range(20, 20).Select(n => town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 100 + n)).AsTask())
        );
        await Task.WhenAll(good);
        await Should.ThrowAsync<Exception>(async () => await town.Journal.AppendAsync(malformed));
        (await town.Journal.ReadAsync("case/row", 0, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Records.ShouldBe(40);
    }

    [Fact]
    public async Task Append_DiskIsFull_NothingIsVisibleAndTheNextSucceeds()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "A device that is always full.");
        await using var town = new SqliteTown();
        var head = await town.Journal.RecordAsync("case/1", 1);
        await town.World.DisposeAsync();
        File.CreateSymbolicLink(town.Redo[0], "/dev/full");
        await town.ReopenAsync();
        await Should.ThrowAsync<IOException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/1", head, 2, Sample.Row("1", 2), false, Sample.Effect("case/1", 2, 0)))
        );
        await Should.ThrowAsync<IOException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/2", JournalHead.None, 3, Sample.Row("2", 3)))
        );
        (await town.Journal.ReadAsync("case/1", 0, TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        (await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        await town.ReopenAsync();
        (await town.Journal.AppendAsync(Sample.Append("case/1", head, 2))).Version.ShouldBe(2);
        (await town.Journal.AppendAsync(Sample.Append("case/2", JournalHead.None, 3, Sample.Row("2", 3)))).Version.ShouldBe(1);
        (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task Append_FenceCannotBeAsked_FreesThePlacesOfItsCommit()
    {
        await using var town = new SqliteTown();
        var head = await town.Journal.RecordAsync("case/1", 1);
        await town.ReopenAsync();
        town.Execute("ALTER TABLE journal RENAME TO hidden");
        await Should.ThrowAsync<SqliteException>(async () => await town.Journal.AppendAsync(Sample.Append("case/1", head, 2)));
        town.Execute("ALTER TABLE hidden RENAME TO journal");
        (await town.Journal.AppendAsync(Sample.Append("case/1", head, 2))).Version.ShouldBe(2);
        (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Records.ShouldBe(2);
    }

    [Fact]
    public async Task Append_AfterReopen_ContinuesStreamAndCommits()
    {
        await using var town = new SqliteTown();
        var head = await town.Journal.RecordAsync("case/1", 2);
        await town.ReopenAsync();
        (await town.Journal.AppendAsync(Sample.Append("case/1", head, 3))).Version.ShouldBe(3);
        var report = await town.World.VerifyAsync(TestContext.Current.CancellationToken);
        (report.Whole, report.Records, report.Streams, report.Commits).ShouldBe((true, 3, 1, 3));
    }

    [Fact]
    public async Task Append_AfterDispose_FailsAsClosed()
    {
        await using var town = new SqliteTown();
        await town.World.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await town.Journal.RecordAsync("case/1", 1));
    }
}
