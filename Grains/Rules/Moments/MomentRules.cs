namespace TownReform.Grains.Rules.Moments;

/// <summary>Which moment a command may be stamped with (mechanisms.md, O): near the silo's own clock, unless it is a late entry, and not
/// before what is on the stream.</summary>
public static class MomentRules
{
    /// <summary>
    /// Moments within one second count as the same: clients and silos round them, and what follows at once bears the same. It is the only
    /// tolerance between a
    /// command and the record before it; how far a client's clock may be off is the allowance.
    /// </summary>
    public const long SameTicks = TimeSpan.TicksPerSecond;

    /// <summary>Whether a moment lies before another one, as the record counts: a second earlier or more.</summary>
    public static bool IsBefore(DateTimeOffset moment, DateTimeOffset other) => moment.UtcTicks / SameTicks < other.UtcTicks / SameTicks;

    /// <param name="last">Moment of the stream's last record; null before the first.</param>
    /// <param name="received">When the silo received the command, by its own clock; null in a simulated world, where there is no other time
    /// than that of commands.</param>
    /// <param name="allowance">How far the command's moment may be off that clock, both ways; just as far is in time.</param>
    /// <returns>Null when the command may be taken.</returns>
    public static Refusal? Check(Stamp stamp, DateTimeOffset? last, DateTimeOffset? received, TimeSpan allowance) =>
        (stamp.Late is { } late ? MomentRefusals.Incomplete(late) : null)
        ?? (received is { } now && IsOff(stamp, now, allowance) ? MomentRefusals.OffTheClock(stamp, now, allowance) : null)
        ?? (last is { } before && IsBefore(stamp.At, before) ? MomentRefusals.BeforeTheLast(stamp, before) : null);

    // A late entry is of the past: nobody enters late what is still to come.
    private static bool IsOff(Stamp stamp, DateTimeOffset now, TimeSpan allowance) =>
        stamp.At - now > allowance || (stamp.Late is null && now - stamp.At > allowance);
}
