namespace TownReform.Grains.Hosting;

/// <summary>The clock of a practice town (培训环境): it runs from a moment that was set, as fast as the real one. Timers and waiting times are
/// those of the real one.</summary>
/// <param name="moment">What it shows at first.</param>
public class PracticeClock(DateTimeOffset moment, TimeProvider real) : TimeProvider
{
    private readonly TimeSpan ahead = moment - real.GetUtcNow();

    /// <summary>That of the towns, in which it was set.</summary>
    public TimeSpan Offset => moment.Offset;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => (real.GetUtcNow() + ahead).ToUniversalTime();

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}
