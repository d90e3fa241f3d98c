using System.Collections.Immutable;
using TownReform.Client.Load;

namespace TownReform.Client.Tests.Load;

/// <summary>The peak is the best closed loop's; goodput is what is answered while the overload lasts.</summary>
public sealed class OverloadTrialTests
{
    private static readonly LoadOrder Order = new(
        Schedule: null,
        Concurrency: 0,
        WarmUp: TimeSpan.FromSeconds(1),
        Duration: TimeSpan.FromSeconds(2),
        Pace: TimeSpan.Zero,
        Approvers: 1,
        Mix: []
    );
    private static readonly OverloadTarget Target = new(3, TimeSpan.FromSeconds(2), 0.8);

    [Fact]
    public async Task Run_OffersAMultipleOfTheBestLoop_AndCountsNoTail()
    {
        var put = new List<LoadOrder>();
        var (last, result) = await OverloadTrial.RunAsync(
            Order,
            Target,
            load =>
            {
                put.Add(load);
                return Task.FromResult(
                    load switch
                    {
                        { Concurrency: 64 } => Figures(200, [100, 100]),
                        { Concurrency: 256 } => Figures(500, [250, 250]),
                        _ => Figures(900, [200, 240, 460]),
                    }
                );
            }
        );
        put.Select(load => (load.Concurrency, load.Schedule?.Rate, load.Duration.TotalSeconds))
            .ShouldBe([(64, null, 1), (64, null, 2), (256, null, 2), (256, null, 2), (0, 150, 2)]);
        last.Answered.ShouldBe(900);
        (result.Peak, result.AtOnce, result.Offered, result.Goodput, result.Share, result.Met).ShouldBe((250, 256, 750, 220, 0.88, true));
    }

    // Repeated while it gains more than a tenth: 250, 276 (more), 303 (less).
    [Fact]
    public async Task Run_TownThatGetsQuicker_MeasuresItsPeakUntilItGainsNoMore()
    {
        var rates = new Queue<long>([250, 276, 303, 900]);
        var (_, result) = await OverloadTrial.RunAsync(
            Order,
            Target,
            load =>
                Task.FromResult(
                    load switch
                    {
                        { Concurrency: 64 } => Figures(200, [100, 100]),
                        { Concurrency: 256 } when rates.Dequeue() is var rate => Figures(2 * rate, [rate, rate]),
                        _ => Figures(600, [300, 300]),
                    }
                )
        );
        (result.Peak, result.Offered, rates.Count).ShouldBe((303, 909, 1));
    }

    [Fact]
    public async Task Run_TownThatNeverStopsGaining_IsRepeatedFiveTimes()
    {
        var loops = 0;
        await OverloadTrial.RunAsync(
            Order,
            Target,
            load =>
                Task.FromResult(load.Schedule is null ? Figures(100L << ++loops, [50L << loops, 50L << loops]) : Figures(200, [100, 100]))
        );
        loops.ShouldBe(3 + 5);
    }

    [Fact]
    public async Task Run_Refusals_AreNoGoodput()
    {
        var (_, result) = await OverloadTrial.RunAsync(
            Order,
            Target,
            load => Task.FromResult(load.Schedule is null ? Figures(200, [100, 100]) : Figures(200, [100, 100], refused: 100))
        );
        (result.Goodput, result.Met).ShouldBe((50, false));
    }

    [Fact]
    public async Task Run_TownThatAnswersNothing_IsNotMet()
    {
        var (_, result) = await OverloadTrial.RunAsync(Order, Target, _ => Task.FromResult(Figures(0, [])));
        (result.Share, result.Met).ShouldBe((0, false));
    }

    // Five commands a case.
    private static LoadFigures Figures(long answered, ImmutableArray<long> perSecond, long refused = 0) =>
        new(
            Seconds: 2,
            Arrived: answered / 5,
            Ended: answered / 5,
            Answered: answered,
            CommandsPerSecond: answered / 2.0,
            Busy: 0,
            Held: 0,
            Retried: 0,
            Failed: 0,
            Refused: refused > 0 ? [new RefusedCount(1005, refused)] : [],
            Latency: [],
            PerSecond: perSecond
        );
}
