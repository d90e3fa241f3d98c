using System.Collections.Concurrent;
using System.Collections.Immutable;
using HdrHistogram;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Load;

/// <summary>What became of the load; written by many at once.</summary>
internal sealed class LoadTally
{
    /// <summary>Microseconds in a latency that is still told apart: an hour.</summary>
    private const long Longest = 3_600_000_000;

    private readonly LongConcurrentHistogram latency = new(1, Longest, 3);
    private readonly ConcurrentDictionary<int, long> perSecond = new();
    private readonly ConcurrentDictionary<int, long> refused = new();
    private long answered,
        retried,
        busy,
        failed,
        held,
        arrived,
        ended;

    /// <summary>Commands that were answered, for the audit: what a client was told has to be on record.</summary>
    public ConcurrentQueue<AcknowledgedCommand> Acknowledged { get; } = new();

    public long Answered => Interlocked.Read(ref answered);

    public long Ended => Interlocked.Read(ref ended);

    public long Arrived => Interlocked.Read(ref arrived);

    public long Busy => Interlocked.Read(ref busy) + Interlocked.Read(ref held);

    public long Failed => Interlocked.Read(ref failed);

    /// <summary>A command was answered, yes or no.</summary>
    /// <param name="since">From its intended start.</param>
    /// <param name="second">Second of the run.</param>
    /// <param name="command">What has to be on record; null for a refusal that leaves no trace.</param>
    public void Answer(TimeSpan since, int second, AcknowledgedCommand? command, RefusalCode? no)
    {
        // Nothing is answered before it was asked: a negative time is a mistake here, and never a short latency.
        ArgumentOutOfRangeException.ThrowIfLessThan(since, TimeSpan.Zero);
        Interlocked.Increment(ref answered);
        latency.RecordValue(Math.Clamp((long)Math.Ceiling(since.TotalMicroseconds), 1, Longest));
        perSecond.AddOrUpdate(second, 1, static (_, n) => n + 1);
        if (command is not null)
        {
            Acknowledged.Enqueue(command);
        }

        if (no is { } code)
        {
            refused.AddOrUpdate((int)code, 1, static (_, n) => n + 1);
        }
    }

    public void Arrive() => Interlocked.Increment(ref arrived);

    public void End() => Interlocked.Increment(ref ended);

    /// <summary>The town said that it is busy.</summary>
    public void SayBusy() => Interlocked.Increment(ref busy);

    /// <summary>A case that arrived while the town had asked for a pause, and was turned away here.</summary>
    public void Hold() => Interlocked.Increment(ref held);

    public void Retry() => Interlocked.Increment(ref retried);

    public void Fail() => Interlocked.Increment(ref failed);

    public double P99 => latency.TotalCount == 0 ? double.PositiveInfinity : At(99);

    /// <summary>Share of commands that were answered within a time; 1 without any.</summary>
    public double Within(TimeSpan limit) =>
        latency.TotalCount == 0
            ? 1
            : latency.RecordedValues().Where(v => v.ValueIteratedTo <= limit.TotalMicroseconds).Sum(v => v.CountAddedInThisIterationStep)
                / (double)latency.TotalCount;

    public LoadFigures Figures(TimeSpan took)
    {
        var last = perSecond.IsEmpty ? -1 : perSecond.Keys.Max();
        return new LoadFigures(
            Seconds: took.TotalSeconds,
            Arrived: Arrived,
            Ended: Ended,
            Answered: Answered,
            CommandsPerSecond: Answered / took.TotalSeconds,
            Busy: Interlocked.Read(ref busy),
            Held: Interlocked.Read(ref held),
            Retried: Interlocked.Read(ref retried),
            Failed: Failed,
            Refused: [.. refused.OrderBy(r => r.Key).Select(r => new RefusedCount(r.Key, r.Value))],
            Latency: [.. Marks.Select(mark => new LatencyMark(mark, latency.TotalCount == 0 ? null : At(mark)))],
            PerSecond: [.. Enumerable.Range(0, last + 1).Select(second => perSecond.GetValueOrDefault(second))]
        );
    }

    private static readonly double[] Marks = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100];

    private double At(double percentile) => latency.GetValueAtPercentile(percentile) / 1000.0;
}

/// <summary>Figures of a load. Milliseconds are from the intended start of a command to its answer.</summary>
/// <param name="Arrived">Cases that were meant to begin.</param>
/// <param name="Ended">Cases that came to their end.</param>
/// <param name="Answered">Commands that were answered, refusals among them.</param>
/// <param name="Busy">Answers that the town is busy; those commands were sent again.</param>
/// <param name="Held">Cases turned away here while the town had asked for a pause.</param>
/// <param name="Retried">Commands sent again after a fault.</param>
/// <param name="Failed">Commands and case numbers without an answer, however often they were asked for, and cases that nobody had in
/// hand.</param>
/// <param name="PerSecond">Answers by second.</param>
internal sealed record LoadFigures(
    double Seconds,
    long Arrived,
    long Ended,
    long Answered,
    double CommandsPerSecond,
    long Busy,
    long Held,
    long Retried,
    long Failed,
    ImmutableArray<RefusedCount> Refused,
    ImmutableArray<LatencyMark> Latency,
    ImmutableArray<long> PerSecond
)
{
    /// <summary>Null when nothing was measured.</summary>
    public double? At(double percentile) => Latency.First(mark => mark.Percentile == percentile).Milliseconds;
}

internal sealed record RefusedCount(int Code, long Count);

internal sealed record LatencyMark(double Percentile, double? Milliseconds);
