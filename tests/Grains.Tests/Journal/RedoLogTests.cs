using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What is answered stands in the redo log first and in the tables soon after; whenever the process ends, it is all
/// there.</summary>
public sealed class RedoLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PowerCut_TablesHaveNothingYet_EverythingAnsweredIsThere()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        var head = await town.Journal.AppendAsync(
            Sample.Append("case/YD1", JournalHead.None, 1, Sample.Row("YD1", 1, Sample.Work("YD1", 1)))
        );
        head = await town.Journal.AppendAsync(
            Sample.Append(
                "case/YD1",
                head,
                2,
                Sample.Row("YD1", 1, Sample.Work("YD1", 2)) with
                {
                    Certificate = "临证字1号",
                },
                false,
                Sample.Effect("case/YD1", 2, 0)
            )
        );
        await town.Journal.RecordAsync("seal/yandian", 3, 10);
        var cut = town.CutPower();

        await using var world = Open(cut, out var courier);
        (await world.ReadAsync("case/YD1", 0, long.MaxValue, Stop)).Versions().ShouldBe([1, 2]);
        (await world.ReadAsync("seal/yandian", 0, long.MaxValue, Stop)).Count.ShouldBe(3);
        var row = (await world.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).ShouldHaveSingleItem();
        (row.Certificate, row.Work!.Version).ShouldBe(("临证字1号", 2));
        world.StartDelivering();
        await world.Storage.Outbox.DrainAsync(Stop);
        courier.Taken.ShouldHaveSingleItem().Id.ShouldBe(new EffectId("case/YD1", 2, 0));
        (await ((IJournal)world).AppendAsync(Sample.Append("case/YD1", head, 3))).Version.ShouldBe(3);
        var report = await world.VerifyAsync(Stop);
        (report.Whole, report.Records, report.Commits).ShouldBe((true, 6, 6));
    }

    // A town that was opened on a full disk: its log has not begun, and the one of before still stands there.
    [Fact]
    public async Task Probe_LogHasNotBegun_LeavesItWhole()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 5);
        await town.SettleAsync();
        var cut = town.CutPower();
        using (var log = new RedoLog(cut, 5, () => { }))
        {
            log.Probe();
        }

        var read = RedoReading.Of(cut, 0);
        read.Segments.Select(segment => segment.Began).ShouldBe([5, 5]);
        SqliteAudit.Verify(cut, cancellation: Stop).Records.ShouldBe(5);
    }

    [Fact]
    public async Task PowerCut_AtAnyByteOfTheLog_KeepsWholeCommitsFromTheFirstOn()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        var ends = new List<long> { SegmentHead.Length };
        for (var n = 1; n <= 12; n++)
        {
            await town.Journal.AppendAsync(
                Sample.Append($"case/{n}", JournalHead.None, n, Sample.Row($"YD{n}", n, Sample.Work($"YD{n}", 1)))
            );
            ends.Add(SegmentHead.Length + RedoReading.Of(town.File, 0).Commits.Sum(commit => commit.Frame.Whole));
        }

        var cut = town.CutPower();
        var log = RedoLog.Segments(cut)[0];
        var whole = await File.ReadAllBytesAsync(log, Stop);

        // The power goes before the system has brought the mark to the disk.
        var marked = await File.ReadAllBytesAsync(RedoLog.Segments(cut)[1], Stop);
        await File.WriteAllBytesAsync(RedoLog.Segments(cut)[1], SegmentHead.Page(0), Stop);
        Gen.Long[SegmentHead.Length, ends[^1]]
            .Sample(
                length =>
                {
                    // What a disk that lost the end shows there: nothing, zeros, or what had been there before.
                    File.WriteAllBytes(log, whole[..(int)length]);
                    var commits = ends.FindLastIndex(end => end <= length);
                    RedoReading.Of(cut, 0).Commits.Count().ShouldBe(commits);
                    var report = SqliteAudit.Verify(cut);
                    (report.Whole, report.Records).ShouldBe((true, commits));
                },
                iter: 200,
                threads: 1
            );

        // A file that was cut afterwards lacks commits that the other segment knows to have been safe.
        File.WriteAllBytes(RedoLog.Segments(cut)[1], marked);
        Gen.Long[0, ends[^1] - 1]
            .Sample(
                length =>
                {
                    File.WriteAllBytes(log, whole[..(int)length]);
                    var commits = Math.Max(0, ends.FindLastIndex(end => end <= length));
                    var report = SqliteAudit.Verify(cut);
                    (report.Records, report.Fault?.Commit).ShouldBe((commits, commits + 1));
                },
                iter: 100,
                threads: 1
            );
    }

    [Fact]
    public async Task Log_AnyByteOfACommitChanged_IsNamedAndNothingIsTaken()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        for (var n = 1; n <= 6; n++)
        {
            await town.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, n, Sample.Row($"YD{n}", n)));
        }

        var cut = town.CutPower();
        var log = RedoLog.Segments(cut)[0];
        var whole = await File.ReadAllBytesAsync(log, Stop);
        foreach (var no in new[] { 3, 6 })
        {
            // The last as well: the other segment knows that it was safe.
            var frame = RedoReading.Of(cut, 0).Frames.Single(frame => frame.No == no);
            Gen.Select(Gen.Int[0, frame.Frame.Whole - 1], Gen.Byte[1, 255])
                .Sample(
                    (at, change) =>
                    {
                        var changed = whole.ToArray();
                        changed[frame.At + at] ^= change;
                        File.WriteAllBytes(log, changed);
                        var report = SqliteAudit.Verify(cut);
                        (report.Fault?.Kind, report.Fault?.Commit, report.Records).ShouldBe(
                            (at < RedoFrame.Head ? ChainFaultKind.Cut : ChainFaultKind.Edited, no, no - 1)
                        );
                    },
                    iter: 150,
                    threads: 1
                );
            Should.Throw<RecordDamagedException>(() => Open(cut, out _)).Message.ShouldContain($"ommit {no} ");
            await File.WriteAllBytesAsync(log, whole, Stop);
        }

        (await File.ReadAllBytesAsync(log, Stop)).Length.ShouldBe(whole.Length);
    }

    [Fact]
    public async Task Open_LogOfAnotherTown_IsRefusedAndSaysWhatToDo()
    {
        await using var town = new SqliteTown();
        await using var other = new SqliteTown();
        await other.Journal.RecordAsync("case/9", 2);
        await other.World.DisposeAsync();
        string cut;
        await using (await town.HoldTablesAsync())
        {
            await town.Journal.RecordAsync("case/1", 5);
            cut = town.CutPower();
        }

        File.Copy(RedoLog.Segments(cut)[0], other.Redo[0]);
        var refused = Should.Throw<RecordDamagedException>(() => Open(other.File, out _));
        refused.Message.ShouldContain("Redo log");
        refused.Message.ShouldContain("their commits 2 differ");
        refused.Message.ShouldContain("audit salvage");
        File.Delete(other.Redo[0]);
        await using var world = Open(other.File, out _);
        (await world.ReadAsync("case/9", 0, long.MaxValue, Stop)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Tables_HeldBySomebodyElse_CommandsGoOnAndReadersWait()
    {
        await using var town = new SqliteTown();
        Task<IReadOnlyList<JournalRecord>> read;
        await using (await town.HoldTablesAsync())
        {
            var head = await town.Journal.RecordAsync("case/1", 3);
            (await town.Journal.AppendAsync(Sample.Append("case/1", head, 4))).Version.ShouldBe(4);
            (await town.Journal.ReadAsync("case/2", 0, Stop)).ShouldBeEmpty();
            read = town.Journal.ReadAsync("case/1", 0, Stop).AsTask();
            var report = SqliteAudit.Verify(town.File, null, Stop);
            (report.Whole, report.Records).ShouldBe((true, 4));
            SqliteAudit.Read(town.File, Address.Live, "case/1", Stop).Versions().ShouldBe([1, 2, 3, 4]);

            // It was asked before all of that was answered, and the tables that it reads have nothing.
            read.IsCompleted.ShouldBeFalse();
        }

        (await read).Versions().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Tables_CanNotTakeIt_NothingMoreIsRecordedAndNothingIsLost()
    {
        await using var town = new SqliteTown();
        var head = await town.Journal.RecordAsync("case/1", 1);
        await town.SettleAsync();
        town.Execute("CREATE TRIGGER broken BEFORE INSERT ON commits BEGIN SELECT RAISE(ABORT, 'a broken file'); END");
        head = await town.Journal.AppendAsync(Sample.Append("case/1", head, 2));
        (await Should.ThrowAsync<InvalidDataException>(town.SettleAsync)).Message.ShouldContain("a broken file");
        town.World.Fault.ShouldNotBeNull().Message.ShouldContain("safe in the redo log");
        (
            await Should.ThrowAsync<InvalidDataException>(async () => await town.Journal.AppendAsync(Sample.Append("case/1", head, 3)))
        ).Message.ShouldContain("a broken file");
        town.Execute("DROP TRIGGER broken");
        await town.ReopenAsync();
        town.World.Fault.ShouldBeNull();
        (await town.Journal.AppendAsync(Sample.Append("case/1", head, 3))).Version.ShouldBe(3);
        (await town.World.VerifyAsync(Stop)).Records.ShouldBe(3);
    }

    [Fact]
    public async Task Close_EverythingIsInTheTables_LeavesNoLog()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("case/1", 5);
        town.Redo.ShouldContain(file => File.Exists(file));
        await town.World.DisposeAsync();
        town.Redo.ShouldAllBe(file => !File.Exists(file));
        SqliteAudit.Verify(town.File, null, Stop).Records.ShouldBe(5);
    }

    [Fact]
    public async Task Close_TablesAreHeldBySomebodyElse_LeavesTheLogForTheNextStart()
    {
        await using var town = new SqliteTown();
        await using (await town.HoldTablesAsync())
        {
            await town.Journal.RecordAsync("case/1", 2);
            await town.World.DisposeAsync();
        }

        town.Redo.ShouldContain(file => File.Exists(file));
        SqliteAudit.Verify(town.File, null, Stop).Records.ShouldBe(2);
        await town.ReopenAsync();
        (await town.Journal.ReadAsync("case/1", 0, Stop)).Count.ShouldBe(2);
        (await town.World.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task Log_LongerThanASegment_IsBegunAgainAndLosesNothing()
    {
        await using var town = new SqliteTown();
        var text = new string('文', 400_000);
        var head = JournalHead.None;
        const int Enough = 60;
        for (var n = 1; n <= Enough; n++)
        {
            var large = Sample.Event(n) with { Payload = System.Text.Encoding.UTF8.GetBytes($$"""{"schema":1,"text":"{{text}}"}""") };
            head = await town.Journal.AppendAsync(new JournalAppend("case/1", head, [large], []));
            if (n % 10 == 0)
            {
                await town.SettleAsync();
            }
        }

        town.Redo.ShouldAllBe(file => File.Exists(file) && new FileInfo(file).Length < 40_000_000);
        var cut = town.CutPower();
        await using var world = Open(cut, out _);
        (await world.ReadAsync("case/1", 0, long.MaxValue, Stop)).Count.ShouldBe(Enough);
        (await world.VerifyAsync(Stop)).Whole.ShouldBeTrue();
    }

    /// <summary>Any steps of any cases leave the same tables, whether they are brought there one by one or together.</summary>
    [Fact]
    public async Task Tables_StepsTogether_AreAsOneByOne() =>
        await Gen.Select(Gen.Int[1, 4], Gen.Bool, Gen.Bool, Gen.Bool)
            .List[1, 25]
            .SampleAsync(
                async steps =>
                {
                    await using var together = new SqliteTown();
                    await using var oneByOne = new SqliteTown();
                    await using (await together.HoldTablesAsync())
                    {
                        await StepAsync(together, steps, settles: false);
                    }

                    await StepAsync(oneByOne, steps, settles: true);
                    await together.SettleAsync();
                    foreach (var table in new[] { "journal", "commits", "cases", "standing", "outbox" })
                    {
                        Rows(together, table).ShouldBe(Rows(oneByOne, table));
                    }
                },
                iter: 25,
                threads: 1
            );

    [Fact]
    public async Task Append_PlaceOrOpeningTakenInTheLogAlone_IsRefused()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        var head = await town.Journal.AppendAsync(Sample.Append("case/YD1", JournalHead.None, 1, Sample.Row("YD1", 1)));
        await town.Journal.AppendAsync(Sample.Append("case/YD1", head, 2, Sample.Row("YD1", 1), closes: true));
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/YD1", JournalHead.None, 3, Sample.Row("YD1", 3)))
        );
        await Should.ThrowAsync<JournalConflictException>(async () => await town.Journal.AppendAsync(Sample.Append("case/YD1", head, 3)));
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await town.Journal.AppendAsync(Sample.Append("case/YD2", JournalHead.None, 4, Sample.Row("YD2", 1)))
        );
        (await town.Journal.AppendAsync(Sample.Append("case/YD2", JournalHead.None, 5, Sample.Row("YD2", 5)))).Version.ShouldBe(1);
    }

    private static SqliteWorld Open(string file, out Courier courier)
    {
        courier = new Courier();
        return new SqliteWorld(Address.Live, file, courier, TimeProvider.System, NullLogger.Instance);
    }

    private static async Task StepAsync(SqliteTown town, List<(int Case, bool Moves, bool Ends, bool Tells)> steps, bool settles)
    {
        var heads = new Dictionary<int, JournalHead>();
        var command = 0;
        foreach (var (number, moves, ends, tells) in steps)
        {
            var (head, stream) = (heads.GetValueOrDefault(number, JournalHead.None), $"case/YD{number}");
            var version = head.Version + 1;
            var row = Sample.Row($"YD{number}", number + 1000, ends ? null : Sample.Work($"YD{number}", version));
            command++;
            heads[number] = await town.Journal.AppendAsync(
                Sample.Append(
                    stream,
                    head,
                    command,
                    ends || !moves ? row : row with { Workplace = "linqing/justice" },
                    ends,
                    tells ? [Sample.Effect(stream, version, 0)] : []
                )
            );
            if (settles)
            {
                await town.SettleAsync();
            }
        }
    }

    private static List<string> Rows(SqliteTown town, string table)
    {
        using var connection = JournalFile.Open(town.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables.
        command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(n => reader.GetValue(n) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(n).ToString())
                )
            );
        }

        return rows;
    }
}
