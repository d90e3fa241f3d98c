using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal.Outbox;

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

        public ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation)
        {
            if (failing)
            {
                failing = false;
                failed.SetResult();
                return ValueTask.FromException<IReadOnlyList<WaitingEffect>>(new IOException("The store can't be asked just now."));
            }

            return ValueTask.FromResult<IReadOnlyList<WaitingEffect>>([.. waiting.Values.Where(effect => effect.Id > afterId).OrderBy(effect => effect.Id).Take(most)]);
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
