using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What is told of and what waits in the store is delivered, each once and in order, whatever fails meanwhile.</summary>
public sealed class EffectDispatchTests
{
    [Fact]
    public async Task Deliver_StoreCouldNotBeRead_SkipsNothingThatWaitsThere()
    {
        var (store, courier) = (new Store(), new Courier());
        await using var dispatch = new EffectDispatch(store, courier, new HurriedTime(), NullLogger.Instance);
        await dispatch.DrainAsync(TestContext.Current.CancellationToken);

        // A commit whose answer was lost has left two effects that nobody can name; the next commit names its own.
        store.Put(1, 2);
        store.FailNext();
        dispatch.Committed([]);
        await store.Failed.WaitAsync(TestContext.Current.CancellationToken);
        dispatch.Committed([store.Put(3)]);

        await dispatch.DrainAsync(TestContext.Current.CancellationToken);
        courier.Taken.Select(delivery => delivery.Id.Version).ShouldBe([1, 2, 3]);
        store.Left.ShouldBe(0);
    }

    [Fact]
    public async Task Deliver_ManyThatNobodyTakes_GoAsideAndHoldUpNobody()
    {
        var (store, letters) = (new Store(), new Letters());
        var courier = new Picky(key =>
            key.StartsWith("live/FX", StringComparison.Ordinal) ? new KeyNotFoundException("No such case.") : null
        );
        for (var id = 1; id <= 5000; id++)
        {
            store.Put(id, $"live/FX{id % 4500}");
        }

        store.Put(5001, "live/honest");
        var log = new Lines();
        await using var dispatch = new EffectDispatch(store, courier, new HurriedTime(), log, letters, new(8, TimeSpan.FromHours(1)));
        dispatch.Start();
        await courier.Took.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        courier.Taken.ShouldBe(["live/honest"]);
        await Eventually.HoldsAsync("two thousand effects are put aside", () => store.Left <= 3000);

        letters.Kept.Count.ShouldBeGreaterThan(1900);
        letters.Kept.ShouldAllBe(letter => letter.Attempts >= 1 && letter.Why.Contains("No such case", StringComparison.Ordinal));

        // A line for each of them, and its stack, made 46 MB in ten seconds.
        log.Written.ShouldNotBeEmpty();
        log.Written.Count.ShouldBeLessThan(300);
        log.Written.ShouldAllBe(line => !line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7, 60, false)]
    [InlineData(8, 29, false)]
    [InlineData(8, 30, true)]
    [InlineData(9, 31, true)]
    public void Rule_ByAttemptsAndTime_IsEnough(int refused, int seconds, bool enough) =>
        DeadLetterRule.Default.IsEnough(refused, TimeSpan.FromSeconds(seconds), crowded: false, again: false).ShouldBe(enough);

    [Fact]
    public async Task Deliver_WhatOneReceiverRefuses_GoesAsideAloneAndTheRestArrives()
    {
        var (store, letters) = (new Store(), new Letters());
        var courier = new Picky(key => null, version => version == 2 ? new InvalidOperationException("Not this one.") : null);
        store.Put(1, 2, 3);
        await using var dispatch = new EffectDispatch(
            store,
            courier,
            new HurriedTime(),
            NullLogger.Instance,
            letters,
            new(4, TimeSpan.Zero)
        );
        await dispatch.DrainAsync(TestContext.Current.CancellationToken);
        letters.Kept.ShouldHaveSingleItem().Delivery.Id.Version.ShouldBe(2);
        letters.Kept.Single().Attempts.ShouldBe(4);
        courier.Versions.ShouldBe([1, 3]);
        store.Left.ShouldBe(0);
    }

    [Fact]
    public async Task Deliver_TheWayIsClosed_NothingGoesAside()
    {
        var (store, letters) = (new Store(), new Letters());
        var failures = 0;
        var courier = new Picky(key => ++failures <= 30 ? new TimeoutException("No answer.") : null);
        store.Put(1);
        await using var dispatch = new EffectDispatch(
            store,
            courier,
            new HurriedTime(),
            NullLogger.Instance,
            letters,
            new(2, TimeSpan.Zero)
        );
        await dispatch.DrainAsync(TestContext.Current.CancellationToken);
        letters.Kept.ShouldBeEmpty();
        courier.Versions.ShouldBe([1]);
    }

    /// <summary>Takes what it isn't told to refuse.</summary>
    private sealed class Picky(Func<string, Exception?> byKey, Func<long, Exception?>? byVersion = null) : IEffectCourier
    {
        private readonly TaskCompletionSource took = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<Delivery> taken = new();

        public Task Took => took.Task;

        public IEnumerable<string> Taken => taken.Select(delivery => delivery.TargetKey);

        public IEnumerable<long> Versions => taken.Select(delivery => delivery.Id.Version);

        public Task DeliverAsync(System.Collections.Immutable.ImmutableArray<Delivery> deliveries)
        {
            foreach (var delivery in deliveries)
            {
                if ((byKey(delivery.TargetKey) ?? byVersion?.Invoke(delivery.Id.Version)) is { } fault)
                {
                    return Task.FromException(fault);
                }
            }

            foreach (var delivery in deliveries)
            {
                taken.Enqueue(delivery);
            }

            took.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>Dead letters in memory.</summary>
    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Written.Enqueue($"{formatter(state, exception)} {exception}");
    }

    private sealed class Letters : IDeadLetters
    {
        private readonly ConcurrentQueue<DeadLetter> kept = new();

        public System.Collections.Concurrent.ConcurrentQueue<DeadLetter> Kept => kept;

        public Task KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellation)
        {
            foreach (var letter in letters)
            {
                kept.Enqueue(letter);
            }

            return Task.CompletedTask;
        }

        public Task<bool> RefusedAgainAsync(DeadLetter letter, CancellationToken cancellation = default) => Task.FromResult(true);

        public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int most, CancellationToken cancellation = default) =>
            new([.. kept]);

        public ValueTask<long> CountAsync(CancellationToken cancellation = default) => new(kept.Count);

        public Task ForgetAsync(long id, CancellationToken cancellation = default) => Task.CompletedTask;
    }

    /// <summary>Effects in memory; the next read can be made to fail.</summary>
    private sealed class Store : IEffectStore
    {
        private readonly ConcurrentDictionary<long, WaitingEffect> waiting = new();
        private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool failing;

        public Task Failed => failed.Task;

        public int Left => waiting.Count;

        public void FailNext() => failing = true;

        public WaitingEffect Put(params long[] ids)
        {
            foreach (var id in ids)
            {
                waiting[id] = new WaitingEffect(id, Sample.Effect("case/1", id, 0));
            }

            return waiting[ids[^1]];
        }

        public void Put(long id, string key) =>
            waiting[id] = new WaitingEffect(id, Sample.Effect("case/1", id, 0) with { TargetKey = key });

        public ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation)
        {
            if (failing)
            {
                failing = false;
                failed.SetResult();
                return ValueTask.FromException<IReadOnlyList<WaitingEffect>>(new IOException("The store can't be asked just now."));
            }

            return ValueTask.FromResult<IReadOnlyList<WaitingEffect>>([
                .. waiting.Values.Where(effect => effect.Id > afterId).OrderBy(effect => effect.Id).Take(most),
            ]);
        }

        public Task ForgetAsync(IReadOnlyList<long> ids)
        {
            foreach (var id in ids)
            {
                waiting.TryRemove(id, out _);
            }

            return Task.CompletedTask;
        }
    }
}
