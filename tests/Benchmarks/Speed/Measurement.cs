using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Speed;

/// <summary>What one run of one contender gave.</summary>
/// <param name="StepsPerSecond">Steps acknowledged in the measured window, by its seconds.</param>
/// <param name="P50">Milliseconds from a step's call to its answer.</param>
/// <param name="Cpu">Processors that this process kept busy: the contender and the loop that drives it.</param>
/// <param name="ServerCpu">Processors that the database server kept busy.</param>
/// <param name="Acknowledged">Steps of the whole run.</param>
/// <param name="Stored">Steps found in the store afterwards; at least as many, or none of a floor that stores nothing.</param>
internal sealed record Measurement(
    double StepsPerSecond,
    double P50,
    double P99,
    double Cpu,
    double ServerCpu,
    long Acknowledged,
    long Stored
)
{
    /// <summary>The same contender right after it, at half of that rate by arrivals; null where that wasn't asked for, or has no
    /// meaning.</summary>
    public OpenMeasurement? Open { get; init; }
}

/// <summary>Median, lowest and highest of several runs.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? throw new ArgumentException("There is no value.", nameof(values))
            : new((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }
}
