using System.Collections.Immutable;

namespace TownReform.Client.Load;

/// <summary>What to offer a town beyond what it can do.</summary>
/// <param name="Times">Load offered, in multiples of the peak.</param>
/// <param name="Step">How long each number of cases at once is tried when the peak is measured.</param>
/// <param name="Keep">Least share of the peak that has to be left.</param>
internal sealed record OverloadTarget(double Times, TimeSpan Step, double Keep);

/// <summary>What was left of the peak under a load beyond it. Rates are of answered commands a second; busy is no answer.</summary>
/// <param name="Peak">Of the closed loop that did most, once it gained no more by being repeated.</param>
/// <param name="AtOnce">Cases under way at once in that loop.</param>
/// <param name="Offered">Commands a second that the open loop's cases would have come to.</param>
/// <param name="Goodput">Answered within the seconds of the load; what was answered after it isn't counted.</param>
/// <param name="Keep">Least share of the peak that had to be left.</param>
internal sealed record OverloadResult(double Times, double Peak, int AtOnce, double Offered, double Goodput, double Keep)
{
    /// <summary>Goodput as a share of the peak.</summary>
    public double Share => Peak > 0 ? Goodput / Peak : 0;

    public bool Met => Share >= Keep;
}

/// <summary>Measures the peak with closed loops, then offers a multiple of it in an open one.</summary>
internal static class OverloadTrial
{
    /// <summary>Cases at once that are tried for the peak.</summary>
    private static readonly ImmutableArray<int> Loops = [64, 256];

    /// <summary>The best of them is repeated as long as it gains more than this, and so often at most.</summary>
    private const double Gain = 1.1;
    private const int MostRepeats = 5;

    /// <param name="order">Its duration is that of the overload.</param>
    /// <param name="put">Puts a load on the town.</param>
    public static async Task<(LoadFigures Last, OverloadResult Result)> RunAsync(
        LoadOrder order,
        OverloadTarget target,
        Func<LoadOrder, Task<LoadFigures>> put
    )
    {
        await put(order.AtOnce(Loops[0], order.WarmUp));
        Peak peak = default;
        foreach (var atOnce in Loops)
        {
            peak = peak.Or(await TryAsync(atOnce));
        }

        // A town that has just started gets quicker while it is measured, and three times of too little is no overload.
        for (var repeats = 0; repeats < MostRepeats; repeats++)
        {
            var before = peak.Commands;
            peak = peak.Or(await TryAsync(peak.AtOnce));
            if (peak.Commands <= Gain * before)
            {
                break;
            }
        }

        // A town that answered nothing has no multiple; the failures of the loops tell why.
        var rate = Math.Max(1, target.Times * peak.Cases);
        var last = await put(order.Arriving(rate, order.Duration));
        return (
            last,
            new OverloadResult(
                target.Times,
                peak.Commands,
                peak.AtOnce,
                target.Times * peak.Commands,
                Within(last, order.Duration),
                target.Keep
            )
        );

        async Task<Peak> TryAsync(int atOnce)
        {
            var tried = await put(order.AtOnce(atOnce, target.Step));
            var commands = Within(tried, target.Step);
            return new Peak(commands, commands * tried.Ended / Math.Max(1, tried.Answered), atOnce);
        }
    }

    /// <summary>Answers a second in the whole seconds of the load itself, refusals left out; its tail is not.</summary>
    private static double Within(LoadFigures figures, TimeSpan time)
    {
        var seconds = Math.Max(1, (int)time.TotalSeconds);
        var yes = figures.Answered > 0 ? 1 - (figures.Refused.Sum(r => r.Count) / (double)figures.Answered) : 0;
        return figures.PerSecond.Take(seconds).Sum() * yes / seconds;
    }

    /// <summary>Commands and cases a second of a closed loop.</summary>
    private readonly record struct Peak(double Commands, double Cases, int AtOnce)
    {
        public Peak Or(Peak other) => other.Commands > Commands || AtOnce == 0 ? other : this;
    }
}
