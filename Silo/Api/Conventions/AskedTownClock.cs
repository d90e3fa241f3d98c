using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// The town's clock as a process without a silo has it: asked of the town every ten seconds, and carried on in between by this machine's
/// count of time, whatever day its own clock shows. It is off by half of a call's way there and back at most, that of the quickest of the
/// latest few, and by a step of the town's clock for ten seconds at most. That does no harm: a grain judges each stamp by its silo's own
/// clock, and refuses one that is further off than the law book's allowance (<see cref="Grains.Rules.Moments.MomentRules"/>).
/// </summary>
internal sealed class AskedTownClock(IGrainFactory grains) : ILiveTownClock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ClockReadings readings = new();
    private bool? practice;

    /// <summary>It is a practice town's.</summary>
    public bool IsPractice => practice ?? throw NotAsked();

    public ValueTask<DateTimeOffset> NowAsync() => new(readings.At(Stopwatch.GetElapsedTime(0)) ?? throw NotAsked());

    /// <summary>Asks the town what it shows.</summary>
    public async Task AskAsync()
    {
        var asked = Stopwatch.GetElapsedTime(0);
        var time = await TownCalls.AskAsync(grains.Grain<ICaseIndexGrain>(Address.Live).TimeAsync).WaitAsync(Patience);
        var trip = Stopwatch.GetElapsedTime(0) - asked;
        readings.Add(new ClockReading(time.Now.ToUniversalTime(), asked + trip / 2, trip));
        practice = time.Practice;
    }

    private static InvalidOperationException NotAsked() => new("The town's clock was not asked yet.");
}

/// <summary>Asks the town's clock before anybody is served, and from time to time. Not the clock itself: whatever a request is given it
/// disposes of.</summary>
internal sealed class TownClockAsking(AskedTownClock clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The first call finds its way and is compiled; the next ones tell the moment better.
        for (var i = 0; i < ClockReadings.Kept; i++)
        {
            await clock.AskAsync();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.AskAsync();
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // It goes on by what it had, until the town answers again.
            }
        }
    }
}
