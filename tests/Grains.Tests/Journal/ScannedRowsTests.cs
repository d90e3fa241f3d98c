using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>An audit reads all of the tables that follow the record: what somebody has changed, put in or taken out beside the record's back is told, on both stores.</summary>
public sealed class ScannedRowsTests(PrivatePostgres server)
{
    /// <summary>What anybody may do who can write the database; each is told.</summary>
    private static readonly string[] OnBoth =
    [
        "UPDATE standing SET since = '2020-01-01T00:00:00.0000000Z' WHERE work IS NOT NULL",
        "UPDATE standing SET since = NULL WHERE work IS NOT NULL",
        "UPDATE standing SET opened_at = '2020-01-01T00:00:00.0000000Z' WHERE number = 'YD00000001'",
        "INSERT INTO cases SELECT world, 'YD88888888', town, procedure, kind, subject, party_id, opened_at, '00000000-0000-0000-0000-000000000008' FROM cases WHERE number = 'YD00000001'",
        "INSERT INTO cases SELECT 'other', number, town, procedure, kind, subject, party_id, opened_at, opened_by FROM cases WHERE number = 'YD00000001'",
        "DELETE FROM standing WHERE number = 'YD00000001'",
        "DELETE FROM cases WHERE number = 'YD00000001'",
        "UPDATE standing SET work = '{\"planted\":1,' || substr(work, 2) WHERE number = 'YD00000001'",
        "UPDATE standing SET work = substr(work, 1, length(work) - 1) || ',\"due\":\"2029-06-09\"}' WHERE number = 'YD00000001'",
        "UPDATE outbox SET stream = 'case/YD77777777'",
        "UPDATE outbox SET version = version + 7",
        "UPDATE outbox SET world = 'other'",
        "DROP INDEX cases_of_party",
        "DROP INDEX cases_of_party; CREATE INDEX cases_of_party ON cases (world, party_id)",
    ];

    private static readonly string[] OnSqlite =
    [
        "CREATE TRIGGER planted AFTER INSERT ON cases BEGIN DELETE FROM standing WHERE number = new.number; END",
        "CREATE VIEW planted AS SELECT * FROM cases",
        "DROP INDEX journal_fence",
        "CREATE TABLE planted (n INTEGER)",
        "INSERT INTO outbox SELECT id + 1000, world, stream, version, ordinal, target_type, target_key, at, effect FROM outbox",
    ];

    private static readonly string[] OnPostgres =
    [
        "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER planted BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION planted()",
        "CREATE RULE planted AS ON DELETE TO outbox DO INSTEAD NOTHING",
        "CREATE POLICY planted ON journal USING (false)",
        "ALTER TABLE journal DROP CONSTRAINT journal_pkey CASCADE",
        "CREATE OR REPLACE FUNCTION adopt_effects(p_writer bigint, p_tx bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT 0::bigint $$",
        "UPDATE standing SET version = 1000000 WHERE number = 'YD00000001'",
        "INSERT INTO outbox SELECT writer, id + 1000, world, stream, version, ordinal, target_type, target_key, at, effect FROM outbox",
    ];

    [Fact]
    public async Task Scan_OnSqlite_TellsEachChange()
    {
        foreach (var change in OnBoth.Concat(OnSqlite).Prepend("SELECT 1"))
        {
            await using var town = new LiveTown();
            await FillAsync(town.Storage);
            await town.SettleAsync();
            await town.TamperAsync(change);
            await TellsAsync(new SqliteScan(town.File), change);
            await town.ReopenAsync();
        }
    }

    [Fact]
    public async Task Scan_OnPostgres_TellsEachChange()
    {
        foreach (var change in OnBoth.Concat(OnPostgres).Prepend("SELECT 1"))
        {
            await using var town = new PostgresTown(await server.NewDatabaseAsync());
            await FillAsync(town.Storage);
            await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken);
            await town.ExecuteAsync(change);
            await TellsAsync(town.World, change);
        }
    }

    private static async Task FillAsync(WorldStorage storage)
    {
        var head = await storage.Journal.AppendAsync(Sample.Append("case/YD00000001", JournalHead.None, 1, Sample.Row("YD00000001", 1, Sample.Work("YD00000001", 1)), false, Sample.Effect("case/YD00000001", 1, 0)));
        await storage.Journal.AppendAsync(Sample.Append("case/YD00000001", head, 2, Sample.Row("YD00000001", 1, Sample.Work("YD00000001", 2))));
        await storage.Journal.AppendAsync(Sample.Append("case/YD00000002", JournalHead.None, 3, Sample.Row("YD00000002", 3)));
    }

    private static async Task TellsAsync(IJournalScan scan, string change)
    {
        var told = new List<ScannedUnreadable>();
        await foreach (var part in scan.ScanAsync(TestContext.Current.CancellationToken))
        {
            if (part is ScannedUnreadable it)
            {
                told.Add(it);
            }
        }

        (told.Count > 0).ShouldBe(change != "SELECT 1", $"{change}: {string.Join('\n', told)}");
        told.ShouldAllBe(it => !it.OfRecord);
    }
}
