using System.Runtime.InteropServices;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Memory;

namespace TownReform.Grains.Tests.Journal;

public sealed class MemoryFoldTests : IDisposable
{
    private readonly Courier courier = new();
    private readonly MemoryWorld world;

    public MemoryFoldTests() => world = new MemoryWorld("r1", courier);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Fold_ClosedStream_LetsRecordsGoAndKeepsHead()
    {
        var head = await ClosedAsync();
        (await world.ReadAsync("case/1", 0, long.MaxValue, TestContext.Current.CancellationToken)).Count.ShouldBe(3);
        world.Fold();
        await Should.ThrowAsync<StreamFoldedException>(async () =>
            await world.ReadAsync("case/1", 0, long.MaxValue, TestContext.Current.CancellationToken)
        );
        (await world.ReadAsync("case/1", head.Version, long.MaxValue, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        var report = await world.VerifyAsync(TestContext.Current.CancellationToken);
        (report.Whole, report.Records, report.Streams).ShouldBe((true, 3, 1));
    }

    [Fact]
    public async Task Append_LateOnFoldedStream_FollowsItsHead()
    {
        var head = await ClosedAsync();
        world.Fold();
        (await world.AppendAsync(Sample.Append("case/1", head, 9))).Version.ShouldBe(4);
        await Should.ThrowAsync<JournalConflictException>(async () => await world.AppendAsync(Sample.Append("case/1", head, 10)));
        (await world.VerifyAsync(TestContext.Current.CancellationToken)).Records.ShouldBe(4);
    }

    [Fact]
    public async Task Fold_EffectWaits_FoldsOnlyAfterDelivery()
    {
        await ClosedAsync(Sample.Effect("case/1", 3, 0));
        world.Fold();
        (await world.ReadAsync("case/1", 0, long.MaxValue, TestContext.Current.CancellationToken)).Count.ShouldBe(3);
        (await world.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        world.Fold();
        await Should.ThrowAsync<StreamFoldedException>(async () =>
            await world.ReadAsync("case/1", 0, long.MaxValue, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Append_PayloadEditedBeforeFold_IsRemembered()
    {
        var edited = Sample.Append("case/1", JournalHead.None, 1);
        var head = await world.AppendAsync(edited);
        MemoryMarshal.AsMemory(edited.Events[0].Payload).Span[10] ^= 1;
        await world.AppendAsync(Sample.Append("case/1", head, 2, closes: true));
        world.Fold();
        var fault = (await world.VerifyAsync(TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull();
        (fault.Stream, fault.Version).ShouldBe(("case/1", 1));
    }

    [Fact]
    public async Task Drain_SeveralEffects_KeepsCommitOrder()
    {
        await world.AppendAsync(
            Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0), Sample.Effect("case/1", 1, 1))
        );
        await world.AppendAsync(Sample.Append("case/2", JournalHead.None, 2, null, false, Sample.Effect("case/2", 1, 0)));
        courier.ThrowNext(1);
        var delivered = await world.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken);
        delivered
            .Select(effect => effect.Id)
            .ShouldBe([new EffectId("case/1", 1, 0), new EffectId("case/1", 1, 1), new EffectId("case/2", 1, 0)]);
        courier.Attempts.ShouldBe(4);
        (await world.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drain_ReceiverKeepsThrowing_FailsAndKeepsTheEffect()
    {
        await world.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0)));
        courier.ThrowNext(3);
        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await world.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken)
        );
        (await world.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await world.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(1);
    }

    private async Task<JournalHead> ClosedAsync(params Delivery[] effects)
    {
        var head = await world.RecordAsync("case/1", 2);
        return await world.AppendAsync(Sample.Append("case/1", head, 3, null, closes: true, effects));
    }
}
