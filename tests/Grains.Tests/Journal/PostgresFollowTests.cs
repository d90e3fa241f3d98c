using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Read model and outbox of a shared world follow its record: what nobody may notice, and what happens when they can't.</summary>
public sealed class PostgresFollowTests(PrivatePostgres server)
{
    private const string Bureau = "yandian/government-service";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AnotherSiloHasJustCommitted_ShowsIt()
    {
        var connection = await server.NewDatabaseAsync();
        await using var one = new PostgresTown(connection, 1);
        await using var other = new PostgresTown(connection, 2);
        var head = JournalHead.None;
        for (var version = 1; version <= 20; version++)
        {
            head = await one.Journal.AppendAsync(Append(head, version));
            (await other.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(version);
            (await other.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).Single().Work!.Version.ShouldBe(version);
        }
    }

    [Fact]
    public async Task Append_CaseMovesBetweenSilos_ItsLastRowStays()
    {
        var connection = await server.NewDatabaseAsync();
        await using var one = new PostgresTown(connection, 1);
        await using var other = new PostgresTown(connection, 2);
        var head = JournalHead.None;
        for (var version = 1; version <= 20; version++)
        {
            head = await (version % 2 == 0 ? one : other).Journal.AppendAsync(
                Append(head, version) with
                {
                    IsFirstSinceRead = version > 1,
                }
            );
        }

        (await one.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(20);
        await other.Storage.ReadModel.ListWorkAsync(Bureau, Stop);
        (await one.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(20);
    }

    [Fact]
    public async Task Follow_ALaterRowIsThere_LeavesIt()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        var head = await town.Journal.AppendAsync(Append(JournalHead.None, 1));
        await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop);
        await town.ExecuteAsync("UPDATE standing SET version = 3, step = 'later'");
        head = await town.Journal.AppendAsync(Append(head, 2));
        (await town.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).Single().Step.ShouldBe("later");
        head = await town.Journal.AppendAsync(Append(head, 3));
        (await town.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).Single().Step.ShouldBe("later");
        await town.Journal.AppendAsync(Append(head, 4));
        (await town.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).Single().Step.ShouldBe("examine");
    }

    [Fact]
    public async Task Follow_SiloDiedBefore_AnotherBringsWhatItLeft()
    {
        var connection = await server.NewDatabaseAsync();
        await using var dead = new PostgresTown(connection, 1);
        await DieAheadAsync(dead);

        await using var alive = new PostgresTown(connection, 2);
        (await alive.Storage.ReadModel.ListWorkAsync(Bureau, Stop)).Single().Version.ShouldBe(3);
        alive.World.StartDelivering();
        await Eventually.HoldsAsync("the outbox is empty", async () => await alive.Storage.Outbox.CountAsync(Stop) == 0);

        alive.Courier.Taken.Select(d => d.Id.Version).ShouldBe([1, 2, 3]);
        (await alive.ExecuteAsync("SELECT count(*) FROM redo")).ShouldBe(0L);
    }

    /// <summary>
    /// What is taken over from a dead silo is in the outbox at once, a commit before it only when the tables have followed. The outbox is
    /// read between the two: that commit's effect isn't passed over.
    /// </summary>
    [Fact]
    public async Task Deliver_OutboxIsReadWhenTheTablesAreBehind_PassesNothingOver()
    {
        var connection = await server.NewDatabaseAsync();
        await using var dead = new PostgresTown(connection, 1);
        await DieAheadAsync(dead);
        await using var reads = new PostgresReads(connection);
        var place = (
            await reads.ListAsync(
                "INSERT INTO writers (address, port, generation) VALUES ('127.0.0.1', 2, 1) RETURNING id, tx, commit_no, root",
                row => new WriterPosition(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)),
                Stop
            )
        )[0];
        var others = new OtherWriters(Address.Live, place.Writer, reads);
        await others.CatchUpAsync();
        StoredOutbox outbox = null!;
        var health = new StorageHealth(NullLogger.Instance, TimeProvider.System);
        var (time, logger) = (TimeProvider.System, NullLogger.Instance);
        using var log = new PostgresLog(Address.Live, connection, place, health, logger);
        var tables = new PostgresTables(Address.Live, place.Writer, connection);
        await using var writer = new JournalWriter(log, tables, effects => outbox.Committed(effects), health, logger);
        var townReads = new PostgresTownReads(reads, writer, others, place.Writer);
        var letters = new StoredDeadLetters(Address.Live, townReads);
        await using (
            outbox = new(
                world: Address.Live,
                reads: townReads,
                writer: writer,
                courier: new Courier(),
                time: time,
                logger: logger,
                deadLetters: letters
            )
        )
        {
            // Nothing can be read while the test has all connections, and the tables can't follow while it has their lock.
            var all = await Task.WhenAll(Enumerable.Range(0, PostgresReads.Most).Select(_ => reads.OpenAsync(Stop).AsTask()));
            await using var behind = await all[0].BeginTransactionAsync(Stop);
            await using var hold = new NpgsqlCommand("LOCK TABLE standing IN ACCESS EXCLUSIVE MODE", all[0]);
            await hold.ExecuteNonQueryAsync(Stop);
            var reading = outbox.ReadAsync(0, 100, Stop).AsTask();
            var append = new PendingAppend(
                Address.Live,
                Sample.Append("case/2", JournalHead.None, 9, Sample.Row("2", 9), false, Sample.Effect("case/2", 1, 0))
            );
            append.Image = AppendImage.OfRest(append);
            await writer.AppendAsync(append);
            var takeOver = new TakeOverRequest();
            await writer.QueueAsync(takeOver);
            await takeOver.Done;
            await Task.WhenAll(all.Skip(1).Select(one => one.DisposeAsync().AsTask()));
            var read = await reading;
            await behind.RollbackAsync(Stop);
            await all[0].DisposeAsync();

            var rest = await outbox.ReadAsync(read is [.., var last] ? last.Id : 0, 100, Stop);
            read.Concat(rest).Select(effect => effect.Delivery.Id.Stream).ShouldBe(["case/2", "case/1", "case/1", "case/1"]);
        }
    }

