using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Grains.Tests.Interleavings;
using TownReform.Grains.Tests.Journal;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>An effect that nobody takes, over Orleans and a durable record: it goes aside, holds up nobody, and is delivered once when its
/// receiver takes it after all.</summary>
public sealed class EffectsGrainTests : IAsyncLifetime
{
    private const int Attempts = 3;

    private readonly LiveCrowdTown live = new(new DeadLetterRule(Attempts, TimeSpan.Zero));
    private TestTown town = null!;
    private int commands;

    private IEffectsGrain Effects => town.Grains.GetGrain<IEffectsGrain>(Address.Live);

    private IDeadLetters Letters => town.Storage.DeadLetters.ShouldNotBeNull();

    public async ValueTask InitializeAsync() => town = await live.FoundAsync();

    public ValueTask DisposeAsync() => live.DisposeAsync();

    [Fact]
    public async Task PutAside_OthersOfTheTown_GoOnBeingDelivered()
    {
        await Receiver("full").RefuseAsync(refuses: true);
        var head = await SendAsync("case/X1", JournalHead.None, "full", "well");
        await town.DrainAsync();

        // The one that was refused waits no more; the one beside it and those that come later are taken.
        (await Receiver("well").TakenAsync()).ShouldBe([new EffectId("case/X1", 1, 1)]);
        await SendAsync("case/X1", head, "well");
        await town.DrainAsync();
        (await Receiver("well").TakenAsync()).ShouldBe([new EffectId("case/X1", 1, 1), new EffectId("case/X1", 2, 0)]);
        (await Effects.ListAsync(0)).ShouldHaveSingleItem();

        // The same receiver takes what comes later.
        await Receiver("full").RefuseAsync(refuses: false);
        await SendAsync("case/X2", JournalHead.None, "full");
        await town.DrainAsync();
        (await Receiver("full").TakenAsync()).ShouldBe([new EffectId("case/X2", 1, 0)]);
    }

