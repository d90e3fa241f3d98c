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
