using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using TownReform.Client.Reports;

namespace TownReform.Client.Simulation;

/// <summary>Tells on the error stream how far a run is: date, cases open and done, cases a second, time left. One line that is rewritten on a terminal, a line now and then otherwise.</summary>
internal sealed class RunProgress(TextWriter to, bool isTerminal, Lang lang, int replications)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Queue<(TimeSpan At, long Done)> recent = new([(TimeSpan.Zero, 0)]);
    private int width;

    /// <summary>Tells until the run has ended, however it ends.</summary>
    public async Task FollowAsync(Task run, Func<Task<ImmutableArray<ReplicationProgress>>> ask, CancellationToken cancellation)
    {
        while (await Task.WhenAny(run, Task.Delay(isTerminal ? OnTerminal : Elsewhere, cancellation)) != run && !cancellation.IsCancellationRequested)
        {
            Tell(await ask());
        }

        if (isTerminal)
        {
            to.Write($"\r{new string(' ', width)}\r");
        }
    }

    private void Tell(ImmutableArray<ReplicationProgress> progress)
    {
        if (progress.IsEmpty)
        {
            return;
        }

        var share = progress.Sum(p => p.Share) / replications;
        var (open, done) = (progress.Sum(p => p.Open), progress.Sum(p => p.Done));
        var day = progress.Where(p => !p.Finished).Select(p => p.Day).DefaultIfEmpty(progress[^1].Day).Max();
        var left = share > 0.01 ? TimeSpan.FromSeconds(watch.Elapsed.TotalSeconds * (1 - share) / share) : (TimeSpan?)null;
        var finished = progress.Count(p => p.Finished);
        Write(new Words(
            $"{Bar(share)} {share,4:P0}  {day:O}  在办 {open:N0}  办结 {done:N0}  每秒 {Rate(done):N0} 件  剩余 {Time(left)}{(replications > 1 ? $"  重复 {finished}/{replications}" : "")}",
            $"{Bar(share)} {share,4:P0}  {day:O}  open {open:N0}  done {done:N0}  {Rate(done):N0} cases/s  left {Time(left)}{(replications > 1 ? $"  replications {finished}/{replications}" : "")}").In(lang));
    }

    private double Rate(long done)
    {
        recent.Enqueue((watch.Elapsed, done));
        while (recent.Count > 12)
        {
            recent.Dequeue();
        }

        var (at, before) = recent.Peek();
        return watch.Elapsed > at ? (done - before) / (watch.Elapsed - at).TotalSeconds : 0;
    }

    private void Write(string line)
    {
        if (isTerminal)
        {
            to.Write($"\r{line.PadRight(width)}");
            width = Math.Max(width, line.Length);
        }
        else
        {
            to.WriteLine(line);
        }
    }

    private static string Bar(double share)
    {
        const int Cells = 20;
        var full = (int)(share * Cells);
        return $"[{new string('#', full)}{new string('-', Cells - full)}]";
    }

    private static string Time(TimeSpan? left) => left is { } span ? span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture) : "–";
}
