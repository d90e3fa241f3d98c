using System.Collections.Concurrent;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>How long permits took, and when they were slow.</summary>
internal sealed class PermitTimes(TimeSpan target)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<(TimeSpan At, TimeSpan Took)> permits = new();

    /// <param name="at">When it was granted.</param>
    public void Add(TimeSpan at, TimeSpan took) => permits.Enqueue((at, took));

    /// <summary>Permits that were granted since a moment, and those of them that took longer than the target.</summary>
    public (int All, int Slow) Since(TimeSpan moment)
    {
        var since = permits.Where(permit => permit.At >= moment).ToList();
        return (since.Count, since.Count(IsSlow));
    }

    /// <summary>The last slow permit of the last second in which the 99th percentile was above the target; null when it never
    /// was.</summary>
    public TimeSpan? LastMiss(TimeSpan since) =>
        permits
            .Where(permit => permit.At >= since)
            .GroupBy(permit => (permit.At - since).Ticks / Window.Ticks)
            .Where(second => second.Count(IsSlow) * 100 > second.Count())
            .MaxBy(second => second.Key)
            ?.Where(IsSlow)
            .Max(permit => permit.At);

    private bool IsSlow((TimeSpan At, TimeSpan Took) permit) => permit.Took > target;
}
