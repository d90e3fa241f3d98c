using System.Collections.Immutable;
using TownReform.Client.Live;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Load;

/// <summary>What a search for the knee has to meet.</summary>
/// <param name="Within">Time in which a command has to be answered.</param>
/// <param name="OnTime">Least share of commands that are.</param>
/// <param name="Step">How long each rate is tried.</param>
internal sealed record KneeTarget(TimeSpan Within, double OnTime, TimeSpan Step);

/// <summary>Loads put on a town one after the other, and what has to be on record after all of them.</summary>
internal sealed class LoadSession(LiveTown live, ILoadTarget target, LoadProgress progress, CancellationToken stopping)
{
    /// <summary>A knee is told to a twentieth; a rate repeated on the same machine spreads as much.</summary>
    private const double Precision = 0.05;

    private static readonly Words WarmUp = new("预热", "warm-up");

    private readonly List<LoadContext> runs = [];

    public IReadOnlyCollection<AcknowledgedCommand> Acknowledged => [.. runs.SelectMany(run => run.Tally.Acknowledged)];

    public IEnumerable<string> Doubles => runs.SelectMany(run => run.Doubles);

    /// <summary>The load that was put on last, which the last figures are of.</summary>
    public LoadOrder Last => runs[^1].Order;

    /// <summary>Puts one load on the town. Of its warm-up only commands without an answer are in the figures.</summary>
    public async Task<LoadFigures> RunAsync(LoadOrder order)
    {
        var before = await PutAsync(order.WarmingUp(), WarmUp);
        var figures = await PutAsync(order);
        return figures with { Failed = figures.Failed + before.Failed };
    }

    /// <summary>Tries rates until the highest is known that meets the target: the percentile's time, the share on time, nothing turned
    /// away, nothing failed.</summary>
    public async Task<(LoadFigures Last, ImmutableArray<KneeStep> Steps, double? Knee)> FindKneeAsync(LoadOrder order, KneeTarget target)
    {
        var steps = ImmutableArray.CreateBuilder<KneeStep>();
        var last = await PutAsync(order.WarmingUp(), WarmUp);
        var knee = await KneeSearch.FindAsync(
            order.Schedule!.Rate,
            Precision,
            async rate =>
            {
                last = await PutAsync(order.Arriving(rate, target.Step));
                stopping.ThrowIfCancellationRequested();
                var tally = runs[^1].Tally;
                var met =
                    tally.P99 <= target.Within.TotalMilliseconds
                    && tally.Within(target.Within) >= target.OnTime
                    && last.Busy + last.Held + last.Failed == 0;
                steps.Add(new KneeStep(rate, tally.P99, tally.Within(target.Within), last.CommandsPerSecond, met));
                return met;
            }
        );
        return (last, steps.ToImmutable(), knee);
    }

    /// <summary>Offers more than the town can do, and tells what is left of its peak.</summary>
    public async Task<(LoadFigures Last, OverloadResult Result)> OverloadAsync(LoadOrder order, OverloadTarget target) =>
        await OverloadTrial.RunAsync(
            order,
            target,
            async load =>
            {
                var figures = await PutAsync(load);
                stopping.ThrowIfCancellationRequested();
                return figures;
            }
        );

    private Task<LoadFigures> PutAsync(LoadOrder order, Words? phase = null)
    {
        var run = new LoadRun(new(live, target, order, stopping));
        runs.Add(run.Context);
        return progress.FollowAsync(run, run.RunAsync(), phase);
    }
}
