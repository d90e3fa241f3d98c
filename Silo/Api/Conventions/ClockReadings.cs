namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// What a clock elsewhere showed when it was asked, and from that what it shows now. A call that took long says little of when it was
/// answered, so the reading with the shortest way counts among the latest few: two processes that speak for the same town then stamp the
/// acts on a case in the order in which they come, to about a millisecond.
/// </summary>
internal sealed class ClockReadings
{
    /// <summary>Readings that are kept: by then the two machines' counts of time are a millisecond or two apart at most.</summary>
    public const int Kept = 4;

    private readonly Queue<ClockReading> latest = new();
    private ClockReading? best;

    /// <summary>What the clock shows at a moment of this machine's count; null before it was ever asked.</summary>
    public DateTimeOffset? At(TimeSpan moment) => Volatile.Read(ref best)?.At(moment);

    /// <summary>Takes another reading. One that can't be of the same clock as before, since somebody set it, ends those before.</summary>
    public void Add(ClockReading reading)
    {
        if (best is { } known && (reading.Shown - known.At(reading.Moment)).Duration() > (reading.Trip + known.Trip) / 2 + Step)
        {
            latest.Clear();
        }

        latest.Enqueue(reading);
        if (latest.Count > Kept)
        {
            latest.Dequeue();
        }

        Volatile.Write(ref best, latest.MinBy(one => one.Trip));
    }

    /// <summary>Less than this is no step, but two machines' counts.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
}

/// <param name="Shown">What the clock showed.</param>
/// <param name="Moment">When, by this machine's count: half-way between question and answer.</param>
/// <param name="Trip">How long the question was under way, there and back.</param>
internal sealed record ClockReading(DateTimeOffset Shown, TimeSpan Moment, TimeSpan Trip)
{
    public DateTimeOffset At(TimeSpan moment) => Shown + (moment - Moment);
}
