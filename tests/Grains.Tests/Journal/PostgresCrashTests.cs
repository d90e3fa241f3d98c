using System.Runtime.CompilerServices;
using Npgsql;
using TownReform.Grains.Journal;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What a crash of the database's server does to those who write and read then: they wait.</summary>
public sealed class PostgresCrashTests
{
    private const int Loops = 32;
    private const string Bureau = "yandian/government-service";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_ServerCrashesUnderLoad_NothingAcknowledgedIsLostAndNothingIsDoubled()
    {
        await using var own = new PrivatePostgres();
        await using var town = new PostgresTown(await own.NewDatabaseAsync());
        town.World.StartDelivering();
        using var enough = new CancellationTokenSource();
        var recorded = new StrongBox<int>();
        var loops = Enumerable
            .Range(0, Loops)
            .Select(n => Task.Run(() => KeepRecordingAsync(town.Journal, n, recorded, enough.Token), Stop))
            .ToArray();
        for (var crash = 0; crash < 3; crash++)
        {
            await UnderLoadAsync(recorded);
            await own.CrashAsync();
        }

        await UnderLoadAsync(recorded);
        await enough.CancelAsync();
        var acknowledged = await Task.WhenAll(loops);
        acknowledged.ShouldAllBe(a => a.Version > 0);
        foreach (var (stream, version) in acknowledged)
        {
            (await town.Journal.ReadAsync(stream, 0, Stop)).Versions().ShouldBe(Enumerable.Range(1, (int)version).Select(v => (long)v));
        }

        // The tables have followed: each case stands where its last record left it, and each effect has arrived.
        (await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop))
            .ToDictionary(work => $"case/{work.Case}", work => work.Version)
            .ShouldBe(acknowledged.ToDictionary(a => a.Stream, a => a.Version), ignoreOrder: true);
        await town.Storage.Outbox.DrainAsync(Stop);
        town.Courier.Taken.Select(d => d.Id).Distinct().Count().ShouldBe(acknowledged.Sum(a => (int)a.Version));
        (await town.ExecuteAsync("SELECT (SELECT count(*) FROM redo) + (SELECT count(*) FROM outbox)")).ShouldBe(0L);
        (await town.World.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task Append_ConnectionCutWhileTheServerGoesOnWithIt_IsRecordedOnce()
    {
        await using var own = new PrivatePostgres();
        var direct = new NpgsqlConnectionStringBuilder(await own.NewDatabaseAsync());
        await using var line = new CuttableLine(direct.Port);
        await using var town = new PostgresTown(new NpgsqlConnectionStringBuilder(direct.ToString()) { Port = line.Port }.ToString());
        var head = await town.Journal.AppendAsync(Append(JournalHead.None, 1));

        await using var holding = new NpgsqlConnection(direct.ToString());
        await holding.OpenAsync(Stop);
        await using var held = await holding.BeginTransactionAsync(Stop);
        await RunAsync(holding, "LOCK TABLE commits IN SHARE MODE");
        var appended = town.Journal.AppendAsync(Append(head, 2)).AsTask();
        await WaitersAsync(holding, 1);
        line.Cut();
        line.Mend();

        // The first attempt, whose silo doesn't hear of it any more, and the second, which waits for the first.
        await WaitersAsync(holding, 2);
        await held.RollbackAsync(Stop);

        await town.Journal.AppendAsync(Append(await appended, 3));
        (await town.Journal.ReadAsync("case/1", 0, Stop)).Versions().ShouldBe([1, 2, 3]);
        (await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(3);
        (await town.World.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task List_RightAfterTheServerCrashedAndCameBack_IsAnswered()
    {
        await using var own = new PrivatePostgres();
        await using var town = new PostgresTown(await own.NewDatabaseAsync());
        var head = JournalHead.None;
        for (var version = 1; version <= 3; version++)
        {
            head = await town.Journal.AppendAsync(Append(head, version));
            (await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(version);
            await own.CrashAsync();
        }
    }

    [Fact]
    public async Task List_WhileTheServerIsAway_IsAnsweredWhenItIsBack()
    {
        await using var own = new PrivatePostgres();
        await using var town = new PostgresTown(await own.NewDatabaseAsync());
        var head = await town.Journal.AppendAsync(Append(JournalHead.None, 1));
        await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop);
        await town.Journal.AppendAsync(Append(head, 2));
        await own.StopAsync();
        var list = town.Storage.ReadModel.ListWorkAsync(Bureau, Stop);

        // It was asked before this, which finds nobody.
        await Should.ThrowAsync<NpgsqlException>(() => town.ExecuteAsync("SELECT 1"));
        list.IsCompleted.ShouldBeFalse();
        await own.StartAgainAsync();
        (await list).Single().Version.ShouldBe(2);
    }

    private static async Task WaitersAsync(NpgsqlConnection connection, long waiters)
    {
        await Eventually.HoldsAsync(
            $"{waiters} transactions wait for the lock",
            async () => await RunAsync(connection, "SELECT count(*) FROM pg_locks WHERE NOT granted") is long waiting && waiting >= waiters
        );
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Tests write these texts.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Stop);
    }

    private static JournalAppend Append(JournalHead head, int version) =>
        Sample.Append("case/1", head, version, Sample.Row("1", 1, Sample.Work("1", version)), false);

    // Until there is ten times as much on record as one append of each.
    private static Task UnderLoadAsync(StrongBox<int> recorded) =>
        Volatile.Read(ref recorded.Value) is var before
            ? Eventually.HoldsAsync("records are made", () => Volatile.Read(ref recorded.Value) >= before + (10 * Loops))
            : Task.CompletedTask;

    private static async Task<(string Stream, long Version)> KeepRecordingAsync(
        IJournal journal,
        int n,
        StrongBox<int> recorded,
        CancellationToken enough
    )
    {
        var (stream, head) = ($"case/{n}", JournalHead.None);
        while (!enough.IsCancellationRequested)
        {
            var (version, command) = (head.Version + 1, (n * 100000) + (int)head.Version);
            head = await journal.AppendAsync(
                Sample.Append(
                    stream,
                    head,
                    command,
                    Sample.Row($"{n}", n * 100000, Sample.Work($"{n}", version)),
                    false,
                    Sample.Effect(stream, version, 0)
                )
            );
            Interlocked.Increment(ref recorded.Value);
        }

        return (stream, head.Version);
    }
}
