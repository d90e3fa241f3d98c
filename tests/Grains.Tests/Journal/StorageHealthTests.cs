using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A trouble is told when it begins and when it is over, however often it is met in between; what it means stands in both
/// languages.</summary>
public sealed class StorageHealthTests
{
    private readonly Clock clock = new();
    private readonly Lines lines = new();
    private readonly StorageHealth health;

    public StorageHealthTests() => health = new StorageHealth(lines, clock);

    [Fact]
    public void Failed_AThousandTimes_IsToldOnceAndItsEndOnce()
    {
        for (var n = 0; n < 1000; n++)
        {
            health.Failed(StoragePart.Commits, Full);
            health.Failed(StoragePart.Tables, Full);
            health.Failed(StoragePart.Snapshots, Full);
        }

        lines.Told.Count.ShouldBe(1);
        health.Hindrance!.Zh.ShouldContain("磁盘已满");
        health.Worked(StoragePart.Commits);
        health.Worked(StoragePart.Snapshots);
        health.Look();
        (health.Hindrance is null, lines.Told.Count).ShouldBe((false, 1));
        health.Worked(StoragePart.Tables);
        health.Hindrance.ShouldBeNull();
        clock.Now += TimeSpan.FromSeconds(2.9);
        health.Look();
        lines.Told.Count.ShouldBe(1);
        clock.Now += TimeSpan.FromSeconds(0.2);
        health.Look();
        health.Look();
        lines.Told.Count.ShouldBe(2);
    }

    [Fact]
    public void Failed_AgainAtOnce_IsTheSameTrouble()
    {
        health.Failed(StoragePart.Commits, Full);
        health.Worked(StoragePart.Commits);
        clock.Now += TimeSpan.FromSeconds(1);
        health.Look();
        health.Failed(StoragePart.Commits, Full);
        lines.Told.Count.ShouldBe(1);
        health.Hindrance.ShouldNotBeNull();
    }

    [Fact]
    public void Failed_SnapshotsOnly_HindersNothing()
    {
        health.Failed(StoragePart.Snapshots, Full);
        (health.Hindrance is null, lines.Told.Count).ShouldBe((true, 1));
        health.Failed(StoragePart.Commits, Full);
        (health.Hindrance is null, lines.Told.Count).ShouldBe((false, 2));
    }

    // A cache that nobody asks meanwhile doesn't tell that it is well, too.
    [Fact]
    public void Look_RecordingIsWellAgainAndNobodyAsksForSnapshots_ToldIsOverAndTheNextIsToldAnew()
    {
        health.Failed(StoragePart.Commits, Full);
        health.Failed(StoragePart.Snapshots, Full);
        health.IsTold.ShouldBeTrue();
        health.Worked(StoragePart.Commits);
        clock.Now += TimeSpan.FromSeconds(4);
        health.Look();
        (lines.Told.Count, health.IsTold).ShouldBe((2, true));

        // Begun while it was in trouble.
        health.Failed(StoragePart.Snapshots, Full);
        lines.Told.Count.ShouldBe(2);
        clock.Now += TimeSpan.FromSeconds(11);
        health.Look();
        (lines.Told.Count, health.IsTold).ShouldBe((2, false));
        health.Failed(StoragePart.Commits, Full);
        lines.Told.Count.ShouldBe(3);
    }

    [Fact]
    public void Look_NoAnswerForLong_IsATrouble()
    {
        health.Begin(StoragePart.Commits);
        clock.Now += TimeSpan.FromSeconds(4.9);
        health.Look();
        health.Hindrance.ShouldBeNull();
        clock.Now += TimeSpan.FromSeconds(0.2);
        health.Look();
        health.Hindrance.ShouldBe(StorageFaults.NoAnswer);
        health.Worked(StoragePart.Commits);
        health.Hindrance.ShouldBeNull();
    }

