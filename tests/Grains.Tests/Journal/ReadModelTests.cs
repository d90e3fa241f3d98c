using System.Text.Json;
using TownReform.Grains.Journal;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Every kind of world lists the same.</summary>
public sealed class ReadModelTests(PrivatePostgres server) : IAsyncLifetime
{
    private const string Bureau = "yandian/government-service";

    private readonly KeptTowns towns = new(server);

    public static TheoryData<Kept> Worlds => [Kept.Memory, Kept.Sqlite, Kept.Postgres];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => towns.DisposeAsync();

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListCases_ByEachFilter_GivesNewestFirst(Kept kept)
    {
        var storage = await FilledAsync(kept);
        (await NumbersAsync(storage, new CaseQuery())).ShouldBe(["GY2", "YD3", "YD2", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Town: "yandian"))).ShouldBe(["YD3", "YD2", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Town: "yandian", Take: 2))).ShouldBe(["YD3", "YD2"]);
        (await NumbersAsync(storage, new CaseQuery(Town: "yandian", BeforeNumber: "YD3"))).ShouldBe(["YD2", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Disposition: Disposition.Decided))).ShouldBe(["YD2"]);
        (await NumbersAsync(storage, new CaseQuery(Party: "P2"))).ShouldBe(["YD2"]);
        (await NumbersAsync(storage, new CaseQuery(Workplace: Bureau))).ShouldBe(["YD3", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(BeforeNumber: "unknown"))).ShouldBeEmpty();
        (await NumbersAsync(storage, new CaseQuery(Numbers: ["YD1", "GY2", "unknown"]))).ShouldBe(["GY2", "YD1"]);
        (await NumbersAsync(storage, new CaseQuery(Numbers: ["YD1", "GY2"], Town: "guyun"))).ShouldBe(["GY2"]);
        var many = Enumerable.Range(0, 51).Select(n => $"X{n}");
        (await NumbersAsync(storage, new CaseQuery(Numbers: [.. many, "YD2"]))).ShouldBe(["YD2"], "more than a page of them");
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task CountOpened_SinceAMoment_GivesMostFirst(Kept kept)
    {
        var storage = await FilledAsync(kept);
        var opened = (await storage.ReadModel.ListCasesAsync(new CaseQuery(), TestContext.Current.CancellationToken)).ToLookup(row =>
            row.Number
        );
        var second = opened["YD2"].Single();
        (await CountAsync(second.OpenedAt)).ShouldBe([new("yandian", second.Subject, 2), new("guyun", opened["GY2"].Single().Subject, 1)]);
        (await CountAsync(second.OpenedAt, take: 1)).ShouldBe([new("yandian", second.Subject, 2)]);
        (await CountAsync(opened["GY2"].Single().OpenedAt.AddTicks(1))).ShouldBeEmpty();

        async Task<IReadOnlyList<SubjectCount>> CountAsync(DateTimeOffset since, int take = 10) =>
            await storage.ReadModel.CountOpenedAsync(since, take, TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListWork_OpenWork_IsWholeAndOldestFirst(Kept kept)
    {
        var storage = await FilledAsync(kept);
        var work = await storage.ReadModel.ListWorkAsync(Bureau, TestContext.Current.CancellationToken);
        work.Select(item => JsonSerializer.Serialize(item with { Since = item.Since.ToUniversalTime() }))
            .ShouldBe(
                new[] { Sample.Work("YD3", 1, sinceMinute: 1), Sample.Work("YD1", 1, sinceMinute: 5) }.Select(item =>
                    JsonSerializer.Serialize(item with { Since = item.Since.ToUniversalTime() })
                )
            );
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_CaseEnds_LeavesNoWork(Kept kept)
    {
        var storage = await FilledAsync(kept);
        var head = (await storage.Journal.ReadAsync("case/YD1", 0, TestContext.Current.CancellationToken))[0];
        await storage.Journal.AppendAsync(
            Sample.Append("case/YD1", new JournalHead(1, head.Hash), 9, Sample.Row("YD1", 1, disposition: Disposition.Withdrawn))
        );
        (await storage.ReadModel.ListWorkAsync(Bureau, TestContext.Current.CancellationToken)).Single().Case.ShouldBe("YD3");
        (await storage.ReadModel.ListCasesAsync(new CaseQuery(Disposition: Disposition.Withdrawn), TestContext.Current.CancellationToken))
            .Single()
            .Work.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task CountCases_Filled_CountsByTownProcedureAndDisposition(Kept kept)
    {
        var storage = await FilledAsync(kept);
        (await storage.ReadModel.CountCasesAsync(TestContext.Current.CancellationToken)).ShouldBe([
            new CaseCount("guyun", "permit", Disposition.Open, 1),
            new CaseCount("yandian", "permit", Disposition.Open, 2),
            new CaseCount("yandian", "permit", Disposition.Decided, 1),
        ]);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task CountWork_Filled_CountsByTownWorkplaceColourAndDay(Kept kept)
    {
        var storage = await FilledAsync(kept);
        var due = new DateOnly(2019, 6, 9);
        (await storage.ReadModel.CountWorkAsync(null, TestContext.Current.CancellationToken)).ShouldBe([
            new WorkCount("guyun", "guyun/government-service", ClockColour.Green, due, 1),
            new WorkCount("yandian", Bureau, ClockColour.Green, due, 2),
        ]);
        await OpenAsync(storage, Sample.Row("YD5", 5, Sample.Work("YD5", 1) with { Due = null }));
        await OpenAsync(storage, Sample.Row("YD6", 6, Sample.Work("YD6", 1)) with { Colour = ClockColour.Overdue });
        (await storage.ReadModel.CountWorkAsync("yandian", TestContext.Current.CancellationToken)).ShouldBe([
            new WorkCount("yandian", Bureau, ClockColour.Green, due, 2),
            new WorkCount("yandian", Bureau, ClockColour.Green, null, 1),
            new WorkCount("yandian", Bureau, ClockColour.Overdue, due, 1),
        ]);
    }

    /// <summary>Each kind of refusal, from the moment on, latest first.</summary>
    [Theory, MemberData(nameof(Worlds))]
    public async Task ListRefused_EachKind_FromAMomentOn(Kept kept)
    {
        var storage = await FilledAsync(kept);
        foreach (var (n, kind) in RefusedRecord.Kinds.Index())
        {
            var happened = Sample.Event(100 + n) with { Kind = kind, Payload = System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""") };
            await storage.Journal.AppendAsync(new JournalAppend($"area/{n}", JournalHead.None, [happened], []));
        }

        var all = await storage.ReadModel.ListRefusedAsync(Sample.Opening, 100, TestContext.Current.CancellationToken);
        all.Select(record => record.Stream).ShouldBe(Enumerable.Range(0, RefusedRecord.Kinds.Count).Reverse().Select(n => $"area/{n}"));
        all[0].Payload.ShouldBe($$"""{"n":{{RefusedRecord.Kinds.Count - 1}}}""");
        var since = Sample.Opening.AddMinutes(100 + 3);
        (await storage.ReadModel.ListRefusedAsync(since, 100, TestContext.Current.CancellationToken)).Count.ShouldBe(
            RefusedRecord.Kinds.Count - 3
        );
        (await storage.ReadModel.ListRefusedAsync(since, 2, TestContext.Current.CancellationToken)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ListDecided_OfAnItem_WithinItsMoments(Kept kept)
    {
        var storage = await FilledAsync(kept);
        var ended = Sample.Opening.AddMinutes(2);
        async Task<int> CountAsync(string item, DateTimeOffset opened, DateTimeOffset since, DateTimeOffset before) =>
            (
                await storage.ReadModel.ListDecidedAsync(
                    new("yandian", item, opened, since, before, 10),
                    TestContext.Current.CancellationToken
                )
            ).Count;
        (
            await storage.ReadModel.ListDecidedAsync(
                new("yandian", "YD-014", ended, ended, ended.AddTicks(1), 10),
                TestContext.Current.CancellationToken
            )
        ).ShouldBe([new CaseSpan(ended, ended)]);
        (await CountAsync("YD-015", ended, ended, ended.AddTicks(1))).ShouldBe(0);
        (await CountAsync("YD-014", ended.AddTicks(1), ended, ended.AddTicks(1))).ShouldBe(0);
        (await CountAsync("YD-014", ended, ended.AddTicks(1), ended.AddTicks(2))).ShouldBe(0);
        (await CountAsync("YD-014", ended, ended, ended)).ShouldBe(0);
    }

    /// <summary>By days, town, office and case; latest day first.</summary>
    [Theory, MemberData(nameof(Worlds))]
    public async Task ListReads_ByDaysAndCase_LatestFirst(Kept kept)
    {
        var storage = await FilledAsync(kept);
        foreach (
            var (n, stream) in new[]
            {
                "reads/2019-06-03/yandian/housing",
                "reads/2019-06-04/yandian/government-service",
                "reads/2019-06-04/guyun/housing",
                "reads/2019-06-05/yandian/housing",
            }.Index()
        )
        {
            var payload = System.Text.Encoding.UTF8.GetBytes($$"""{"v":1,"reads":[{"case":"YD{{n % 2}}"}]}""");
            var happened = Sample.Event(200 + n) with { Kind = "reads.noted", Payload = payload };
            await storage.Journal.AppendAsync(new JournalAppend(stream, JournalHead.None, [happened], []));
        }

        async Task<string[]> FindAsync(string from, string before, string inStream, string? number, int take = 10) =>
            [
                .. (
                    await storage.ReadModel.ListReadsAsync(new(from, before, inStream, number, take), TestContext.Current.CancellationToken)
                ).Select(record => record.Stream[6..]),
            ];
        (await FindAsync("reads/2019-06-03/", "reads/2019-06-06/", "/yandian/", null)).ShouldBe([
            "2019-06-05/yandian/housing",
            "2019-06-04/yandian/government-service",
            "2019-06-03/yandian/housing",
        ]);
        (await FindAsync("reads/2019-06-03/", "reads/2019-06-05/", "/yandian/", "YD0")).ShouldBe(["2019-06-03/yandian/housing"]);
        (await FindAsync("reads/2019-06-04/", "reads/2019-06-06/", "/housing", "YD1")).ShouldBe(["2019-06-05/yandian/housing"]);
        (await FindAsync("reads/2019-06-03/", "reads/2019-06-06/", "/", null, take: 1)).Length.ShouldBe(1);
    }

    private static async Task OpenAsync(WorldStorage storage, CaseRow row) =>
        await storage.Journal.AppendAsync(Sample.Append($"case/{row.Number}", JournalHead.None, 50, row));

    private async Task<WorldStorage> FilledAsync(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        foreach (
            var row in new[]
            {
                Sample.Row("YD1", 1, Sample.Work("YD1", 1, sinceMinute: 5)),
                Sample.Row("YD2", 2, party: "P2", disposition: Disposition.Decided),
                Sample.Row("YD3", 3, Sample.Work("YD3", 1, sinceMinute: 1)),
                Sample.Row("GY2", 4, Sample.Work("GY2", 1), town: "guyun"),
            }
        )
        {
            await storage.Journal.AppendAsync(Sample.Append($"case/{row.Number}", JournalHead.None, 1, row));
        }

        return storage;
    }

    private static async Task<string[]> NumbersAsync(WorldStorage storage, CaseQuery query) =>
        [.. (await storage.ReadModel.ListCasesAsync(query, TestContext.Current.CancellationToken)).Select(row => row.Number)];
}
