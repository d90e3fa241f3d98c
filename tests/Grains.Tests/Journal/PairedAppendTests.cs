using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Records of two streams in one commit, and appends that follow others which aren't safe yet.</summary>
public sealed class PairedAppendTests(PrivatePostgres server) : IAsyncLifetime
{
    private const string Seal = "seal/yandian";
    private const int Many = 60;

    private readonly KeptTowns towns = new(server);

    public static TheoryData<Kept> Worlds => FenceTests.Worlds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => towns.DisposeAsync();

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_WithAnotherStreamBeside_PutsBothOnRecord(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var (seal, permit) = (await storage.Journal.RecordAsync(Seal, 2), await storage.Journal.RecordAsync("case/1", 1, firstCommand: 10));
        var head = await storage.Journal.AppendAsync(
            Sample.Append("case/1", permit, 11, Sample.Row("1", 10)) with
            {
                Pair = new(Seal, seal, [Sample.Event(20), Sample.Event(21)]),
            }
        );

        head.Version.ShouldBe(2);
        var records = await storage.Journal.ReadAsync(Seal, 0, Stop);
        records.Versions().ShouldBe([1, 2, 3, 4]);
        records[2].PreviousHash.ToArray().ShouldBe(seal.Hash.ToArray());
        records[3].PreviousHash.ToArray().ShouldBe(records[2].Hash.ToArray());
        (await storage.Journal.ReadAsync("case/1", 0, Stop)).Versions().ShouldBe([1, 2]);
        (await WholeAsync(storage)).Records.ShouldBe(6);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_OneOfTwoPlacesIsTaken_LeavesNothingOfEither(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var (seal, permit) = (await storage.Journal.RecordAsync(Seal, 2), await storage.Journal.RecordAsync("case/1", 1, firstCommand: 10));
        var before = (await storage.Journal.ReadAsync(Seal, 0, 1, Stop))[0].Head();
        var conflict = await Should.ThrowAsync<JournalConflictException>(async () =>
            await storage.Journal.AppendAsync(
                Sample.Append("case/1", permit, 11, null, false, Sample.Effect("case/1", 2, 0)) with
                {
                    Pair = new(Seal, before, [Sample.Event(20)]),
                }
            )
        );
        conflict.Stream.ShouldBe("case/1");
        await Should.ThrowAsync<JournalConflictException>(async () =>
            await storage.Journal.AppendAsync(
                Sample.Append("case/1", JournalHead.None, 12) with
                {
                    Pair = new(Seal, seal, [Sample.Event(21)]),
                }
            )
        );

        (await storage.Journal.ReadAsync(Seal, 0, Stop)).Count.ShouldBe(2);
        (await storage.Journal.ReadAsync("case/1", 0, Stop)).Count.ShouldBe(1);
        (await storage.Outbox.CountAsync(Stop)).ShouldBe(0);

        // Both places are as free as before.
        await storage.Journal.AppendAsync(Sample.Append("case/1", permit, 13) with { Pair = new(Seal, seal, [Sample.Event(22)]) });
        (await WholeAsync(storage)).Records.ShouldBe(5);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_FollowsOthersThatArentSafeYet_IsCommittedAfterThem(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        await Task.WhenAll(Chain(storage, JournalHead.None, 1));
        (await storage.Journal.ReadAsync(Seal, 0, Stop)).Versions().ShouldBe(Enumerable.Range(1, Many).Select(version => (long)version));
        (await WholeAsync(storage)).Records.ShouldBe(2 * Many);
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Append_FollowsOneThatIsRefused_IsRefusedWithIt(Kept kept)
    {
        const int Lost = 25;
        var storage = await towns.OfAsync(kept);
        await storage.Journal.RecordAsync($"case/{Lost}", 1, firstCommand: 5000);
        var answers = Chain(storage, JournalHead.None, 1);
        await Task.WhenAll(answers).ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);

        answers[..(Lost - 1)].ShouldAllBe(answer => answer.IsCompletedSuccessfully);
        answers[(Lost - 1)..].ShouldAllBe(answer => answer.Exception!.InnerException is JournalConflictException);
        var stands = await storage.Journal.ReadAsync(Seal, 0, Stop);
        stands.Count.ShouldBe(Lost - 1);

        // Whoever reads again goes on from there.
        await Task.WhenAll(Chain(storage, stands[^1].Head(), 2));
        (await WholeAsync(storage)).Records.ShouldBe(1 + (2 * (Lost - 1)) + (2 * Many));
    }

    // Each opens a case of its own, and beside it the seal's next record follows that of the case before.
    private static Task<JournalHead>[] Chain(WorldStorage storage, JournalHead seal, int turn)
    {
        var answers = new List<Task<JournalHead>>();
        for (var n = 1; n <= Many; n++)
        {
            var beside = new PairedAppend(Seal, seal, [Sample.Event((turn * 10000) + n)]);
            answers.Add(
                storage
                    .Journal.AppendAsync(
                        Sample.Append(turn == 1 ? $"case/{n}" : $"case/{turn}-{n}", JournalHead.None, (turn * 10000) + 1000 + n) with
                        {
                            Pair = beside,
                        }
                    )
                    .AsTask()
            );
            seal = ChainLink.After(storage.World, Seal, seal, beside.Events)[^1].Head();
        }

        return [.. answers];
    }

    private static async Task<ChainReport> WholeAsync(WorldStorage storage)
    {
        var report = await ((IChainAudit)storage.Journal).VerifyAsync(Stop);
        report.Whole.ShouldBeTrue();
        return report;
    }
}
