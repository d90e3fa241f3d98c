using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A redo log that is damaged, cut, exchanged or of another time: nothing answered is gone without a word, and what is there is
/// read.</summary>
public sealed class RedoDamageTests : IAsyncLifetime
{
    private const int InTables = 40,
        InLogAlone = 20,
        All = InTables + InLogAlone;

    private readonly SqliteTown town = new();
    private string early = "";
    private string cut = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Log => RedoLog.Segments(cut)[0];

    private string Other => RedoLog.Segments(cut)[1];

    public async ValueTask InitializeAsync()
    {
        await RecordAsync(1, InTables);
        await town.SettleAsync();
        early = town.CutPower();
        await using var held = await town.HoldTablesAsync();
        await RecordAsync(InTables + 1, All);
        cut = town.CutPower();
    }

    public ValueTask DisposeAsync() => town.DisposeAsync();

    [Fact]
    public async Task Whole_AllIsThereAndNothingIsNoticed()
    {
        var report = SqliteAudit.Verify(cut, null, Stop);
        (report.Whole, report.Records, report.Notices.Count).ShouldBe((true, All, 0));
        await OpensAsync();
    }

    // Found by the random test: a bit of the schema's own text, and a column reads as nothing.
    [Theory]
    [InlineData("journal", "seq          INTEGER PRIMARY KEY")]
    [InlineData("commits", "no        INTEGER PRIMARY KEY")]
    public void ASchemaWhoseTextIsDamaged_IsToldAndNoFault(string table, string column)
    {
        using (var file = new SqliteConnection($"Data Source={early};Pooling=False"))
        {
            file.Open();
            using var edit = file.CreateCommand();
            edit.CommandText =
                $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '{column}', "
                + $"'{column.Replace("PRIMARY", "QRIMARY", StringComparison.Ordinal)}') WHERE name = '{table}'";
            edit.ExecuteNonQuery().ShouldBe(1);
        }

        SqliteAudit.Verify(early, null, Stop).Whole.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)] // The mark, "TRL".
    [InlineData(3)] // The form.
    [InlineData(4)] // The length.
    [InlineData(7)] // The length's highest byte.
    [InlineData(20)] // The number.
    [InlineData(50)] // The root before.
    [InlineData(80)] // The root.
    [InlineData(108)] // The check of the images.
    [InlineData(123)] // The check of the head.
    [InlineData(200)] // The images.
    public void ACommitOfTheLogAlone_AnyPartOfItChanged_IsTold(int at)
    {
        foreach (var no in new[] { InTables + 1, All - 5, All })
        {
            var place = Frame(no).At + at;
            Change(Log, place, b => (byte)(b ^ 1));
            IsTold(no, no - 1);
            Change(Log, place, b => (byte)(b ^ 1));
        }
    }

    [Fact]
    public void Page_NeverReachedTheDisk_IsToldWithTheCommitsThatItHeld()
    {
        var page = Frame(All - 8).At / 4096 * 4096;
        var (first, last) = (Of().Frames.First(frame => frame.End > page).No, Of().Frames.Last(frame => frame.At < page + 4096).No);
        for (var at = page; at < page + 4096; at++)
        {
            Change(Log, at, _ => 0);
        }

        IsTold(first, first - 1).ShouldContain($"Commits {first} to {last} are missing from the redo log");
    }

    [Fact]
    public async Task ACommitThatTheTablesHave_Changed_HidesNothingAndIsSaidOnce()
    {
        foreach (var no in new[] { 1, 2, InTables })
        {
            Change(Log, Frame(no).At + 50, b => (byte)(b ^ 4));
        }

        var report = SqliteAudit.Verify(cut, null, Stop);
        (report.Whole, report.Records).ShouldBe((true, All));
        report.Notices.ShouldContain(notice => notice.En.Contains("is damaged from byte 4096"));
        await OpensAsync();
        SqliteAudit.Verify(cut, null, Stop).Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Segments_Exchanged_AllIsThere()
    {
        var (one, two) = (await File.ReadAllBytesAsync(Log, Stop), await File.ReadAllBytesAsync(Other, Stop));
        await File.WriteAllBytesAsync(Log, two, Stop);
        await File.WriteAllBytesAsync(Other, one, Stop);
        SqliteAudit.Verify(cut, null, Stop).Records.ShouldBe(All);
        await OpensAsync();
    }

    [Fact]
    public async Task Segments_OneInBothPlaces_AllIsThere()
    {
        File.Copy(Log, Other, overwrite: true);
        SqliteAudit.Verify(cut, null, Stop).Records.ShouldBe(All);
        await OpensAsync();
    }

    [Fact]
    public void Segment_CutAtTheEndOfACommit_IsTold()
    {
        var end = Frame(All - 4).End;
        using (var file = File.OpenWrite(Log))
        {
            file.SetLength(end);
        }

        IsTold(All - 3, All - 4).ShouldContain($"has the mark that commit {All} was safe");
    }

    [Fact]
    public void Segment_Gone_IsTold()
    {
        File.Delete(Log);
        IsTold(InTables + 1, InTables);
    }

    [Fact]
    public async Task Segment_GoneWithNothingThatIsNeeded_IsNoticed()
    {
        File.Delete(Other);
        SqliteAudit.Verify(cut, null, Stop).Notices.ShouldHaveSingleItem().En.ShouldContain("is gone; the tables have what was in it");
        await OpensAsync();
    }

    [Fact]
    public void Log_Gone_IsTold()
    {
        File.Delete(Log);
        File.Delete(Other);
        IsTold(InTables + 1, InTables).ShouldContain("was not stopped in order");
    }

    [Fact]
    public void Log_BothEmpty_IsTold()
    {
        File.WriteAllBytes(Log, []);
        File.WriteAllBytes(Other, []);
        IsTold(InTables + 1, InTables).ShouldContain("was not stopped in order");
    }

    [Fact]
    public void Segment_AnEarlierCopy_IsTold()
    {
        File.Copy(RedoLog.Segments(early)[0], Log, overwrite: true);
        IsTold(InTables + 1, InTables);
    }

    [Fact]
    public async Task Log_AnEarlierCopyThanTheTables_IsTold()
    {
        var later = await SettledAsync();
        foreach (var (from, to) in RedoLog.Segments(early).Zip(RedoLog.Segments(later)))
        {
            File.Copy(from, to, overwrite: true);
        }

        cut = later;
        IsTold(All + 1, All).ShouldContain("the log is an older copy");
    }

    [Fact]
    public async Task Tables_AnEarlierCopyThanTheLog_AllIsThere()
    {
        foreach (var (from, to) in RedoLog.Segments(cut).Zip(RedoLog.Segments(early)))
        {
            File.Copy(from, to, overwrite: true);
        }

        cut = early;
        SqliteAudit.Verify(cut, null, Stop).Records.ShouldBe(All);
        await OpensAsync();
    }

    [Fact]
    public async Task Tables_OfBeforeTheLogBegan_IsTold()
    {
        await town.ReopenAsync();
        await using var held = await town.HoldTablesAsync();
        await RecordAsync(All + 1, All + 5);
        foreach (var (from, to) in RedoLog.Segments(town.CutPower()).Zip(RedoLog.Segments(early)))
        {
            File.Copy(from, to, overwrite: true);
        }

        cut = early;
        IsTold(InTables + 1, InTables).ShouldContain($"Commits {InTables + 1} to {All} are missing");
    }

    [Fact]
    public async Task Log_OfAnotherCourseOfTheTown_IsTold()
    {
        await using var other = new SqliteTown();
        await other.Journal.RecordAsync("case/other", All + 10);
        await other.SettleAsync();
        File.Copy(RedoLog.Segments(other.CutPower())[0], Other, overwrite: true);
        var report = SqliteAudit.Verify(cut, null, Stop);
        report.Fault.ShouldNotBeNull().Why.En.ShouldContain($"isn't that of {cut}: their commits {InTables} differ");
        Should.Throw<RecordDamagedException>(Open);
    }

    [Fact]
    public async Task Log_OfTheVersionBefore_IsReadAndItsLastWriteMayBeCutShort()
    {
        // Frames from the first byte on, no page before them; the tables know of no log.
        await File.WriteAllBytesAsync(Log, (await File.ReadAllBytesAsync(Log, Stop))[4096..], Stop);
        await File.WriteAllBytesAsync(Other, [], Stop);
        Execute("DROP TABLE redo_log");
        SqliteAudit.Verify(cut, null, Stop).Records.ShouldBe(All);
        Change(Log, Frame(All).At + 60, b => (byte)(b ^ 1));
        SqliteAudit.Verify(cut, null, Stop).Records.ShouldBe(All - 1);
        Change(Log, Frame(All - 3).At + 60, b => (byte)(b ^ 1));
        SqliteAudit.Verify(cut, null, Stop).Fault.ShouldNotBeNull().Commit.ShouldBe(All - 3);
        Change(Log, Frame(All - 4).End + 60, b => (byte)(b ^ 1));
        Execute("CREATE TABLE redo_log (id INTEGER PRIMARY KEY CHECK (id = 1), began INTEGER NOT NULL)");
        await OpensAsync(All - 1);
    }

    [Fact]
    public void Log_OfANewerVersion_IsToldAsSuch()
    {
        var bytes = File.ReadAllBytes(Log);
        var at = (int)Frame(1).At;
        bytes[at + 3] = 9;
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 116), System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(at, 116)));
        File.WriteAllBytes(Log, bytes);
        Should.Throw<InvalidDataException>(() => SqliteAudit.Verify(cut, null, Stop)).Message.ShouldContain("written by a newer version");
    }

    [Fact]
    public async Task Restart_LastWriteCutShortOverAnEarlierCourse_IsNoDamage()
    {
        // The other segment is begun again with a commit that doesn't reach the disk whole.
        var torn = await File.ReadAllBytesAsync(Log, Stop);
        await File.WriteAllBytesAsync(Other, torn, Stop);
        using (var file = File.OpenHandle(Other, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.Write(file, new byte[3000], SegmentHead.Length);
        }

        var report = SqliteAudit.Verify(cut, null, Stop);
        (report.Whole, report.Records).ShouldBe((true, All));
        await OpensAsync();
    }

    private async Task RecordAsync(int from, int until)
    {
        for (var n = from; n <= until; n++)
        {
            await town.Journal.AppendAsync(
                Sample.Append($"case/YD{n}", JournalHead.None, n, Sample.Row($"YD{n}", n, Sample.Work($"YD{n}", 1)))
            );
        }
    }

    private async Task<string> SettledAsync()
    {
        await town.SettleAsync();
        return town.CutPower();
    }

    private RedoReading Of() => RedoReading.Of(cut, 0);

    private FoundFrame Frame(long no) => Of().Frames.First(frame => frame.No == no);

    private static void Change(string file, long at, Func<byte, byte> change)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> one = stackalloc byte[1];
        RandomAccess.Read(handle, one, at);
        one[0] = change(one[0]);
        RandomAccess.Write(handle, one, at);
    }

    private void Execute(string sql)
    {
        using var connection = JournalFile.Open(cut, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqliteWorld Open() => new(Address.Live, cut, new Courier(), TimeProvider.System, NullLogger.Instance);

    private async Task OpensAsync(int records = All)
    {
        await using (Open()) { }

        var report = SqliteAudit.Verify(cut, null, Stop);
        (report.Whole, report.Records).ShouldBe((true, records));
    }

    private string IsTold(long commit, long records)
    {
        var report = SqliteAudit.Verify(cut, null, Stop);
        var fault = report.Fault.ShouldNotBeNull();
        (fault.Commit, report.Records).ShouldBe((commit, records));
        var refused = Should.Throw<RecordDamagedException>(Open);
        refused.Words.En.ShouldContain(fault.Why.En);
        refused.Words.Zh.ShouldContain(fault.Why.Zh);
        refused.Words.En.ShouldContain($"audit salvage --file {cut}");
        return fault.Why.En;
    }
}
