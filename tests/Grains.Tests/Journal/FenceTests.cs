using TownReform.Grains.Journal;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What every kind of world promises about their record.</summary>
public sealed class FenceTests(PrivatePostgres server) : IAsyncLifetime
{
    private readonly KeptTowns towns = new(server);

    public static TheoryData<Kept> Worlds => [Kept.Memory, Kept.Sqlite, Kept.Postgres];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => towns.DisposeAsync();

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_NextVersion_IsReadBack(Kept kept)
    {
        var journal = (await towns.OfAsync(kept)).Journal;
        var head = await journal.RecordAsync("case/1", 3);
        var records = await journal.ReadAsync("case/1", 1, TestContext.Current.CancellationToken);
        records.Versions().ShouldBe([2, 3]);
        records[1].Hash.ToArray().ShouldBe(head.Hash.ToArray());
        records[1].PreviousHash.ToArray().ShouldBe(records[0].Hash.ToArray());
        records[0].At.ShouldBe(Sample.Opening.AddMinutes(2));
        records[0].CommandId.ShouldBe(Sample.Id(2));
        HashChain.Of(records[1], records[0].Hash.Span).ShouldBe(records[1].Hash.ToArray());
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Read_UpToAVersion_EndsWithIt(Kept kept)
    {
        var journal = (await towns.OfAsync(kept)).Journal;
        await journal.RecordAsync("case/1", 3);
        (await journal.ReadAsync("case/1", 1, 1, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await journal.ReadAsync("case/1", 1, 2, TestContext.Current.CancellationToken)).Versions().ShouldBe([2]);
        (await journal.ReadAsync("case/1", 0, 3, TestContext.Current.CancellationToken)).Versions().ShouldBe([1, 2, 3]);
        (await journal.ReadAsync("case/1", 0, 4, TestContext.Current.CancellationToken)).Versions().ShouldBe([1, 2, 3]);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_VersionTaken_Conflicts(Kept kept)
    {
        var journal = (await towns.OfAsync(kept)).Journal;
        var first = await journal.RecordAsync("case/1", 1);
        await journal.AppendAsync(Sample.Append("case/1", first, 2));
        var conflict = await Should.ThrowAsync<JournalConflictException>(async () =>
            await journal.AppendAsync(Sample.Append("case/1", first, 3))
        );
        conflict.Version.ShouldBe(2);
        (await journal.ReadAsync("case/1", 0, TestContext.Current.CancellationToken)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_HeadThatTheStreamNeverHad_Conflicts(Kept kept)
    {
        var journal = (await towns.OfAsync(kept)).Journal;
        var head = await journal.RecordAsync("case/1", 1);
        var ahead = new JournalHead(head.Version + 1, head.Hash);
        var other = new JournalHead(head.Version, new byte[HashChain.Length]);
        await Should.ThrowAsync<JournalConflictException>(async () => await journal.AppendAsync(Sample.Append("case/1", ahead, 2)));
        await Should.ThrowAsync<JournalConflictException>(async () => await journal.AppendAsync(Sample.Append("case/1", other, 2)));
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task ReadCommands_Part_IsThatOfTheRecords(Kept kept)
    {
        var journal = (await towns.OfAsync(kept)).Journal;
        await journal.RecordAsync("case/1", 5);
        await journal.RecordAsync("case/2", 2, firstCommand: 50);
        var read = await journal.ReadCommandsAsync("case/1", 1, 4, TestContext.Current.CancellationToken);
        read.ShouldBe([new(2, Sample.Id(2)), new(3, Sample.Id(3)), new(4, Sample.Id(4))]);
        (await journal.ReadCommandsAsync("case/3", 0, 9, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_CommandOpenedAnotherCase_ConflictsAndLeavesNothing(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        await storage.Journal.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, Sample.Row("1", openedBy: 1)));
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await storage.Journal.AppendAsync(
                Sample.Append("case/2", JournalHead.None, 1, Sample.Row("2", openedBy: 1), false, Sample.Effect("case/2", 1, 0))
            )
        );
        (await storage.Journal.ReadAsync("case/2", 0, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await storage.ReadModel.FindOpenedByAsync(Sample.Id(1), TestContext.Current.CancellationToken)).ShouldBe("1");
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_VersionTaken_LeavesRowsAndEffectsAlone(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        await storage.Journal.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, Sample.Row("1", 1, Sample.Work("1", 1))));
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await storage.Journal.AppendAsync(
                Sample.Append(
                    "case/1",
                    JournalHead.None,
                    2,
                    Sample.Row("1", 1, disposition: Disposition.Decided),
                    false,
                    Sample.Effect("case/1", 1, 0)
                )
            )
        );
        (await storage.ReadModel.ListCasesAsync(new CaseQuery(), TestContext.Current.CancellationToken))
            .Single()
            .Disposition.ShouldBe(Disposition.Open);
        (await storage.ReadModel.ListWorkAsync("yandian/government-service", TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        (await storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }
}
