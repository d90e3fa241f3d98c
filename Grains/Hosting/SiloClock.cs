using TownReform.Grains.Rules;

namespace TownReform.Grains.Hosting;

/// <summary>The silo's own clock, and how far a command's moment may be off it.</summary>
/// <param name="law">Says how far; null where no seeds are: five minutes.</param>
public sealed class SiloClock(TimeProvider time, LawBook? law)
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    /// <summary>Of a practice town (培训环境).</summary>
    public bool IsPractice => time is PracticeClock;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The same moment; that of a practice town as its people read it.</summary>
    public DateTimeOffset Shown => time is PracticeClock practice ? Now.ToOffset(practice.Offset) : Now;

    /// <summary>Both ways; just as far is in time.</summary>
    public TimeSpan Allowance =>
        law?[LawNames.ClockAllowance, DateOnly.FromDateTime(Now.UtcDateTime)] is { } figure
            ? TimeSpan.FromSeconds((double)figure.Value)
            : Default;
}
