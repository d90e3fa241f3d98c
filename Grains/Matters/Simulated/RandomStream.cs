using MathNet.Numerics.Distributions;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>
/// Random numbers by name: each draw is a hash of (seed, names, number of the draw), so that it depends on nothing else that was drawn.
/// Two scenarios with one seed see the same citizens (common random numbers). Mixing is SplitMix64 (Steele, Lea and Flood 2014);
/// distributions are inverted (MathNet), so that one uniform gives one value and stays comparable between scenarios.
/// </summary>
public readonly struct RandomStream(ulong key)
{
    /// <summary>The stream of a run and replication.</summary>
    public static RandomStream Of(long seed, int replication) => new(Mix(Mix(unchecked((ulong)seed)) ^ unchecked((uint)replication)));

    /// <summary>A stream of its own under a name.</summary>
    public RandomStream Named(string name)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in name)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return new RandomStream(Mix(key ^ hash));
        }
    }

    public RandomStream Numbered(long number) => new(Mix(unchecked(key + (ulong)number * 0x9E3779B97F4A7C15UL)));

    /// <summary>The n-th draw, evenly spread over the open interval from 0 to 1.</summary>
    public double Uniform(int n) => ((Mix(unchecked(key + ((ulong)(uint)n + 1) * 0xD1342543DE82EF95UL)) >> 11) + 0.5) * (1.0 / (1UL << 53));

    public bool Chance(int n, double probability) => Uniform(n) < probability;

    /// <summary>A whole number from 0 to <paramref name="below"/> − 1.</summary>
    public int Below(int n, int below) => (int)(Uniform(n) * below);

    /// <summary>Log-normal with that median and sigma, at most <paramref name="most"/>: the far tail of a wide spread is longer than any
    /// calendar.</summary>
    public double LogNormal(int n, LogNormalSpread spread, double most) => Math.Min(most, LogNormal(n, spread));

    /// <summary>Log-normal with that median and sigma.</summary>
    public double LogNormal(int n, LogNormalSpread spread) =>
        spread.Sigma <= 0
            ? spread.Median
            : MathNet.Numerics.Distributions.LogNormal.InvCDF(Math.Log(spread.Median), spread.Sigma, Uniform(n));

    /// <summary>A count with that mean (Poisson), by inversion.</summary>
    public int Count(int n, double mean)
    {
        if (mean > 500)
        {
            return (int)Math.Max(0, Math.Round(Normal.InvCDF(mean, Math.Sqrt(mean), Uniform(n))));
        }

        var (u, probability, count) = (Uniform(n), Math.Exp(-mean), 0);
        var sum = probability;
        while (u > sum && probability > 0)
        {
            count++;
            probability *= mean / count;
            sum += probability;
        }

        return count;
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
