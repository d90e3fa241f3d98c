using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TownReform.Grains.Simulation.Results;

/// <summary>
/// Cycle times as counts per hundredth of a day, so that memory is bounded by the length of the run and not by its cases.
/// A time is rounded half up to a hundredth of a day (14 min 24 s); rounding keeps order, so percentiles are those of the exact times,
/// rounded.
/// </summary>
public sealed class CycleTimes
{
    private const long TicksPerHundredth = TimeSpan.TicksPerDay / 100;
    private readonly Dictionary<int, int> counts = [];

    public long Total { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">The time is negative: a case can't end before it was opened.</exception>
    public void Add(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Add(Hundredths(time), 1);
    }

    public void Add(CycleHistogram other)
    {
        for (var i = 0; i < other.Hundredths.Length; i++)
        {
            Add(other.Hundredths[i], other.Counts[i]);
        }
    }

    public CycleHistogram Close()
    {
        var hundredths = counts.Keys.Order().ToImmutableArray();
        return new CycleHistogram(hundredths, [.. hundredths.Select(h => counts[h])]);
    }

    /// <summary>
    /// Nearest-rank percentile in days: the smallest recorded time that at least <paramref name="percent"/> of 100 of the times don't
    /// exceed,
    /// which is the one at rank ⌈percent / 100 × n⌉ in rising order. Null without any time.
    /// </summary>
    public double? Percentile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (Total == 0)
        {
            return null;
        }

        var rank = ((Total * percent) + 99) / 100;
        var passed = 0L;
        foreach (var hundredth in counts.Keys.Order())
        {
            passed += counts[hundredth];
            if (passed >= rank)
            {
                return hundredth / 100.0;
            }
        }

        throw new System.Diagnostics.UnreachableException("The counts add up to the total.");
    }

    /// <summary>Days with two decimals, rounded half up.</summary>
    public static double Days(TimeSpan time) => Hundredths(time) / 100.0;

    private static int Hundredths(TimeSpan time) => (int)((time.Ticks + (TicksPerHundredth / 2)) / TicksPerHundredth);

    private void Add(int hundredths, int count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(counts, hundredths, out _) += count;
        Total += count;
    }
}

/// <summary>Cycle times at rest: how many cases took so many hundredths of a day, rising.</summary>
[GenerateSerializer, Immutable, Alias("cycle-histogram")]
public sealed record CycleHistogram(ImmutableArray<int> Hundredths, ImmutableArray<int> Counts)
{
    public static CycleHistogram None { get; } = new([], []);
}
