using System.Diagnostics;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>
/// What the disk alone takes to make 16 KB safe, the size of a small commit. A commit is such a sync and little else, so where the disk
/// slows down by itself (after
/// gigabytes were written, or beside other tenants of the machine) steps do too, and a ratio of steps alone would blame the system for it.
/// </summary>
internal static class DiskSync
{
    private const int Times = 400,
        Size = 16 * 1024;

    /// <summary>A disk within a quarter of what it did before has recovered.</summary>
    private const double Recovered = 1.25;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5),
        Patience = TimeSpan.FromMinutes(3);

    /// <returns>Milliseconds of a write with its sync, the median of 400, in the folder where stores are.</returns>
    public static double Measure()
    {
        var took = new double[Times];
        var bytes = new byte[Size];
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        for (var n = 0; n < Times; n++)
        {
            var begun = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, bytes, (long)n * Size);
            RandomAccess.FlushToDisk(file);
            took[n] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        Array.Sort(took);
        return took[Times / 2];
    }

    /// <summary>Waits until the disk is about as quick as it was, for three minutes at most.</summary>
    /// <returns>What it takes then.</returns>
    public static async Task<double> RestAsync(double before, Action<double> waits, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var now = Measure();
        while (now > before * Recovered && Stopwatch.GetElapsedTime(begun) < Patience)
        {
            waits(now);
            await Task.Delay(Pause, cancellation);
            now = Measure();
        }

        return now;
    }
}
