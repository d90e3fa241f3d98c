using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Journal;

public sealed class OutboxTests
{
    [Fact]
    public async Task Drain_ReceiverThrowsAtFirst_DeliversAgainWithGrowingPauses()
    {
        await using var town = new SqliteTown();
        town.Courier.ThrowNext(3);
        await town.Journal.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0)));
        var delivered = await town.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken);
        delivered.ShouldBe([Sample.Effect("case/1", 1, 0)]);
        town.Courier.Attempts.ShouldBe(4);
        town.Time.Pauses.ShouldBe([TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)]);
        (await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task Drain_AfterReopen_DeliversWhatWasLeft()
    {
        await using var town = new SqliteTown();
        await town.Journal.AppendAsync(
            Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0), Sample.Effect("case/1", 1, 1))
        );
        await town.ReopenAsync();
        (await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
        (await town.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(2);
        await town.ReopenAsync();
        (await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task Drain_ManyTargets_KeepsCommitOrderPerTarget()
    {
        await using var town = new SqliteTown();
        town.World.StartDelivering();
        var head = JournalHead.None;
        for (var n = 1; n <= 600; n++)
        {
            head = await town.Journal.AppendAsync(
                Sample.Append(
                    "case/1",
                    head,
                    n,
                    null,
                    false,
                    Sample.Effect("case/1", n, 0, $"live/{n % 7}"),
                    Sample.Effect("case/1", n, 1, "live/all")
                )
            );
            if (n == 200)
            {
                town.Courier.ThrowNext(20);
            }
        }

        await town.Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken);
        town.Courier.Taken.Count.ShouldBe(1200);
        foreach (var target in town.Courier.Taken.GroupBy(effect => effect.TargetKey))
        {
            target.Select(effect => effect.Id.Version).ShouldBeInOrder(SortDirection.Ascending);
        }
    }
}
