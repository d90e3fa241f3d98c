using System.Diagnostics.CodeAnalysis;

namespace TownReform.Silo.Api.Streams;

/// <summary>The latest state of what is watched, ready to be sent.</summary>
/// <param name="Id">By which a client says what it has (<c>Last-Event-ID</c>).</param>
/// <param name="Data">JSON in one line.</param>
/// <param name="IsLast">Nothing follows it.</param>
internal sealed record FeedState(string Id, byte[] Data, bool IsLast = false);

/// <summary>
/// One poller for all who watch the same thing on this silo. Whoever watches gets the latest state: one who is slow misses those between,
/// and holds up nobody.
/// </summary>
/// <param name="next">Answers when the state is another than the one given, or after a while with the same; null: it is gone.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; there is nothing to dispose of.")]
internal sealed class Feed(Func<FeedState?, CancellationToken, Task<FeedState?>> next, TimeProvider time)
{
    /// <summary>After a fault, such as a silo that leaves; and between answers that came at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ended = new();
    private TaskCompletionSource changed = New();

    public FeedState? Latest { get; private set; }

    /// <summary>The thing watched is gone, or nothing follows.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Who watches; kept by <see cref="Feeds"/>.</summary>
    public int Watchers { get; set; }

    /// <summary>Completes at the next change.</summary>
    public Task Changed => Volatile.Read(ref changed).Task;

    public void Begin() => _ = Task.Run(PollAsync);

    public void End() => ended.Cancel();

    private async Task PollAsync()
    {
        while (!IsOver && !ended.IsCancellationRequested)
        {
            try
            {
                Take(await next(Latest, ended.Token));
            }
            catch (Exception)
            {
                // Those who watch keep what they have, until it can be asked again.
                await Task.Delay(Pause, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(FeedState? state)
    {
        IsOver = state is null || state.IsLast;
        if (!IsOver && state!.Id == Latest?.Id)
        {
            return;
        }

        Latest = state ?? Latest;
        Interlocked.Exchange(ref changed, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What is watched on this silo, each by one poller that ends with its last watcher.</summary>
internal sealed class Feeds(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Feed> feeds = new(StringComparer.Ordinal);

    /// <summary>How many watch the same thing on this silo, by its one poller.</summary>
    public int WatchersOf(string key)
    {
        lock (gate)
        {
            return feeds.GetValueOrDefault(key)?.Watchers ?? 0;
        }
    }

    /// <param name="key">What is watched; the same for all who may see the same.</param>
    public Feed Join(string key, Func<FeedState?, CancellationToken, Task<FeedState?>> next)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(key, out var feed) || feed.IsOver)
            {
                feeds[key] = feed = new Feed(next, time);
                feed.Begin();
            }

            feed.Watchers++;
            return feed;
        }
    }

    public void Leave(string key, Feed feed)
    {
        lock (gate)
        {
            if (--feed.Watchers == 0)
            {
                feed.End();
                if (feeds.GetValueOrDefault(key) == feed)
                {
                    feeds.Remove(key);
                }
            }
        }
    }
}
