using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Salvage;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What is whole of damaged files is saved, what isn't is told, and a silo goes on with what was saved.</summary>
public sealed class SalvageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("salvage");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Whole_EverythingIsSavedAndTheTownGoesOn()
    {
        await using var town = new SqliteTown();
        var head = await town.Journal.AppendAsync(
            Sample.Append("seal/yandian", JournalHead.None, 1, null, false, Sample.Effect("seal/yandian", 1, 0))
        );
        await town.SettleAsync();
        await using var held = await town.HoldTablesAsync();
        head = await town.Journal.AppendAsync(Sample.Append("seal/yandian", head, 2, null, false, Sample.Effect("seal/yandian", 2, 0)));
        await town.Journal.RecordAsync("staff/yandian/YD-001", 20, 100);

        var report = Salvage(town.CutPower(), out var file);
        (report.IsComplete, report.Records, report.Streams, report.Commits, report.LastCommit, report.Effects, report.Aside).ShouldBe(
            (true, 22, 2, 22, 22, 2, 0)
        );
        var courier = new Courier();
        await using var world = new SqliteWorld(Address.Live, file, courier, TimeProvider.System, NullLogger.Instance);
        world.StartDelivering();
        await world.Storage.Outbox.DrainAsync(Stop);
        courier.Taken.Select(effect => effect.Id.Version).Order().ShouldBe([1, 2]);
        (await ((IJournal)world).AppendAsync(Sample.Append("seal/yandian", head, 3))).Version.ShouldBe(3);
        var audit = await world.VerifyAsync(Stop);
        (audit.Whole, audit.Records, audit.Checkpoint!.Commit).ShouldBe((true, 23, 23));
        Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).ShouldNotContain(Salvager.AsideFile);
    }

    [Fact]
    public async Task EffectsPutAside_AreSavedWhereTheirRecordIsAndReadableWhereNot()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 3);
        await town.Journal.RecordAsync("staff/yandian/YD-001", 2, 100);
        await town.Storage.DeadLetters!.KeepAsync([Letter("seal/yandian", 3), Letter("staff/yandian/YD-001", 1)], Stop);
        await town.World.DisposeAsync();
        var whole = Salvage(town.File, out var file);
        (whole.IsComplete, whole.DeadLetters).ShouldBe((true, 2));
        await using (var world = new SqliteWorld(Address.Live, file, new Courier(), TimeProvider.System, NullLogger.Instance))
        {
            var letters = await world.Storage.DeadLetters!.ListAsync(0, 10, Stop);
            letters
                .Select(letter => (letter.Id, letter.Delivery.Id.Stream, letter.Why))
                .ShouldBe([(1, "seal/yandian", "is not well"), (2, "staff/yandian/YD-001", "is not well")]);
        }

        // One whose record is lost would act on what nobody knows of any more.
        town.Execute("DELETE FROM journal WHERE stream = 'seal/yandian' AND version = 3");
        var cut = Salvage(town.File, out file);
        (cut.DeadLetters, cut.Aside).ShouldBe((1, 1));
        (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, Salvager.AsideFile), Stop)).ShouldContain(
            "\"what\":\"dead letter\""
        );
    }

    [Fact]
    public async Task EffectsPutAside_TableCantBeRead_TheyAreTakenFromPagesAndThatIsTold()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 3);
        await town.Storage.DeadLetters!.KeepAsync([.. Enumerable.Range(0, 3).Select(ordinal => Letter("seal/yandian", 3, ordinal))], Stop);
        await town.TamperAsync(
            "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 100000 WHERE name "
                + "= 'dead_letters'"
        );
        var report = Salvage(town.File, out _);
        (report.IsComplete, report.Records, report.DeadLetters).ShouldBe((false, 3, 3));
        report.Notices.ShouldContain(notice => notice.En.Contains("effects put aside is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Saved_IsItsOwnersAlone()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 30);
        await town.TamperAsync("DELETE FROM journal WHERE version = 5");
        var to = Path.Combine(folder.FullName, "saved");
        Directory.CreateDirectory(to);
        Salvage(town.File, out var file).Folder.ShouldBe(to);
        File.Exists(file).ShouldBeTrue();
        Directory.GetFileSystemEntries(to).Select(Path.GetFileName).Order().ShouldBe(["salvage-aside.jsonl", "town.sqlite"]);
        if (!OperatingSystem.IsWindows())
        {
#pragma warning disable CA1416 // Asked only where files have modes.
            Directory.GetFiles(to).Select(path => Convert.ToString((int)File.GetUnixFileMode(path), 8)).ShouldAllBe(mode => mode == "600");
#pragma warning restore CA1416
            Convert.ToString((int)File.GetUnixFileMode(to), 8).ShouldBe("700");
        }
    }

    // Found by the random test: nothing that a town writes is below zero, and what is left of a damaged page can be.
    [Fact]
    public async Task Number_BelowZero_IsReadAsItIs()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 3);
        await town.World.DisposeAsync();
        using (var file = new SqliteConnection($"Data Source={town.File};Pooling=False"))
        {
            file.Open();
            using var edit = file.CreateCommand();
            edit.CommandText = "UPDATE journal SET commit_no = -2 WHERE seq = 2";
            edit.ExecuteNonQuery().ShouldBe(1);
        }

        var report = Salvage(town.File, out _);
        (report.IsComplete, report.Records).ShouldBe((false, 3), "The record is there, and the commit that it names is not.");
    }

    [Fact]
    public async Task Record_Lost_StreamEndsBeforeItAndWhatCameBehindIsReadable()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 30);
        await town.Journal.RecordAsync("staff/yandian/YD-001", 3, 200);
        await town.World.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(town.File, Stop);
        for (int at; (at = bytes.AsSpan().IndexOf("\"n\":12}"u8)) >= 0; )
        {
            // Also where a page has left a row behind that it moved to another.
            bytes[at + 4] = (byte)'7';
        }

        await File.WriteAllBytesAsync(town.File, bytes, Stop);

        var report = Salvage(town.File, out var file);
        (report.IsComplete, report.Records, report.LastCommit).ShouldBe((false, 14, 33));
        report.LostRecords.ShouldHaveSingleItem().ShouldBe(new LostRecords(Address.Live, "seal/yandian", 12, 12, 18));
        report.LostCommits.ShouldHaveSingleItem().ShouldBe(new LostCommits(12, 30));
        report.Fault.ShouldNotBeNull();
        var aside = await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(file)!, Salvager.AsideFile), Stop);
        aside.Length.ShouldBe(19);
        aside.ShouldContain(line =>
            line.Contains("\"version\":30", StringComparison.Ordinal) && line.Contains("受理", StringComparison.Ordinal)
        );
        aside.Count(line => line.Contains("\"damaged\":1", StringComparison.Ordinal)).ShouldBe(1);

        await using (var world = new SqliteWorld(Address.Live, file, new Courier(), TimeProvider.System, NullLogger.Instance))
        {
            var kept = await world.ReadAsync("seal/yandian", 0, long.MaxValue, Stop);
            kept.Versions().ShouldBe([.. Enumerable.Range(1, 11)]);
            (await ((IJournal)world).AppendAsync(Sample.Append("seal/yandian", kept[^1].Head(), 300))).Version.ShouldBe(12);
        }

        SqliteAudit.Verify(file, null, Stop).Fault.ShouldNotBeNull().Commit.ShouldBe(12);
    }

    [Fact]
    public async Task LastCommits_Lost_TheirNumbersStayFreeAndTheAuditorIsToldForEver()
    {
        await using var town = new SqliteTown();
        var head = await town.Journal.RecordAsync("seal/yandian", 5);
        await town.SettleAsync();
        string cut;
        await using (await town.HoldTablesAsync())
        {
            await town.Journal.AppendAsync(Sample.Append("seal/yandian", head, 6));
            await town.Journal.AppendAsync(Sample.Append("staff/yandian/YD-001", JournalHead.None, 7));
            cut = town.CutPower();
        }

        File.Delete(Path.ChangeExtension(cut, ".redo1"));
        var report = Salvage(cut, out var file);
        (report.Records, report.Commits, report.LastCommit).ShouldBe((5, 5, 7));
        report.LostCommits.ShouldHaveSingleItem().ShouldBe(new LostCommits(6, 7));
        SqliteAudit.Verify(file, null, Stop).Fault.ShouldNotBeNull().Commit.ShouldBe(6);
        await using (var world = new SqliteWorld(Address.Live, file, new Courier(), TimeProvider.System, NullLogger.Instance))
        {
            await ((IJournal)world).AppendAsync(Sample.Append("seal/yandian", head, 8));
        }

        var audit = SqliteAudit.Verify(file, null, Stop);
        (audit.Fault!.Commit, audit.Fault.Kind).ShouldBe((6, ChainFaultKind.Cut));
    }

    [Fact]
    public async Task RowsOfCommits_Lost_AreMadeAnewFromWhatTheNextOneProves()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("seal/yandian", 10);
        await town.TamperAsync("DELETE FROM commits WHERE no IN (4, 5, 6)");
        Salvage(town.File, out var file).IsComplete.ShouldBeTrue();
        SqliteAudit.Verify(file, null, Stop).Whole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("not a database at all, and long enough to be read as one page or so of it")]
    [InlineData("")]
    public void NothingWhole_IsSaidAndLeavesNoFolder(string content)
    {
        var file = Path.Combine(folder.FullName, "town.sqlite");
        File.WriteAllText(file, content);
        var to = Path.Combine(folder.FullName, "saved");
        Should
            .Throw<InvalidDataException>(() => new Salvager(RealSeeds.Library).Run(file, to, Stop))
            .Message.ShouldContain("Nothing of a town's record is whole");
        Directory.Exists(to).ShouldBeFalse();
        Directory.CreateDirectory(to);
        File.WriteAllText(Path.Combine(to, "mine"), "");
        Should.Throw<BackupException>(() => new Salvager(RealSeeds.Library).Run(file, to, Stop)).Message.ShouldContain("isn't empty");
        File.Exists(Path.Combine(to, "mine")).ShouldBeTrue();
    }

    [Fact]
    public void Files_DamagedAnyhow_WhatIsSavedWasAnsweredAndTheRestIsTold()
    {
        using var town = new DamagedTown();
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var (file, done, _, answered) = town.Try(seed, lane: 0);
                    var to = Path.Combine(Path.GetDirectoryName(file)!, "saved");
                    if (Directory.Exists(to))
                    {
                        Directory.Delete(to, recursive: true);
                    }

                    try
                    {
                        var report = new Salvager(RealSeeds.Library).Run(file, to, Stop);
                        var saved = Records(Path.Combine(to, "town.sqlite"));
                        saved.IsSubsetOf(town.Answered[1]).ShouldBeTrue(done);
                        (answered.IsSubsetOf(saved) || report.LostCommits.Count > 0).ShouldBeTrue(done);
                        (report.Fault is not null || report.LostCommits.Count == 0).ShouldBeTrue(done);
                        if (done.Contains("a bit of", StringComparison.Ordinal) || done == "segments exchanged")
                        {
                            // A bit breaks a record, and a row of commits at most; what follows on its stream goes aside.
                            report
                                .LostCommits.Sum(lost => lost.Last - lost.First + 1)
                                .ShouldBeLessThanOrEqualTo(
                                    6,
                                    $"{done}: {string.Join(", ", report.LostCommits)}; {string.Join(", ", report.LostRecords)}; "
                                        + $"{string.Join(", ", report.Notices.Take(3))}"
                                );
                        }

                        using var tables = new TownTables(Path.Combine(to, "town.sqlite"));
                        Recovery.Run(Path.Combine(to, "town.sqlite"), tables, NullLogger.Instance).Commit.ShouldBe(report.LastCommit, done);
                    }
                    catch (Exception e) when (e is not ShouldAssertException)
                    {
                        throw new InvalidOperationException($"Seed {seed}, {done}: {e}", e);
                    }
                },
                iter: Iterations.Of(25),
                seed: Iterations.Seed("0N0XIzNsQ0O2"),
                threads: 1
            );
    }

    private static DeadLetter Letter(string stream, long version, int ordinal = 0) =>
        new(
            0,
            Sample.Effect(stream, version, ordinal),
            8,
            Sample.Opening.ToUniversalTime(),
            Sample.Opening.ToUniversalTime(),
            "is not well"
        );

    private SalvageReport Salvage(string damaged, out string file)
    {
        var to = Path.Combine(folder.FullName, "saved");
        for (var n = 2; Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any(); n++)
        {
            to = Path.Combine(folder.FullName, $"saved{n}");
        }

        file = Path.Combine(to, "town.sqlite");
        return new Salvager(RealSeeds.Library).Run(damaged, to, Stop);
    }

    private static HashSet<string> Records(string file)
    {
        using var town = new StoredTown(file);
        return [.. SqliteJournalScan.Everything(town).OfType<ScannedRecord>().Select(part => DamagedTown.Name(part.Record))];
    }
}
