using System.Globalization;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>The five-step case of the speed comparison on silos that run already, each lane at one of them and at one town after the
/// other.</summary>
internal sealed class TownLoad : IContender
{
    private readonly TownSilo[] silos;
    private readonly TownPlan[] towns;
    private int lanes;

    private TownLoad(TownSilo[] silos, TownPlan[] towns, KeptSteps kept) => (this.silos, this.towns, Kept) = (silos, towns, kept);

    public KeptSteps Kept { get; }

    /// <param name="plans">Towns that take part.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ContenderFailedException">A step failed, or fewer steps are stored than were acknowledged.</exception>
    public static async Task<Measurement> MeasureAsync(
        TownSilo[] silos,
        TownPlan[] plans,
        Ground ground,
        GrowthOptions options,
        CancellationToken cancellation
    )
    {
        await silos[0].SettleAsync();
        await ground.SettleAsync(cancellation);
        var before = await ground.CountAsync(Records);
        await using var load = new TownLoad(
            silos,
            plans,
            new KeptSteps($"SELECT count(*) - {before.ToString(CultureInfo.InvariantCulture)} FROM journal", Records.File)
        );
        var entrant = new Entrant("town", new("本系统", "this system"), Role.Town, options.Store, _ => load);
        return await new ClosedLoop(entrant, load, ground).RunAsync(options.WarmUp, options.Window, cancellation);
    }

    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<ILane> NewLaneAsync()
    {
        var lane = lanes++;
        return Task.FromResult<ILane>(new SpreadLane(silos[lane % silos.Length].Grains, towns, lane));
    }

    public Task SettleAsync() => silos[0].SettleAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>All records, the offices' among them: what the store has more than before the load is at least what was
    /// acknowledged.</summary>
    private static KeptSteps Records { get; } = new("SELECT count(*) FROM journal", "town.sqlite");

    /// <summary>Each case in another town than the one before.</summary>
    private sealed class SpreadLane(IGrainFactory grains, TownPlan[] towns, int first) : ILane
    {
        private int next = first;
        private TownLane? lane;

        public ValueTask BeforeAsync(Step step)
        {
            if (step == Step.Open)
            {
                lane = new TownLane(grains, towns[next++ % towns.Length]);
            }

            return lane!.BeforeAsync(step);
        }

        public Task StepAsync(Step step) => lane!.StepAsync(step);
    }
}
