using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Memory;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>
/// Fills the live world of a silo that keeps it in memory (<c>LiveInMemory</c>) with the work of some weeks: a scenario is run up to a
/// moment, on a practice town's clock that moves along, so that every record is one that a live town would have made.
/// </summary>
public sealed class WorldFilling(IGrainFactory grains, IWorlds worlds, SeedLibrary seeds)
{
    private readonly List<JournalAppend> appends = [];
    private volatile Func<ReplicationProgress>? progress;

    /// <summary>Before the first day.</summary>
    public static ReplicationProgress NotBegun { get; } = new(Number: 1, default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false);

    /// <summary>How far it is; asked at any time.</summary>
    public ReplicationProgress Progress => progress?.Invoke() ?? NotBegun;

    /// <summary>Runs the scenario up to a moment.</summary>
    /// <param name="found">Founds the towns, at the clock's moment.</param>
    /// <param name="moment">Moment at which time stands still, in the towns' zone.</param>
    /// <returns>All that was recorded, in order. What left the grains has been delivered.</returns>
    public async Task<IReadOnlyList<JournalAppend>> RunAsync(
        Scenario scenario,
        long seed,
        DateTimeOffset moment,
        Func<DateTimeOffset, Task> found,
        CancellationToken cancellation
    )
    {
        var opens = DateOnly.FromDateTime(moment.DateTime);
        var storage = worlds.Of(Address.Live);
        ((MemoryWorld)storage.Journal).Kept = appends.Add;
        using var nowhere = new NoRecording().Open("", 1, scenario);
        var stage = new Stage(Address.Live, grains, seeds, scenario, RandomStream.Of(seed, 1), sink: nowhere, storage);
        var clock = new MovedClock(stage.Clock.AtLocal(scenario.From.ToDateTime(TimeOnly.MinValue)), TimeProvider.System);
        worlds.ReceptionOf(Address.Live).Clock = new SiloClock(clock, seeds.Law);
        var replication = new Replication(stage, 1, new LeftLying(stage.Clock, opens.AddDays(-scenario.LeftLyingDays)));
        progress = () => OfDays(replication.Progress, scenario.From, opens);
        await replication.RunAsync(() => found(clock.GetUtcNow()), moment.DateTime, clock.MoveTo, cancellation);
        return appends;
    }

    // Of the days that are run, not of all that the scenario has.
    private static ReplicationProgress OfDays(ReplicationProgress told, DateOnly from, DateOnly until) =>
        told.Day == default
            ? told
            : told with
            {
                Share = Math.Min(1, (double)(told.Day.DayNumber - from.DayNumber) / Math.Max(1, until.DayNumber - from.DayNumber)),
            };
}