    [Fact]
    public async Task PutAside_IsListedAndCounted_WithWhatItWasAndWhy()
    {
        await PutAsideAsync("case/X1", "full");
        await PutAsideAsync("case/X2", "full");
        var listed = await Effects.ListAsync(0);
        listed.Length.ShouldBe(2);
        var first = listed[0];
        (first.Stream, first.Version, first.Ordinal, first.TargetType, first.TargetKey).ShouldBe(
            ("case/X1", 1, 0, "receiver-of-tests", "live/full")
        );
        first.Attempts.ShouldBe(Attempts);
        first.Effect.ShouldContain("YD00000001");
        first.Why.ShouldContain("It takes none.");
        first.LastAt.ShouldBeGreaterThanOrEqualTo(first.FirstAt);
        (await Letters.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
        (await town.Grains.GetGrain<IAuditGrain>(Address.Live).VerifyAsync()).DeadLetters.ShouldBe(2);

        // From a number on; none at the end.
        (await Effects.ListAsync(first.Id))
            .ShouldHaveSingleItem()
            .Stream.ShouldBe("case/X2");
        (await Effects.ListAsync(listed[1].Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Retry_TheCauseIsGone_IsDeliveredExactlyOnce()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        await Receiver("full").RefuseAsync(refuses: false);
        (await RetryAsync(letter.Id)).ShouldSucceed().Stream.ShouldBe("case/X1");
        (await Receiver("full").TakenAsync()).ShouldBe([new EffectId("case/X1", 1, 0)]);
        (await Effects.ListAsync(0)).ShouldBeEmpty();
        (await Letters.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);

        // Not again: neither by hand nor by itself.
        (await RetryAsync(letter.Id)).ShouldBeRefused(RefusalCode.NotSetAside);
        await town.DrainAsync();
        (await Receiver("full").TakenAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Retry_ByTwoAtOnce_IsDeliveredExactlyOnce()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        await Receiver("full").RefuseAsync(refuses: false);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RetryAsync(letter.Id)));
        answers.Count(answer => answer.Value is not null).ShouldBe(1);
        answers.Where(answer => answer.Refusal is not null).ShouldAllBe(answer => answer.Refusal!.Code == RefusalCode.NotSetAside);
        (await Receiver("full").TakenAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Retry_TheCauseStands_IsKeptAndNotDoubled()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        for (var n = 1; n <= 2; n++)
        {
            (await RetryAsync(letter.Id)).ShouldBeRefused(RefusalCode.EffectRefusedAgain).Because.En.ShouldContain("It takes none.");
            var kept = (await Effects.ListAsync(0)).ShouldHaveSingleItem();
            (kept.Id, kept.Attempts, kept.FirstAt).ShouldBe((letter.Id, letter.Attempts + n, letter.FirstAt));
        }

        // It is still there to be taken, once.
        await Receiver("full").RefuseAsync(refuses: false);
        (await RetryAsync(letter.Id)).ShouldSucceed();
        (await Receiver("full").TakenAsync()).ShouldHaveSingleItem();
        (await Effects.ListAsync(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Retry_WhatIsNotThere_IsRefused()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        foreach (var id in new[] { long.MinValue, -1, 0, letter.Id + 1, long.MaxValue })
        {
            (await RetryAsync(id)).ShouldBeRefused(RefusalCode.NotSetAside);
        }

        (await Effects.ListAsync(0)).ShouldHaveSingleItem().Attempts.ShouldBe(Attempts);
    }

    /// <summary>O: a leader, or a head of one of the town's organs; nobody else, and never unsaid.</summary>
    [Theory]
    [InlineData("YD-001", "party-government-office", null)]
    [InlineData("YD-041", "enforcement", null)]
    [InlineData("YD-043", "enforcement", RefusalCode.ActorWrongRole)]
    [InlineData("YD-041", "government-service", RefusalCode.OfficeNotHeld)]
    [InlineData("C1", "public", RefusalCode.ActorWrongRole)]
    [InlineData("YD-001", "public", RefusalCode.ActorWrongRole)]
    [InlineData("housing-1", "housing", RefusalCode.ActorWrongRole)]
    [InlineData("system", "system", RefusalCode.SystemFromOutside)]
    public async Task Retry_IsForWhoLeadsTheTownOrAnOrgan(string who, string office, RefusalCode? refused)
    {
        var letter = await PutAsideAsync("case/X1", "full");
        await Receiver("full").RefuseAsync(refuses: false);
        var answer = await Effects.RetryAsync(new(Now(new(who, office)), "yandian", letter.Id));
        (answer.Refusal?.Code).ShouldBe(refused);
        (await Receiver("full").TakenAsync()).Count.ShouldBe(refused is null ? 1 : 0);
        (await Effects.ListAsync(0)).Length.ShouldBe(refused is null ? 0 : 1);

        // Who asked is on the town's record, and so is who was refused; the system's own word from outside is nobody's.
        var last = (await town.Storage.Journal.ReadAsync("town/yandian", 0, TestContext.Current.CancellationToken))[^1];
        (last.ActorId == who && last.Kind == (refused is null ? "town.effect-sent-again" : "town.refused")).ShouldBe(
            refused != RefusalCode.SystemFromOutside
        );
    }

    [Fact]
    public async Task Retry_SentAgainUnderItsId_AnswersTheSameAndIsOnRecordOnce()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        await Receiver("full").RefuseAsync(refuses: false);
        var command = new RetryEffect(Now(Stamps.Leader), "yandian", letter.Id);
        var first = (await Effects.RetryAsync(command)).ShouldSucceed();
        (await Effects.RetryAsync(command)).ShouldSucceed().ShouldBe(first);
        (await Receiver("full").TakenAsync()).ShouldHaveSingleItem();
        (await Effects.RetryAsync(command with { Id = letter.Id + 1 })).ShouldBeRefused(RefusalCode.CommandIdReused);
        (await town.Storage.Journal.ReadAsync("town/yandian", 0, TestContext.Current.CancellationToken))
            .Count(r => r.Kind == "town.effect-sent-again")
            .ShouldBe(1);
    }

    [Fact]
    public async Task Retry_OfAnotherTown_IsThatTownsToAsk()
    {
        var letter = await PutAsideAsync("case/GY00000001", "full");
        letter.Towns.ShouldBe(["guyun"]);
        await Receiver("full").RefuseAsync(refuses: false);
        (await RetryAsync(letter.Id)).ShouldBeRefused(RefusalCode.ActorWrongRole).Of("wanted").ShouldBe("guyun");
        (await Receiver("full").TakenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Retry_BeforeTheTownsLastRecordOrOfATownThatIsNot_IsRefused()
    {
        var letter = await PutAsideAsync("case/X1", "full");
        (
            await Effects.RetryAsync(new(Now(Stamps.Leader) with { At = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero) }, "yandian", letter.Id))
        ).ShouldBeRefused(RefusalCode.MomentBeforeLastRecord);
        (await Effects.RetryAsync(new(Now(Stamps.Leader), "nowhere", letter.Id))).ShouldBeRefused(RefusalCode.TownUnknown);
        (await Effects.RetryAsync(new(Now(Stamps.Leader), "yan\u202edian", letter.Id))).ShouldBeRefused(RefusalCode.TextForbidden);
        (await Effects.RetryAsync(null!)).ShouldBeRefused(RefusalCode.TextMissing);
    }

    private static Stamp Now(Actor actor) => Stamps.Next(TimeProvider.System.GetUtcNow(), actor);

    private Task<Outcome<SentAgain>> RetryAsync(long id) => Effects.RetryAsync(new(Now(Stamps.Leader), "yandian", id));

    private IReceiverGrain Receiver(string name) => town.Grains.GetGrain<IReceiverGrain>($"live/{name}");

    private async Task<SetAside> PutAsideAsync(string stream, string receiver)
    {
        await Receiver(receiver).RefuseAsync(refuses: true);
        await SendAsync(stream, JournalHead.None, receiver);
        await town.DrainAsync();
        return (await Effects.ListAsync(0)).Single(letter => letter.Stream == stream);
    }

    // A record whose effects are for test receivers.
    private ValueTask<JournalHead> SendAsync(string stream, JournalHead previous, params string[] receivers) =>
        town.Storage.Journal.AppendAsync(
            Sample.Append(
                stream,
                previous,
                ++commands,
                null,
                false,
                [
                    .. receivers.Select(
                        (name, ordinal) => Sample.Effect(stream, previous.Version + 1, ordinal, $"live/{name}", "receiver-of-tests")
                    ),
                ]
            )
        );
}