    [Fact]
    public void Of_KnownFaults_SaysWhatToDo()
    {
        StorageFaults.Of(new InvalidOperationException("x", Full)).En.ShouldContain("disk is full");
        StorageFaults.Of(new SqliteException("x", 13)).En.ShouldContain("disk is full");
        StorageFaults.Of(new SqliteException("x", 8)).Zh.ShouldContain("只读");
        StorageFaults.Of(new UnauthorizedAccessException("x", new IOException("y", 13))).En.ShouldContain("y");
        StorageFaults.Of(new NpgsqlException("x", new EndOfStreamException("past the end"))).En.ShouldContain("broke");
        StorageFaults.Of(new PostgresException("x", "ERROR", "ERROR", "25006")).En.ShouldContain("primary");
        StorageFaults.Of(new PostgresException("x", "ERROR", "ERROR", "53100")).En.ShouldContain("disk of the database server");
        StorageFaults.Of(new InvalidOperationException("bug")).En.ShouldBe("bug");
        StorageFaults.IsOne(new InvalidOperationException("bug")).ShouldBeFalse();
        StorageFaults.IsOne(new InvalidOperationException("x", Full)).ShouldBeTrue();
    }

    [Fact]
    public void Of_SomebodysMistake_IsNoFaultOfStorage()
    {
        StorageFaults.IsOne(new ArgumentOutOfRangeException("value", "too long")).ShouldBeFalse();
        StorageFaults.Of(new ArgumentOutOfRangeException("value", "too long")).En.ShouldNotContain("ulimit");
        StorageFaults.Of(new IOException("File too large", DiskWrites.FileTooLarge)).En.ShouldContain("ulimit -f");
    }

    [Fact]
    public async Task Append_PlaceTaken_SaysNothingOfWhetherItCanBeWritten()
    {
        var folder = Directory.CreateTempSubdirectory("health");
        await using (
            var world = new SqliteWorld(
                Address.Live,
                Path.Combine(folder.FullName, "town.sqlite"),
                new Courier(),
                TimeProvider.System,
                lines,
                health: health
            )
        )
        {
            await ((IJournal)world).RecordAsync("case/1", 1);
            health.Failed(StoragePart.Commits, Full);
            await Should.ThrowAsync<JournalConflictException>(async () =>
                await world.AppendAsync(Sample.Append("case/1", JournalHead.None, 2))
            );
            health.IsTroubled(StoragePart.Commits).ShouldBeTrue("Nothing was written.");
            clock.Now += TimeSpan.FromMinutes(1);
            health.Look();
            health.Hindrance.ShouldBe(StorageFaults.Of(Full), "Nobody waits for an answer either.");
            await ((IJournal)world).RecordAsync("case/2", 1);
            health.Hindrance.ShouldBeNull();
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void PutAside_CantBeKept_IsToldOnce()
    {
        var box = new DeadLetterBox(new Never(), DeadLetterRule.Default, lines);
        var forgotten = new List<long>();
        box.Add(
            new WaitingEffect(7, Sample.Effect("case/1", 1, 0)),
            8,
            Sample.Opening,
            Sample.Opening,
            new InvalidOperationException("no")
        );
        for (var n = 0; n < 5; n++)
        {
            box.Begin(_ => { }, CancellationToken.None);
            box.Kept(Full, forgotten.Add);
        }

        lines.Told.ShouldHaveSingleItem().ShouldContain("the disk is full");
        box.Begin(_ => { }, CancellationToken.None);
        box.Kept(null, forgotten.Add);
        (lines.Told.Count, forgotten.Single(), box.None).ShouldBe((2, 7, true));
    }

    private static IOException Full => new("No space left on device", 28);

    /// <summary>Keeps nothing, ever.</summary>
    private sealed class Never : IDeadLetters
    {
        public Task KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellation) => new TaskCompletionSource().Task;

        public Task<bool> RefusedAgainAsync(DeadLetter letter, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int most, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<long> CountAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task ForgetAsync(long id, CancellationToken cancellation = default) => throw new NotSupportedException();
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Told.Enqueue(formatter(state, exception));
    }
}
