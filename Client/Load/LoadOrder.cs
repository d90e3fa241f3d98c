using System.Collections.Immutable;

namespace TownReform.Client.Load;

/// <summary>What load to put on the town.</summary>
/// <param name="Schedule">Arrivals of an open loop; null for a closed loop.</param>
/// <param name="Concurrency">Cases under way at once in a closed loop; 0 for an open one.</param>
/// <param name="WarmUp">How long the same load runs before it is measured: towns and consoles that have just started are slower than they
/// are.</param>
/// <param name="Pace">From one command of a case to when the next is meant; an open loop's only.</param>
/// <param name="Approvers">Commands sent at once for the deciding act of each case, of which one may win; 1 for none of that.</param>
/// <param name="Mix">Scripts with their shares, in the order in which the shares are drawn.</param>
internal sealed record LoadOrder(
    ArrivalSchedule? Schedule,
    int Concurrency,
    TimeSpan WarmUp,
    TimeSpan Duration,
    TimeSpan Pace,
    int Approvers,
    ImmutableArray<MixPart> Mix
)
{
    /// <summary>Cases by arrivals at one rate.</summary>
    public LoadOrder Arriving(double rate, TimeSpan time) =>
        this with
        {
            Schedule = new ArrivalSchedule(rate, rate, time),
            Concurrency = 0,
            Duration = time,
        };

    /// <summary>So many cases at once.</summary>
    public LoadOrder AtOnce(int cases, TimeSpan time) => this with { Schedule = null, Concurrency = cases, Duration = time };

    /// <summary>What warms up for it; a rate that changes stays where it begins.</summary>
    public LoadOrder WarmingUp() => Schedule is { } schedule ? Arriving(schedule.Rate, WarmUp) : AtOnce(Concurrency, WarmUp);

    /// <summary>The script of the n-th case: shares are met as evenly as whole cases allow, without drawing lots, so that two runs are the
    /// same.</summary>
    public CaseScript ScriptOf(long n)
    {
        var place = n * Golden % 1 * Mix.Sum(part => part.Share);
        foreach (var part in Mix)
        {
            if ((place -= part.Share) < 0)
            {
                return part.Script;
            }
        }

        return Mix[^1].Script;
    }

    /// <summary>Fractional parts of its multiples lie as evenly as any sequence's (Weyl).</summary>
    private const double Golden = 0.6180339887498949;
}

/// <param name="Share">Above 0; shares need not add up to anything.</param>
internal sealed record MixPart(CaseScript Script, double Share);
