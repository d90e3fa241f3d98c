using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What a world shared by several silos promises beyond what every world does.</summary>
public sealed class PostgresWorldTests(PrivatePostgres server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ManySilosAtOnceOnNoDatabase_AllOpen()
    {
        var connection = await server.NewDatabaseAsync();
        var towns = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Run(() => new PostgresTown(connection, n))));
        await Task.WhenAll(towns.Select((town, n) => town.Journal.RecordAsync($"case/{n}", 3)));
        (await towns[0].World.VerifyAsync(Stop)).ShouldSatisfyAllConditions(
            r => r.Whole.ShouldBeTrue(),
            r => r.Records.ShouldBe(12),
            r => r.Streams.ShouldBe(4)
        );
        await DisposeAsync(towns);
    }

    [Fact]
    public async Task Append_ManyStreamsAtOnce_AllAreKeptInOneChain()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => town.Journal.RecordAsync($"case/{n}", 5, n * 10)));
        var report = await town.World.VerifyAsync(Stop);
        (report.Whole, report.Records, report.Streams).ShouldBe((true, 1000, 200));
        report.Commits.ShouldBeInRange(5, 999);
    }

    [Fact]
    public async Task Append_OneWriteIsMalformed_FailsAlone()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        var nul = Sample.Append("case/nul", JournalHead.None, 1) with { Events = [Sample.Event(1) with { Kind = "a\0b" }] };
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
        var late = Sample.Append("case/late", JournalHead.None, 3, Sample.Row("Y", 3) with { PartyName = "张\0三" });
        var far = Sample.Append("case/far", JournalHead.None, 4, null, false, Sample.Effect("case/far", 1, 0, target: "live/\0"));
        var good = Enumerable
            .Range(0, 20)
            .Select(n => town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 100 + n)).AsTask())
            .ToList();
        var refused = new[] { nul, bad, late, far }.Select(async append => await town.Journal.AppendAsync(append)).ToList();
        good.AddRange(
            Enumerable.Range(20, 20).Select(n => town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 100 + n)).AsTask())
        );
        foreach (var write in refused)
        {
            await Should.ThrowAsync<Exception>(() => write);
        }

        (await Task.WhenAll(good)).ShouldAllBe(head => head.Version == 1);
        (await town.Storage.Outbox.CountAsync(Stop)).ShouldBe(0);
        (await town.World.VerifyAsync(Stop)).ShouldSatisfyAllConditions(r => r.Whole.ShouldBeTrue(), r => r.Records.ShouldBe(40));
    }

    [Fact]
    public async Task Append_PlacesTakenAmongOthers_OnlyTheirsAreRefused()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        var head = await town.Journal.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, Sample.Row("1", 1)));
        await town.Journal.AppendAsync(Sample.Append("case/1", head, 2, Sample.Row("1", 1)));

        // A version that is there, a command that opened another case, a record that follows nothing, and one command that opens two cases
        // at once.
        JournalAppend[] refused =
        [
            Sample.Append("case/1", head, 3, Sample.Row("1", 1)),
            Sample.Append("case/2", JournalHead.None, 1, Sample.Row("2", 1)),
            Sample.Append("case/3", head, 4),
        ];
        var twice = new[] { "4", "5" }
            .Select(number => Sample.Append($"case/{number}", JournalHead.None, 50, Sample.Row(number, 50)))
            .ToArray();
        var good = Enumerable
            .Range(10, 40)
            .Select(n => Sample.Append($"case/{n}", JournalHead.None, 100 + n, Sample.Row($"{n}", 100 + n)))
            .ToArray();
        var answers = (good[..20].Concat(refused).Concat(twice).Concat(good[20..]))
            .Select(append => (append.Stream, Answer: town.Journal.AppendAsync(append).AsTask()))
            .ToArray();
        await Task.WhenAll(answers.Select(it => it.Answer))
            .ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);

        foreach (var (stream, answer) in answers.Where(it => it.Answer.IsFaulted))
        {
            answer.Exception!.InnerException.ShouldBeOfType<JournalConflictException>().Stream.ShouldBe(stream);
        }

        answers.Where(it => it.Answer.IsFaulted).Select(it => it.Stream).ShouldBe([.. refused.Select(append => append.Stream), "case/5"]);
        (await town.Storage.ReadModel.FindOpenedByAsync(Sample.Id(50), Stop)).ShouldBe("4");
        (await town.World.VerifyAsync(Stop)).ShouldSatisfyAllConditions(r => r.Whole.ShouldBeTrue(), r => r.Records.ShouldBe(2 + 1 + 40));
    }

    [Fact]
    public async Task Append_TwoSilosRaceOnOneStream_OneWinsEachVersion()
    {
        var connection = await server.NewDatabaseAsync();
        await using var one = new PostgresTown(connection, 1);
        await using var other = new PostgresTown(connection, 2);
        var won = await Task.WhenAll(new[] { one, other }.Select((town, n) => Task.Run(() => RaceAsync(town.Journal, n * 1000))));
        won.Sum().ShouldBe(100);
        (await one.Journal.ReadAsync("case/1", 0, Stop)).Versions().ShouldBe(Enumerable.Range(1, 100).Select(v => (long)v));
        (await one.World.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task Append_WriterWasClosed_IsRefusedForGood()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        var head = await town.Journal.RecordAsync("case/1", 1);
        await town.ExecuteAsync(
            $"UPDATE writers SET closed = true WHERE port = {town.Writer.Port} AND generation = {town.Writer.Generation}"
        );
        await Should.ThrowAsync<WriterClosedException>(async () => await town.Journal.AppendAsync(Sample.Append("case/1", head, 2)));
        await Should.ThrowAsync<WriterClosedException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/2", JournalHead.None, 3))
        );
        town.World.Fault.ShouldBeOfType<WriterClosedException>();
        (await town.Journal.ReadAsync("case/1", 0, Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Open_TheSameSiloAgain_GoesOnAsTheSameWriter()
    {
        var connection = await server.NewDatabaseAsync();
        await using var first = new PostgresTown(connection, 1);
        var head = await first.Journal.RecordAsync("case/1", 2);
        await using var again = new PostgresTown(connection, 1);
        head = await again.Journal.AppendAsync(Sample.Append("case/1", head, 3));
        head.Version.ShouldBe(3);
        (await again.World.VerifyAsync(Stop)).ShouldSatisfyAllConditions(r => r.Whole.ShouldBeTrue(), r => r.Records.ShouldBe(3));

        // Whoever believes to stand where the other went on from is no writer any more.
        await Should.ThrowAsync<WriterClosedException>(async () => await first.Journal.AppendAsync(Sample.Append("case/1", head, 4)));
    }

    [Fact]
    public async Task Drain_SiloDiedWithEffects_AnotherDeliversEachOnce()
    {
        var connection = await server.NewDatabaseAsync();
        await using var dead = new PostgresTown(connection, 1);
        for (var n = 0; n < 20; n++)
        {
            await dead.Journal.AppendAsync(
                Sample.Append(
                    $"case/{n}",
                    JournalHead.None,
                    n + 1,
                    null,
                    false,
                    Sample.Effect($"case/{n}", 1, 0),
                    Sample.Effect($"case/{n}", 1, 1)
                )
            );
        }

        await using var alive = new PostgresTown(connection, 2);
        await alive.Storage.Outbox.DrainAsync(Stop);
        alive.Courier.Taken.ShouldBeEmpty("they are a living silo's");
        await dead.ExecuteAsync($"UPDATE writers SET closed = true WHERE port = 1");
        alive.World.StartDelivering();
        await Eventually.HoldsAsync("the outbox is empty", async () => await alive.Storage.Outbox.CountAsync(Stop) == 0);

        alive.Courier.Taken.Count.ShouldBe(40);
        alive.Courier.Taken.Select(d => d.Id).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task Append_StreamMovedWithItsEffectsUndelivered_TheyGoFirst()
    {
        var connection = await server.NewDatabaseAsync();
        await using var before = new PostgresTown(connection, 1);
        var head = await before.Journal.AppendAsync(
            Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0), Sample.Effect("case/1", 1, 1))
        );
        await using var after = new PostgresTown(connection, 2);
        await after.Journal.AppendAsync(
            Sample.Append("case/1", head, 2, null, false, Sample.Effect("case/1", 2, 0)) with
            {
                IsFirstSinceRead = true,
            }
        );
        await after.Storage.Outbox.DrainAsync(Stop);
        after.Courier.Taken.Select(d => (d.Id.Version, d.Id.Ordinal)).ShouldBe([(1, 0), (1, 1), (2, 0)]);
    }

    [Fact]
    public async Task Append_SeveralEventsAtOnce_AllOrNothing()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        var three = new JournalAppend("seal/yandian", JournalHead.None, [Sample.Event(1), Sample.Event(2), Sample.Event(3)], []);
        var head = await town.Journal.AppendAsync(three);
        head.Version.ShouldBe(3);
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await town.Journal.AppendAsync(three with { Events = [Sample.Event(4), Sample.Event(5)] })
        );
        (await town.Journal.ReadAsync("seal/yandian", 0, Stop)).Versions().ShouldBe([1, 2, 3]);
        (await town.World.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE journal SET payload = payload || ' ' WHERE stream = 'case/2' AND version = 3", ChainFaultKind.Edited, "case/2", 3)]
    [InlineData("UPDATE journal SET actor_id = 'S002' WHERE stream = 'case/2' AND version = 3", ChainFaultKind.Edited, "case/2", 3)]
    [InlineData("DELETE FROM journal WHERE stream = 'case/2' AND version = 3", ChainFaultKind.Missing, "case/2", 3)]
    [InlineData("DELETE FROM journal WHERE stream = 'case/2' AND version >= 3", ChainFaultKind.Cut, null, null)]
    [InlineData("DELETE FROM commits WHERE no = (SELECT max(no) FROM commits)", ChainFaultKind.Cut, null, null)]
    [InlineData(
        "WITH last AS (DELETE FROM commits WHERE no = (SELECT max(no) FROM commits) RETURNING no) DELETE FROM journal WHERE "
            + "commit_no IN (SELECT no FROM last)",
        ChainFaultKind.Cut,
        null,
        null
    )]
    public async Task Verify_Tampered_NamesTheFirstBrokenRecord(string sql, ChainFaultKind kind, string? stream, int? version)
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        for (var n = 1; n <= 3; n++)
        {
            await town.Journal.RecordAsync($"case/{n}", 5, n * 10);
        }

        await town.ExecuteAsync(sql);
        var fault = (await town.World.VerifyAsync(Stop)).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Stream, fault.Version).ShouldBe((kind, stream, (long?)version));
    }

    [Fact]
    public void Open_NobodyListens_SaysWhere() =>
        Should
            .Throw<PostgresUnusableException>(() => new PostgresTown("Host=127.0.0.1;Port=1;Username=u;Password=secret;Database=d"))
            .ShouldSatisfyAllConditions(e => e.Message.ShouldContain("127.0.0.1:1/d"), e => e.Message.ShouldNotContain("secret"));

    // Each appends at the head that it sees, until the stream has a hundred records.
    private static async Task<int> RaceAsync(IJournal journal, int firstCommand)
    {
        for (var won = 0; ; )
        {
            var records = await journal.ReadAsync("case/1", 0, Stop);
            if (records.Count >= 100)
            {
                return won;
            }

            var head = records.Count == 0 ? JournalHead.None : new JournalHead(records[^1].Version, records[^1].Hash);
            try
            {
                await journal.AppendAsync(Sample.Append("case/1", head, firstCommand + records.Count));
                won++;
            }
            catch (JournalConflictException)
            {
                // The other was faster.
            }
        }
    }

    private static async Task DisposeAsync(IEnumerable<PostgresTown> towns)
    {
        foreach (var town in towns)
        {
            await town.DisposeAsync();
        }
    }
}
