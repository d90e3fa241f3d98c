using System.Collections.Concurrent;
using System.Diagnostics;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>What a contender's users see at a rate that they set themselves: cases come whether those before them have been served or
/// not.</summary>
/// <param name="StepsPerSecond">The rate: five steps for each case that comes.</param>
/// <param name="P50">Milliseconds from when a step was due to its answer: a case's first step when the case was to come, each other when
/// the one before it was answered.</param>
internal sealed record OpenMeasurement(double StepsPerSecond, double P50, double P99);

/// <summary>Drives one contender by arrivals at even distances. What the contender, or this loop, comes late with counts as
/// waiting.</summary>
internal sealed class OpenLoop(Entrant entrant, IContender contender, Ground ground)
{
    /// <summary>A contender that has as many seconds of arrivals before it isn't at half of what it can do.</summary>
    private const int MostSecondsBehind = 10;

    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(1),
        Patience = TimeSpan.FromSeconds(60);

    private static readonly Step[] Steps = Enum.GetValues<Step>();

    private readonly ConcurrentBag<(ILane Lane, List<double> Told)> idle = [];
    private readonly Failure failure = new();
    private long acknowledged;
    private int open;

    /// <summary>Has cases come for a window, after a second that isn't counted, and waits until they are through.</summary>
    /// <param name="stepsPerSecond">Steps that come due in a second.</param>
    /// <param name="before">Steps acknowledged on this ground before.</param>
    /// <exception cref="ContenderFailedException">A step failed, the contender can't keep up, or fewer steps are stored than were
    /// acknowledged.</exception>
    public async Task<OpenMeasurement> RunAsync(double stepsPerSecond, TimeSpan window, long before, CancellationToken cancellation)
    {
        await Task.Factory.StartNew(
            () => Arrive(stepsPerSecond / Steps.Length, window, cancellation),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        for (
            var waited = Stopwatch.GetTimestamp();
            Volatile.Read(ref open) > 0 && !failure.Happened.IsCompleted;
            await Task.Delay(1, CancellationToken.None)
        )
        {
            if (Stopwatch.GetElapsedTime(waited) > Patience)
            {
                failure.Set(
                    new TimeoutException(
                        $"{Patience.TotalSeconds:F0} 秒后仍有 {open:N0} 件未办完 / {open:N0} cases are not through after "
                            + $"{Patience.TotalSeconds:F0} s"
                    )
                );
            }
        }

        cancellation.ThrowIfCancellationRequested();
        failure.Check(entrant);
        await KeptCheck.CountAsync(entrant, contender, ground, before + acknowledged);
        var told = Latencies.Of(entrant, idle.SelectMany(lane => lane.Told));
        foreach (var (lane, _) in idle)
        {
            await lane.DisposeAsync();
        }

        return new(stepsPerSecond, told.P50, told.P99);
    }

    // On a thread of its own: a busy pool would have cases come when it has time for them.
    private void Arrive(double casesPerSecond, TimeSpan window, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var (all, counted) = ((int)((LeadIn + window).TotalSeconds * casesPerSecond), (int)(LeadIn.TotalSeconds * casesPerSecond));
        for (var n = 0; n < all && !cancellation.IsCancellationRequested && !failure.Happened.IsCompleted; n++)
        {
            var due = begun + (long)(n / casesPerSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1);
            }

            if (Interlocked.Increment(ref open) > MostSecondsBehind * casesPerSecond)
            {
                failure.Set(
                    new InvalidOperationException(
                        $"积压 {open:N0} 件，跟不上每秒 {casesPerSecond:F0} 件 / {open:N0} cases wait: it can't keep up with "
                            + $"{casesPerSecond:F0} a second"
                    )
                );
            }

            var isCounted = n >= counted;
            _ = Task.Run(() => CaseAsync(due, isCounted), CancellationToken.None);
        }
    }

    private async Task CaseAsync(long due, bool isCounted)
    {
        try
        {
            var (lane, told) = idle.TryTake(out var free) ? free : (await contender.NewLaneAsync(), []);
            foreach (var step in Steps)
            {
                await lane.BeforeAsync(step);
                await lane.StepAsync(step);
                Interlocked.Increment(ref acknowledged);
                var now = Stopwatch.GetTimestamp();
                if (isCounted)
                {
                    told.Add(Stopwatch.GetElapsedTime(due, now).TotalMilliseconds);
                }

                due = now;
            }

            idle.Add((lane, told));
        }
        catch (Exception e)
        {
            failure.Set(e);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}
