using System.Globalization;
using TownReform.Client.Reports;

namespace TownReform.Client.Load;

/// <summary>Tells on the error stream how a load goes: one line that is rewritten on a terminal, a line now and then otherwise.</summary>
internal sealed class LoadProgress(TextWriter to, bool isTerminal, Lang lang)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);
    private const string EraseLine = "\r\u001b[2K";

    /// <param name="phase">What the load is for; null when it is what was asked for.</param>
    public async Task<LoadFigures> FollowAsync(LoadRun run, Task<LoadFigures> figures, Words? phase = null)
    {
        long before = 0;
        var step = isTerminal ? OnTerminal : Elsewhere;
        while (await Task.WhenAny(figures, Task.Delay(step)) != figures)
        {
            var (tally, answered) = (run.Context.Tally, run.Context.Tally.Answered);
            Write(
                (phase is null ? "" : $"{phase.In(lang)}  ")
                    + new Words(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{run.Context.Elapsed.TotalSeconds:F0} 秒  每秒 {(answered - before) / step.TotalSeconds:N0} 个命令  在办 "
                                + $"{run.UnderWay:N0}  办结 {tally.Ended:N0}  繁忙 {tally.Busy:N0}  失败 {tally.Failed:N0}"
                        ),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{run.Context.Elapsed.TotalSeconds:F0} s  {(answered - before) / step.TotalSeconds:N0} commands/s  "
                                + $"open {run.UnderWay:N0}  ended {tally.Ended:N0}  busy {tally.Busy:N0}  failed {tally.Failed:N0}"
                        )
                    ).In(lang)
            );
            before = answered;
        }

        Clear();
        return await figures;
    }

    /// <summary>Tells what is being done until it is.</summary>
    public async Task<T> DuringAsync<T>(Words doing, Task<T> work)
    {
        Write(doing.In(lang));
        try
        {
            return await work;
        }
        finally
        {
            Clear();
        }
    }

    private void Clear()
    {
        if (isTerminal)
        {
            to.Write(EraseLine);
        }
    }

    private void Write(string line)
    {
        if (isTerminal)
        {
            to.Write(EraseLine + line);
        }
        else
        {
            to.WriteLine(line);
        }
    }
}
