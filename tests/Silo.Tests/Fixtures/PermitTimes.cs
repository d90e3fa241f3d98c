using System.Collections.Concurrent;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>How long permits take from when each was due, also those that are still waited for.</summary>
/// <param name="target">A permit that takes longer is slow.</param>
internal sealed class PermitTimes(TimeSpan target)
{
    private readonly ConcurrentQueue<Permit> permits = new();

    /// <summary>Somebody comes for one.</summary>
    /// <param name="due">When they were to come: what they had to wait counts, too.</param>
    public Permit Begin(TimeSpan due)
    {
        var permit = new Permit(due);
        permits.Enqueue(permit);
        return permit;
    }

    /// <summary>How many were granted since a moment.</summary>
    public int GrantedSince(TimeSpan moment) => permits.Count(permit => permit.Granted >= moment);

    /// <summary>Permits due since a moment, and those of them that are slow by now.</summary>
    public (int All, int Slow) Since(TimeSpan moment, TimeSpan now) => Between(moment, now, now);

    /// <summary>Whether 19 of 20 permits that were due in the last of such spans that can be judged by now were not slow. None due is no
    /// good sign.</summary>
    public bool AreOnTarget(TimeSpan span, TimeSpan now)
    {
        var (all, slow) = Between(now - target - span, now - target, now);
        return all > 0 && slow * 20 <= all;
    }

    private (int All, int Slow) Between(TimeSpan from, TimeSpan until, TimeSpan now)
    {
        var due = permits.Where(permit => permit.Due >= from && permit.Due < until).ToList();
        return (due.Count, due.Count(permit => (permit.Granted ?? now) - permit.Due > target));
    }

    /// <summary>One that was due.</summary>
    internal sealed class Permit(TimeSpan due)
    {
        private long granted = long.MinValue;

        public TimeSpan Due { get; } = due;

        /// <summary>When it was granted; null before.</summary>
        public TimeSpan? Granted => Volatile.Read(ref granted) is var ticks && ticks != long.MinValue ? new TimeSpan(ticks) : null;

        public void Grant(TimeSpan at) => Volatile.Write(ref granted, at.Ticks);
    }
}