    [Fact]
    public async Task Append_StreamOfASiloThatDiedAhead_ItsEffectsGoFirst()
    {
        var connection = await server.NewDatabaseAsync();
        await using var dead = new PostgresTown(connection, 1);
        var head = await DieAheadAsync(dead);

        await using var alive = new PostgresTown(connection, 2);
        await alive.Journal.AppendAsync(Append(head, 4) with { IsFirstSinceRead = true });
        await alive.Storage.Outbox.DrainAsync(Stop);
        alive.Courier.Taken.Select(d => d.Id.Version).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Scan_TablesAreBehind_TellsWhatIsCommitted()
    {
        var connection = await server.NewDatabaseAsync();
        await using var town = new PostgresTown(connection, 1);
        await DieAheadAsync(town);

        var parts = await town.World.ScanAsync(Stop).ToListAsync(Stop);
        parts.OfType<ScannedWaiting>().Single().Effects.ShouldBe(3);
        parts.OfType<ScannedCase>().Single().Row.Number.ShouldBe("1");
        parts.OfType<ScannedWork>().Single().Work.Version.ShouldBe(3);
        (await town.World.VerifyAsync(Stop)).ShouldSatisfyAllConditions(r => r.Whole.ShouldBeTrue(), r => r.Records.ShouldBe(3));

        await town.ExecuteAsync("UPDATE redo SET frame = overlay(frame PLACING '\\x00' FROM 200)");
        // The frame itself, and the row of the case that stays behind its record without it.
        (await town.World.ScanAsync(Stop).ToListAsync(Stop))
            .OfType<ScannedUnreadable>()
            .Count()
            .ShouldBe(2);
    }

    [Fact]
    public async Task Redo_ChangedOrTakenOutByHand_IsToldByVerify()
    {
        var connection = await server.NewDatabaseAsync();
        await using var town = new PostgresTown(connection, 1);
        var head = await town.Journal.AppendAsync(Append(JournalHead.None, 1));
        head = await town.Journal.AppendAsync(Append(head, 2));
        await town.Storage.ReadModel.ListWorkAsync(Bureau, Stop);
        (await PostgresAudit.VerifyAsync(connection, null, Stop)).Whole.ShouldBeTrue();
        await town.ExecuteAsync("ALTER FUNCTION follow_commits RENAME TO elsewhere");
        await town.Journal.AppendAsync(Append(head, 3));
        (await PostgresAudit.VerifyAsync(connection, null, Stop)).Whole.ShouldBeTrue();
        await town.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM redo");
        foreach (
            var (change, told) in new[]
            {
                ("UPDATE redo SET frame = overlay(frame PLACING '\\x00' FROM 1)", "was changed after it had been written"),
                ("UPDATE redo SET frame = overlay(frame PLACING '\\x00' FROM 200)", "was changed after it had been written"),
                ("UPDATE redo SET frame = substring(frame FROM 1 FOR 100)", "was changed after it had been written"),
                ("UPDATE redo SET frame = ''", "was changed after it had been written"),
                ("UPDATE redo SET no = no + 1", "was changed after it had been written"),
                ("UPDATE redo SET writer = writer + 1", "isn't the one that it recorded"),
                ("DELETE FROM redo", "a row of table redo was taken out"),
            }
        )
        {
            await town.ExecuteAsync(change);
            var fault = (await PostgresAudit.VerifyAsync(connection, null, Stop)).Fault.ShouldNotBeNull(change);
            fault.Why.En.ShouldContain(told, Case.Sensitive, change);
            await town.ExecuteAsync("DELETE FROM redo; INSERT INTO redo SELECT * FROM kept");
        }

        foreach (
            var (change, commit) in new[]
            {
                ("DELETE FROM commits WHERE no = 3", 3L),
                ("DELETE FROM commits WHERE no = 2", 2),
                ("UPDATE commits SET root = prev_root WHERE no = 2", 2),
                ("UPDATE commits SET prev_root = root WHERE no = 3", 3),
                ("UPDATE commits SET records = 2 WHERE no = 1", 1),
            }
        )
        {
            await town.ExecuteAsync("CREATE TABLE all_commits AS SELECT * FROM commits");
            await town.ExecuteAsync(change);
            (await PostgresAudit.VerifyAsync(connection, null, Stop)).Fault.ShouldNotBeNull(change).Commit.ShouldBe(commit, change);
            await town.ExecuteAsync("DELETE FROM commits; INSERT INTO commits SELECT * FROM all_commits; DROP TABLE all_commits");
        }

        (await PostgresAudit.VerifyAsync(connection, null, Stop)).Whole.ShouldBeTrue();
        await town.ExecuteAsync("ALTER FUNCTION elsewhere RENAME TO follow_commits");
    }

    [Fact]
    public async Task Follow_Impossible_RecordsNothingMoreAndSaysWhy()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        await DieAheadAsync(town);
        var why = await Should.ThrowAsync<InvalidDataException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/2", JournalHead.None, 50))
        );
        why.Message.ShouldContain("follow_commits");
        town.World.Fault.ShouldBe(why);
    }

    private static JournalAppend Append(JournalHead head, int version) =>
        Sample.Append("case/1", head, version, Sample.Row("1", 1, Sample.Work("1", version)), false, Sample.Effect("case/1", version, 0));

    // Three records of a case, safe and answered, which the silo's tables can't follow any more; then the others declare it dead.
    private static async Task<JournalHead> DieAheadAsync(PostgresTown town)
    {
        await town.ExecuteAsync("ALTER FUNCTION follow_commits RENAME TO elsewhere");
        var head = await town.Journal.AppendAsync(
            new JournalAppend(
                "case/1",
                JournalHead.None,
                [Sample.Event(1), Sample.Event(2), Sample.Event(3)],
                [.. Enumerable.Range(1, 3).Select(version => Sample.Effect("case/1", version, 0))],
                Sample.Row("1", 1, Sample.Work("1", 3))
            )
        );
        await Eventually.HoldsAsync("the tables can't follow", () => town.World.Fault is not null);

        await town.ExecuteAsync("ALTER FUNCTION elsewhere RENAME TO follow_commits");
        await town.ExecuteAsync(
            $"UPDATE writers SET closed = true WHERE port = {town.Writer.Port} AND generation = {town.Writer.Generation}"
        );
        return head;
    }
}
