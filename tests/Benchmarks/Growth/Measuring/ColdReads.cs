using System.Diagnostics;
using TownReform.Benchmarks.Speed.Contenders;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>How long a case that nobody has touched since the start takes to answer.</summary>
/// <param name="P50">Milliseconds.</param>
internal sealed record ColdReads(int Cases, double P50, double P99)
{
    /// <summary>Reads one case after the other, each once.</summary>
    /// <param name="numbers">None of them is awake.</param>
    public static async Task<ColdReads> MeasureAsync(TownSilo silo, IReadOnlyList<string> numbers, CancellationToken cancellation)
    {
        var took = new double[numbers.Count];
        for (var n = 0; n < took.Length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            var begun = Stopwatch.GetTimestamp();
            await AwakeCases.ReadAsync(silo, numbers[n]);
            took[n] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        Array.Sort(took);
        return new(took.Length, took[took.Length / 2], took[(int)(took.Length * 0.99)]);
    }
}
