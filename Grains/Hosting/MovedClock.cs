namespace TownReform.Grains.Hosting;

/// <summary>The clock of a practice town whose days a simulation makes up: it stands still until it is moved, and never goes
/// back.</summary>
/// <param name="moment">What it shows at first.</param>
public sealed class MovedClock(DateTimeOffset moment, TimeProvider real) : PracticeClock(moment, real)
{
    private long ticks = moment.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves it on; an earlier moment changes nothing.</summary>
    public void MoveTo(DateTimeOffset to) => Volatile.Write(ref ticks, Math.Max(ticks, to.UtcTicks));
}
