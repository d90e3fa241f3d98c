using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Cases are found by the labels that they bear at the moment, on every kind of world.</summary>
public sealed class CaseLabelTests(PrivatePostgres server) : IAsyncLifetime
{
    private static readonly CaseLabel North = new("grid", "G-12"),
        South = new("grid", "G-13"),
        Noise = new("kind", "noise");

    private readonly KeptTowns towns = new(server);

    public static TheoryData<Kept> Worlds => [Kept.Memory, Kept.Sqlite, Kept.Postgres];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => towns.DisposeAsync();

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListCases_ByLabels_GivesThoseThatBearAllOfThemNewestFirst(Kept kept)
    {
        var storage = await FilledAsync(kept);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North]))).ShouldBe(["YD5", "YD3", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North, Noise]))).ShouldBe(["YD5", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [Noise, North, Noise]))).ShouldBe(["YD5", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North, South]))).ShouldBeEmpty();
        (await NumbersAsync(storage, new CaseQuery(Labels: [new("grid", "noise")]))).ShouldBeEmpty();
        (await NumbersAsync(storage, new CaseQuery(Labels: [new("GRID", "G-12")]))).ShouldBeEmpty();
        (await NumbersAsync(storage, new CaseQuery(Labels: []))).ShouldBe(["YD5", "YD4", "YD3", "YD2", "YD1"]);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListCases_ByLabelAndMore_GoesPageByPage(Kept kept)
    {
        var storage = await FilledAsync(kept);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North], Take: 2))).ShouldBe(["YD5", "YD3"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North], Take: 2, BeforeNumber: "YD3"))).ShouldBe(["YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North], BeforeNumber: "YD4"))).ShouldBe(["YD3", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Party: "P2", Labels: [North]))).ShouldBe(["YD3"]);
        (await NumbersAsync(storage, new CaseQuery(Workplace: "yandian/government-service", Labels: [Noise]))).ShouldBe(["YD5", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(BeforeNumber: "unknown", Labels: [North]))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_LabelsChange_OnlyThePresentOnesCount(Kept kept)
    {
        var storage = await FilledAsync(kept);
        await ActAsync(storage, "YD1", [South]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North]))).ShouldBe(["YD5", "YD3"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [South]))).ShouldBe(["YD4", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [Noise]))).ShouldBe(["YD5"]);

        await ActAsync(storage, "YD1", []);
        await ActAsync(storage, "YD5", [], ends: true);
        (await NumbersAsync(storage, new CaseQuery(Labels: [South]))).ShouldBe(["YD4"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [Noise]))).ShouldBeEmpty();

        await ActAsync(storage, "YD1", [North]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [North]))).ShouldBe(["YD3", "YD1"]);
        (await storage.ReadModel.ListCasesAsync(new CaseQuery(Labels: [North], Take: 1), Stop)).Single().Labels.ShouldBe([North]);
        var scan = await ((IJournalScan)storage.Journal).ScanAsync(Stop).ToListAsync(Stop);
        scan.OfType<ScannedCase>().Single(it => it.Row.Number == "YD4").Row.Labels.ShouldBe([South]);
        scan.OfType<ScannedUnreadable>().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListCases_OddTexts_AreFoundAsTheyWereGiven(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        ImmutableArray<CaseLabel> odd =
        [
            new("网格", "烟店镇\"第十二\"网格"),
            new("a'b", "x\\y; DROP TABLE cases --"),
            new("empty", ""),
            new("number", "12"),
            new("null", "null"),
            new("emoji", "\U0001F600"),
        ];
        await OpenAsync(storage, "YD1", 1, odd);
        await OpenAsync(storage, "YD2", 2, [new("other", "")]);
        foreach (var label in odd)
        {
            (await NumbersAsync(storage, new CaseQuery(Labels: [label]))).ShouldBe(["YD1"], label.ToString());
        }

        (await storage.ReadModel.ListCasesAsync(new CaseQuery(Labels: [odd[0]]), Stop)).Single().Labels.ShouldBe(odd, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListCases_LongValue_IsComparedByWhatCounts(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var longest = new string('字', CaseLabel.Compared);
        await OpenAsync(storage, "YD1", 1, [new("v", longest[1..])]);
        await OpenAsync(storage, "YD2", 2, [new("v", longest)]);
        await OpenAsync(storage, "YD3", 3, [new("v", longest + "一")]);
        await OpenAsync(storage, "YD4", 4, [new("v", longest[1..] + "\U0001F600\U0001F600")]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [new("v", longest)]))).ShouldBe(["YD3", "YD2"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [new("v", longest + "二")]))).ShouldBe(["YD3", "YD2"]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [new("v", longest[1..])]))).ShouldBe(["YD4", "YD1"]);
    }

    /// <summary>What anybody may do who can write the database, what takes it back, and what is told: the rows, and what is wrong with
    /// them.</summary>
    private static readonly (string Change, string Back, string[] Told)[] Tampered =
    [
        (
            "DELETE FROM case_labels WHERE name = 'kind'",
            "INSERT INTO case_labels SELECT world, 'kind', 'noise', opened_at, number FROM cases WHERE number IN ('YD1', 'YD5')",
            ["case YD1 label kind=noise: Table standing has this", "case YD5 label kind=noise: Table standing has this"]
        ),
        (
            "INSERT INTO case_labels SELECT world, 'grid', 'G-13', opened_at, number FROM cases WHERE number = 'YD1'",
            "DELETE FROM case_labels WHERE number = 'YD1' AND value = 'G-13'",
            ["case YD1 label grid=G-13: Table case_labels has this"]
        ),
        (
            "INSERT INTO case_labels SELECT world, 'grid', 'G-12', opened_at, 'YD9' FROM cases WHERE number = 'YD1'",
            "DELETE FROM case_labels WHERE number = 'YD9'",
            ["case YD9 label grid=G-12: Table case_labels has this"]
        ),
        (
            "INSERT INTO case_labels SELECT 'other', 'grid', 'G-12', opened_at, number FROM cases WHERE number = 'YD1'",
            "DELETE FROM case_labels WHERE world = 'other'",
            ["case YD1: It is a row of another world"]
        ),
        (
            "UPDATE case_labels SET value = 'G-12' WHERE value = 'G-13'",
            "UPDATE case_labels SET value = 'G-13' WHERE number = 'YD4'",
            ["case YD4 label grid=G-12: Table case_labels has this", "case YD4 label grid=G-13: Table standing has this"]
        ),
        (
            "UPDATE case_labels SET opened_at = '2020-01-01T00:00:00.0000000Z' WHERE number = 'YD4'",
            "UPDATE case_labels SET opened_at = (SELECT opened_at FROM cases WHERE number = 'YD4') WHERE number = 'YD4'",
            ["case YD4 label grid=G-13: Table case_labels has this", "case YD4 label grid=G-13: Table standing has this"]
        ),
        (
            "UPDATE standing SET labels = '[{\"name\":\"grid\",\"value\":\"G-13\",\"planted\":1}]' WHERE number = 'YD4'",
            "UPDATE standing SET labels = '[{\"name\":\"grid\",\"value\":\"G-13\"}]' WHERE number = 'YD4'",
            ["case YD4: It can't be read"]
        ),
    ];

    [Theory, InlineData(Kept.Sqlite), InlineData(Kept.Postgres)]
    public async Task Scan_LabelsTamperedWith_TellsEach(Kept kept)
    {
        var storage = await FilledAsync(kept);
        await storage.Outbox.CountAsync(Stop);
        foreach (var (change, back, told) in Tampered)
        {
            (await FaultsAsync(storage)).ShouldBeEmpty($"before {change}");
            await towns.ExecuteAsync(kept, change);
            var faults = await FaultsAsync(storage);
            faults.Count.ShouldBe(told.Length, $"{change}: {string.Join('\n', faults)}");
            foreach (var one in told)
            {
                faults.ShouldContain(
                    line => line.Contains(one, StringComparison.OrdinalIgnoreCase),
                    $"{change}: {string.Join('\n', faults)}"
                );
            }

            await towns.ExecuteAsync(kept, back);
        }

        // With the triggers off, anything can stand in the column.
        await towns.ExecuteAsync(
            kept,
            kept == Kept.Sqlite ? "DROP TRIGGER labels_of_case" : "ALTER TABLE standing DISABLE TRIGGER labels_of_case"
        );
        foreach (var odd in kept == Kept.Sqlite ? new[] { "[{", "{}", "7", "[7]" } : ["{}", "7", "[7]"])
        {
            await towns.ExecuteAsync(kept, $"UPDATE standing SET labels = '{odd}' WHERE number = 'YD4'");
            var faults = await FaultsAsync(storage);
            faults.ShouldContain(line => line.Contains("case YD4: It can't be read", StringComparison.Ordinal), odd);
            faults.ShouldContain(line => line.Contains("case YD4 label grid=G-13", StringComparison.Ordinal), odd);
            faults.ShouldContain(line => line.Contains("trigger labels_of_case", StringComparison.Ordinal), odd);
        }
    }

    // A row of somebody else's making must not keep the tables from following.
    [Theory, InlineData(Kept.Sqlite), InlineData(Kept.Postgres)]
    public async Task Append_LabelRowStandsThereAlready_TablesFollow(Kept kept)
    {
        var storage = await FilledAsync(kept);
        await storage.Outbox.CountAsync(Stop);
        await towns.ExecuteAsync(
            kept,
            "INSERT INTO case_labels SELECT world, 'grid', 'G-13', opened_at, number FROM cases WHERE number = 'YD2'"
        );
        await ActAsync(storage, "YD2", [South]);
        (await NumbersAsync(storage, new CaseQuery(Labels: [South]))).ShouldBe(["YD4", "YD2"]);
    }

    private static async Task<List<string>> FaultsAsync(WorldStorage storage)
    {
        var faults = new List<string>();
        await foreach (var part in ((IJournalScan)storage.Journal).ScanAsync(Stop))
        {
            if (part is ScannedUnreadable { Fault: var it })
            {
                faults.Add($"{it.Stream}: {it.Why.En}");
            }
        }

        return faults;
    }

    // On PostgreSQL the table of labels isn't backed up: the restored cases fill it.
    [Fact]
    public async Task Restore_OnPostgres_FindsCasesByTheirLabels()
    {
        var storage = await FilledAsync(Kept.Postgres);
        await ActAsync(storage, "YD1", [South]);
        await storage.Outbox.CountAsync(Stop);
        var backup = Directory.CreateTempSubdirectory("backup");
        try
        {
            await PostgresBackup.MakeAsync(towns.Connection, backup.FullName, BesideRecord.Nothing, Sample.Opening, _ => { }, Stop);
            var restored = await server.NewDatabaseAsync();
            await PostgresBackup.RestoreAsync(backup.FullName, restored, BesideRecord.Nothing, _ => { }, Stop);
            await using var town = new PostgresTown(restored, 2);
            (await NumbersAsync(town.Storage, new CaseQuery(Labels: [South]))).ShouldBe(["YD4", "YD1"]);
            (await NumbersAsync(town.Storage, new CaseQuery(Labels: [North]))).ShouldBe(["YD5", "YD3"]);
            (await FaultsAsync(town.Storage)).ShouldBeEmpty();
        }
        finally
        {
            backup.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task PowerCut_LabelsNotYetInTheTables_AreBroughtInAtTheNextStart()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        await ActAsync(town.Storage, "YD1", [South, Noise], await OpenAsync(town.Storage, "YD1", 1, [North]));
        await using var world = Open(town.CutPower());
        (await NumbersAsync(world.Storage, new CaseQuery(Labels: [South, Noise]))).ShouldBe(["YD1"]);
        (await NumbersAsync(world.Storage, new CaseQuery(Labels: [North]))).ShouldBeEmpty();
    }

    // The version before wrote the same bytes under form 1, since no case had labels.
    [Fact]
    public async Task Start_LogOfTheVersionBefore_Applies()
    {
        await using var town = new SqliteTown();
        await using var held = await town.HoldTablesAsync();
        await ActAsync(town.Storage, "YD1", [], await OpenAsync(town.Storage, "YD1", 1, []));
        var cut = town.CutPower();
        var log = RedoLog.Segments(cut)[0];
        var bytes = await File.ReadAllBytesAsync(log, Stop);
        for (var at = SegmentHead.Length; RedoFrame.Read(bytes.AsSpan(at)) is { } frame; at += frame.Whole)
        {
            var head = bytes.AsSpan(at, RedoFrame.Head);
            head[3].ShouldBe((byte)3);
            head[3] = 1;
            var check = XxHash3.HashToUInt64(head[..^8]);
            BinaryPrimitives.WriteUInt64LittleEndian(head[^8..], check);
        }

        await File.WriteAllBytesAsync(log, bytes, Stop);
        await using var world = Open(cut);
        var row = (await world.Storage.ReadModel.ListCasesAsync(new CaseQuery(), Stop)).ShouldHaveSingleItem();
        (row.Work!.Version, row.Labels.Length).ShouldBe((2, 0));
    }

    [Fact]
    public async Task ListCases_ByLabel_IsOneRangeOfItsIndex()
    {
        await using var town = new SqliteTown();
        await OpenAsync(town.Storage, "YD1", 1, [North, Noise]);
        await town.SettleAsync();
        foreach (var query in new[] { new CaseQuery(Labels: [North]), new(Town: "yandian", BeforeNumber: "YD1", Labels: [North, Noise]) })
        {
            var plan = Plan(town, new CaseQuestion(Address.Live, query, SqlDialect.Sqlite));
            plan.ShouldContain("SEARCH l USING PRIMARY KEY (world=? AND name=? AND value=?");
            plan.ShouldNotContain("SCAN");
            plan.ShouldNotContain("TEMP B-TREE");
        }
    }

    private static string Plan(SqliteTown town, CaseQuestion question)
    {
        using var connection = JournalFile.Open(town.File, SqliteOpenMode.ReadOnly);
        var plan = SqliteReads.Ask(connection, $"EXPLAIN QUERY PLAN {question.Text}", question.Values);
        return string.Join('\n', plan.ToList(row => row.GetString(3)));
    }

    private static SqliteWorld Open(string file) => new(Address.Live, file, new Courier(), TimeProvider.System, NullLogger.Instance);

    private async Task<WorldStorage> FilledAsync(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        await OpenAsync(storage, "YD1", 1, [North, Noise]);
        await OpenAsync(storage, "YD2", 2, []);
        await OpenAsync(storage, "YD3", 3, [North], "P2");
        await OpenAsync(storage, "YD4", 4, [South]);
        await OpenAsync(storage, "YD5", 5, [Noise, North, Noise]);
        return storage;
    }

    private static ValueTask<JournalHead> OpenAsync(
        WorldStorage storage,
        string number,
        int n,
        ImmutableArray<CaseLabel> labels,
        string party = "P1"
    ) =>
        storage.Journal.AppendAsync(
            Sample.Append(
                $"case/{number}",
                JournalHead.None,
                n,
                Sample.Row(number, n, Sample.Work(number, 1), party: party) with
                {
                    Labels = labels,
                }
            )
        );

    private static async Task ActAsync(WorldStorage storage, string number, ImmutableArray<CaseLabel> labels, bool ends = false)
    {
        var last = (await storage.Journal.ReadAsync($"case/{number}", 0, Stop))[^1];
        await ActAsync(storage, number, labels, new JournalHead(last.Version, last.Hash), ends);
    }

    private static async Task ActAsync(
        WorldStorage storage,
        string number,
        ImmutableArray<CaseLabel> labels,
        JournalHead head,
        bool ends = false
    )
    {
        var n = int.Parse(number[2..], System.Globalization.CultureInfo.InvariantCulture);
        var row = Sample.Row(
            number,
            n,
            ends ? null : Sample.Work(number, head.Version + 1),
            disposition: ends ? Disposition.Decided : Disposition.Open
        );
        var command = (int)((100 * n) + head.Version);
        await storage.Journal.AppendAsync(Sample.Append($"case/{number}", head, command, row with { Labels = labels }));
    }

    private static async Task<string[]> NumbersAsync(WorldStorage storage, CaseQuery query) =>
        [.. (await storage.ReadModel.ListCasesAsync(query, Stop)).Select(row => row.Number)];
}
