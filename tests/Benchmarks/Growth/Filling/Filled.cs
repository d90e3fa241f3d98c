namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>What was written into the store, and how fast.</summary>
/// <param name="Live">Numbers of the cases that are open.</param>
/// <param name="Records">Records of cases and offices.</param>
internal sealed record Filled(IReadOnlyList<string> Live, int Closed, long Records, TimeSpan Took)
{
    public double RecordsPerSecond => Records / Took.TotalSeconds;
}
