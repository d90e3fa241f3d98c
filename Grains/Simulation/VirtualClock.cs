namespace TownReform.Grains.Simulation;

/// <summary>The virtual time of one replication: what happens next, in order of time and then of scheduling.</summary>
internal sealed class VirtualClock(TimeZoneInfo zone)
{
    private readonly PriorityQueue<Func<Task>, (long Ticks, long Order)> ahead = new();
    private long order;
    private DateTimeOffset at;

    /// <summary>Local time in the towns.</summary>
    public DateTime Now { get; private set; }

    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>The moment now. Several ask at each event, and a zone's rules take their time.</summary>
    public DateTimeOffset At => at.DateTime == Now ? at : at = AtLocal(Now);

    /// <summary>The moment of a local time.</summary>
    public DateTimeOffset AtLocal(DateTime local) => new(local, zone.GetUtcOffset(local));

    public void Schedule(DateTime when, Func<Task> what) => ahead.Enqueue(what, ((when > Now ? when : Now).Ticks, order++));

    /// <summary>Goes to the next event up to and including <paramref name="end"/>; null when there is none.</summary>
    public Func<Task>? Next(DateTime end)
    {
        if (!ahead.TryPeek(out _, out var priority) || priority.Ticks > end.Ticks)
        {
            return null;
        }

        var what = ahead.Dequeue();
        Now = new DateTime(priority.Ticks);
        return what;
    }
}
