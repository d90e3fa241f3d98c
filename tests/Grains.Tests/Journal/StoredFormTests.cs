using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Snapshots;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What lies in the file, letter by letter: people read it with any SQLite tool, and later versions have to.</summary>
public sealed class StoredFormTests : IAsyncLifetime
{
    private readonly SqliteTown town = new();

    public async ValueTask InitializeAsync()
    {
        var row = Sample.Row("YD1", 1, Sample.Work("YD1", 1));
        await town.Journal.AppendAsync(Sample.Append("case/YD1", JournalHead.None, 1, row, false, Sample.Effect("case/YD1", 1, 0)));
        await town.SettleAsync();
    }

    public ValueTask DisposeAsync() => town.DisposeAsync();

    [Fact]
    public void Journal_Record_IsText() =>
        Read(
                "SELECT concat_ws('|', seq, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, "
                    + "command_id, typeof(payload), payload, typeof(hash), received_at, late, lower(hex(digest))) FROM journal"
            )
            .ShouldBe(
                """1|1|live|case/YD1|1|2019-06-03T01:01:00.0000000Z|case.act-taken|S001|government-service|00000001-0000-0000-0000-000000000001|text|{"schema":1,"act":"受理","n":1}|blob|2019-06-03T01:01:01.0000000Z|015b55ebde351008f4ac9c0d7d212ea6"""
            );

    [Fact]
    public void Cases_Row_IsText() =>
        Read("SELECT concat_ws('|', number, town, procedure, kind, subject, party_id, opened_at, opened_by) FROM cases")
            .ShouldBe("YD1|yandian|permit|grant|YD-014|P1|2019-06-03T01:01:00.0000000Z|00000001-0000-0000-0000-000000000001");

    [Fact]
    public void Standing_Row_IsTextWithWorkAsJson() =>
        Read(
                "SELECT concat_ws('|', number, step, disposition, workplace, colour, party_name, opened_at, changed_at, since, "
                    + "work) FROM standing"
            )
            .ShouldBe(
                """YD1|examine|1|yandian/government-service|1|张三|2019-06-03T01:01:00.0000000Z|2019-06-03T01:01:00.0000000Z|2019-06-03T01:00:00.0000000Z|{"case":"YD1","version":1,"step":"examine","item":"YD-014","role":"examiner","hands":1,"certificates":["law"],"notBy":["S009"],"green":true,"since":"2019-06-03T09:00:00+08:00","lookOn":"2019-06-05","due":"2019-06-09","officers":["S001","S002"]}"""
            );

    [Fact]
    public void Outbox_Effect_IsJsonByItsDurableName() =>
        Read("SELECT concat_ws('|', id, stream, version, ordinal, target_type, target_key, at, effect) FROM outbox")
            .ShouldBe(
                """1|case/YD1|1|0|seal|live/yandian|2019-06-03T01:00:00.0000000Z|{"effect":"number-certificate","case":"YD00000001","kind":"permit","item":"YD-014"}"""
            );

    [Fact]
    public void Snapshot_AsStored_IsALineOfJsonAndTheStateBehindIt()
    {
        var stored = new SnapshotBytes().Serialize(new SnapshotState { Kept = new Snapshot(2, 64, [0xAB, 0xCD], [0x78, 0x0A, 0x01]) });
        stored.ToArray().ShouldBe([.. """{"schema":2,"version":64,"hash":"abcd"}"""u8, (byte)'\n', 0x78, 0x0A, 0x01]);
        var kept = new SnapshotBytes().Deserialize<SnapshotState>(stored).Kept.ShouldNotBeNull();
        (kept.Schema, kept.Version).ShouldBe((2, 64));
        kept.Hash.ShouldBe([0xAB, 0xCD]);
        kept.State.ShouldBe([0x78, 0x0A, 0x01]);
    }

    [Fact]
    public void Snapshot_NoneOrOfTheFormBefore_IsNone()
    {
        var form = new SnapshotBytes();
        form.Deserialize<SnapshotState>(form.Serialize(new SnapshotState())).Kept.ShouldBeNull();
        form.Deserialize<SnapshotState>(new BinaryData("""{"schema":2,"version":64,"hash":"abcd","state":{"issued":7}}"""))
            .Kept.ShouldBeNull();
    }

    private string? Read(string sql)
    {
        using var connection = JournalFile.Open(town.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write these texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as string;
    }
}
