namespace TownReform.Grains.Recording;

/// <summary>What is true of every simulated world, on whatever silo.</summary>
public static class SimulatedWorlds
{
    /// <summary>
    /// How long a grain of a simulated world may stand idle in real time: longer than any run. A live silo puts idle grains away after a
    /// quarter
    /// of an hour, and an office that woke again would dispatch in another order; a dropped world's grains leave at once all the same.
    /// </summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);
}
