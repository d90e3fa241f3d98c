using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What nobody takes is kept in the cluster's database: over a restart, for every silo, and apart from what others are
/// told.</summary>
public sealed class PostgresDeadLetterTests(PrivatePostgres server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutAside_ByOneSilo_IsListedByAllAndWaitsNoMore()
    {
        var connection = await server.NewDatabaseAsync();
        await using (var world = Open(connection, 1))
        {
            await world.AppendAsync(
                Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0), Sample.Effect("case/1", 1, 1))
            );
            world.StartDelivering();
            await Eventually.HoldsAsync(
                "the effect is put aside",
                async () => await world.Storage.DeadLetters!.CountAsync(Stop) == 2 && await world.Storage.Outbox.CountAsync(Stop) == 0
            );
        }

        await using var again = Open(connection, 1);
        await using var other = Open(connection, 2);
        other.StartDelivering();
        foreach (var world in new[] { again, other })
        {
            (await world.Storage.Outbox.CountAsync(Stop)).ShouldBe(0);
            var letters = await world.Storage.DeadLetters!.ListAsync(0, 10, Stop);
            letters.Select(letter => (letter.Delivery.Id.Stream, letter.Delivery.Id.Ordinal)).ShouldBe([("case/1", 0), ("case/1", 1)]);
            letters.ShouldAllBe(letter => letter.Attempts >= 1 && letter.Why.Contains("not well"));
            letters[0].Delivery.ShouldBe(Sample.Effect("case/1", 1, 0) with { Id = letters[0].Delivery.Id });
            (await world.Storage.DeadLetters.ListAsync(letters[0].Id, 1, Stop)).ShouldHaveSingleItem().Id.ShouldBe(letters[1].Id);
        }

        var first = (await other.Storage.DeadLetters!.ListAsync(0, 1, Stop))[0];
        await other.Storage.DeadLetters.KeepAsync([first with { Attempts = 99, Why = "again" }], Stop);
        (await again.Storage.DeadLetters!.ListAsync(0, 1, Stop))[0]
            .ShouldSatisfyAllConditions(it => it.Id.ShouldBe(first.Id), it => it.Attempts.ShouldBe(99), it => it.Why.ShouldBe("again"));
        await other.Storage.DeadLetters.ForgetAsync(first.Id, Stop);
        (await again.Storage.DeadLetters.CountAsync(Stop)).ShouldBe(1);
    }

    private static PostgresWorld Open(string connection, int port)
    {
        var courier = new Courier();
        courier.ThrowNext(int.MaxValue);
        return new(
            Address.Live,
            connection,
            new WriterName("127.0.0.1", port, 900 + port),
            courier,
            new HurriedTime(),
            NullLogger.Instance,
            rule: new DeadLetterRule(2, TimeSpan.Zero)
        );
    }
}
