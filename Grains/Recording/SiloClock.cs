namespace TownReform.Grains.Recording;

/// <summary>The silo's own clock, and how far a command's moment may be off it.</summary>
/// <param name="Allowance">Both ways; just as far is in time.</param>
public sealed record SiloClock(TimeProvider Time, TimeSpan Allowance)
{
    public DateTimeOffset Now => Time.GetUtcNow();
}
