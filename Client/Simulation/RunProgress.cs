using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using TownReform.Client.Reports;

namespace TownReform.Client.Simulation;

/// <summary>Tells on the error stream how far a run is: date, cases open and done, cases a second, time left. One line that is rewritten on
/// a terminal, a line now and then otherwise.</summary>
/// <param name="columns">Width of the terminal; asked each time, as it can be changed.</param>
internal sealed class RunProgress(TextWriter to, bool isTerminal, Func<int> columns, Lang lang, int replications)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Queue<(TimeSpan At, long Done)> recent = new([(TimeSpan.Zero, 0)]);
    private ProgressSoFar known = ProgressSoFar.None;
    private const string EraseLine = "\r\u001b[2K";
    private const int Cells = 20;

    /// <summary>Tells until the run has ended, however it ends.</summary>
    public async Task FollowAsync(Task run, Func<Task<ImmutableArray<ReplicationProgress>>> ask, CancellationToken cancellation)
    {
        while (
            await Task.WhenAny(run, Task.Delay(isTerminal ? OnTerminal : Elsewhere, cancellation)) != run
            && !cancellation.IsCancellationRequested
        )
        {
            Tell(await ask());
        }

        if (isTerminal)
        {
            to.Write(EraseLine);
        }
    }

    private void Tell(ImmutableArray<ReplicationProgress> progress)
    {
        known = known.With(progress);
        if (known.IsBegun)
        {
            Write(known.Share(replications), Line().In(lang));
        }
        else
        {
            Write(0, new Words("正在启动……", "starting ...").In(lang));
        }
    }

    private Words Line()
    {
        var (share, done, open) = (known.Share(replications), known.Done, known.Open);
        var left = share > 0.01 ? TimeSpan.FromSeconds(watch.Elapsed.TotalSeconds * (1 - share) / share) : (TimeSpan?)null;
        var (rate, time) = (Rate(done), Time(left));
        return replications > 1
            ? new(
                $"{share, 4:P0}  已完成 {known.Finished}/{replications} 次重复  办结 {done:N0}  每秒 {rate:N0} 件  剩余 {time}",
                $"{share, 4:P0}  replications done {known.Finished}/{replications}  cases done {done:N0}  {rate:N0} cases/s  left {time}"
            )
            : new(
                $"{share, 4:P0}  {known.Day:O}  在办 {open:N0}  办结 {done:N0}  每秒 {rate:N0} 件  剩余 {time}",
                $"{share, 4:P0}  {known.Day:O}  open {open:N0}  done {done:N0}  {rate:N0} cases/s  left {time}"
            );
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

    private void Write(double share, string line)
    {
        if (isTerminal)
        {
            to.Write($"{EraseLine}{InOneLine(share, line, columns())}");
        }
        else
        {
            to.WriteLine($"{Bar(share, Cells)} {line}");
        }
    }

    /// <summary>The line with as much of the bar as the terminal has room for; a line that wraps could not be rewritten.</summary>
    internal static string InOneLine(double share, string line, int columns)
    {
        var room = columns - 1;
        var cells = Math.Min(Cells, room - Wide(line) - "[] ".Length);
        var whole = cells >= 4 ? $"{Bar(share, cells)} {line}" : line;
        while (Wide(whole) > room)
        {
            whole = whole[..^1];
        }

        return whole;
    }

    // A Chinese character is two columns wide.
    private static int Wide(string text) => text.Sum(c => c > '\u2E80' ? 2 : 1);

    private static string Bar(double share, int cells)
    {
        var full = (int)(share * cells);
        return $"[{new string('#', full)}{new string('-', cells - full)}]";
    }

    private static string Time(TimeSpan? left) =>
        left is { } span ? span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture) : "–";
}
