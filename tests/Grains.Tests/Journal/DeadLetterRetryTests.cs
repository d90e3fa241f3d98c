using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>An effect that was put aside, delivered again by hand.</summary>
public sealed class DeadLetterRetryTests(PrivatePostgres server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Kept.Sqlite)]
    [InlineData(Kept.Postgres)]
    public async Task Retry_RefusedAgain_CountsOnlyWhatTheReceiverSaid(Kept kept)
    {
        await using var towns = new KeptTowns(server);
        var letters = (await towns.OfAsync(kept)).DeadLetters!;
        await letters.KeepAsync(
            [new DeadLetter(0, Sample.Effect("case/1", 1, 0), 8, Sample.Opening.ToUniversalTime(), Sample.Opening.ToUniversalTime(), "no")],
            Stop
        );
        var letter = (await letters.ListAsync(0, 1, Stop))[0];
        var id = letter.Id;
        (await Retry(letters, new InvalidOperationException("still not")).RunAsync(letter))!.Code.ShouldBe(RefusalCode.EffectRefusedAgain);
        (await letters.ListAsync(0, 1, Stop))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(it => it.Attempts.ShouldBe(9), it => it.Why.ShouldEndWith("still not"), it => it.Id.ShouldBe(id));

        // A silo that left says nothing of the letter.
        await Should.ThrowAsync<TimeoutException>(() => Retry(letters, new TimeoutException("the silo left")).RunAsync(letter));
        (await letters.ListAsync(0, 1, Stop))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(it => it.Attempts.ShouldBe(9), it => it.Why.ShouldEndWith("still not"));

        // Another has it delivered meanwhile: it doesn't come back.
        var raced = new DeadLetterRetry(
            letters,
            new Told(() => letters.ForgetAsync(id, Stop), new InvalidOperationException("twice")),
            TimeProvider.System
        );
        (await raced.RunAsync(letter))!.Code.ShouldBe(RefusalCode.NotSetAside);
        (await letters.CountAsync(Stop)).ShouldBe(0);
        (await Retry(letters, null).FindAsync(id)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Kept.Sqlite)]
    [InlineData(Kept.Postgres)]
    public async Task Retry_Taken_IsForgotten(Kept kept)
    {
        await using var towns = new KeptTowns(server);
        var letters = (await towns.OfAsync(kept)).DeadLetters!;
        await letters.KeepAsync(
            [new DeadLetter(0, Sample.Effect("case/1", 1, 0), 8, Sample.Opening.ToUniversalTime(), Sample.Opening.ToUniversalTime(), "no")],
            Stop
        );
        var letter = (await letters.ListAsync(0, 1, Stop))[0];
        (await Retry(letters, null).FindAsync(letter.Id))!.Id.ShouldBe(letter.Id);
        (await Retry(letters, null).RunAsync(letter)).ShouldBeNull();
        (await letters.CountAsync(Stop)).ShouldBe(0);
    }

    private static DeadLetterRetry Retry(IDeadLetters letters, Exception? fault) =>
        new(letters, new Told(() => Task.CompletedTask, fault), TimeProvider.System);

    private sealed class Told(Func<Task> first, Exception? fault) : IEffectCourier
    {
        public async Task DeliverAsync(ImmutableArray<Delivery> deliveries)
        {
            await first();
            if (fault is not null)
            {
                throw fault;
            }
        }
    }
}
