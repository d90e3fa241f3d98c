using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// The town's clock as a process without a silo has it: asked of the town every ten seconds, and carried on in between by this machine's
/// count of time, whatever day its own clock shows. It is off by half of a call's way there and back at most, and by a step of the town's
/// clock for ten seconds at most. That does no harm: a grain judges each stamp by its silo's own clock, and refuses one that is further off
/// than the law book's allowance (<see cref="Grains.Rules.Moments.MomentRules"/>).
/// </summary>
internal sealed class AskedTownClock(IGrainFactory grains) : ILiveTownClock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Reading? last;

    /// <summary>It is a practice town's.</summary>
    public bool IsPractice => Last.Practice;

    private Reading Last => Volatile.Read(ref last) ?? throw new InvalidOperationException("The town's clock was not asked yet.");

    public ValueTask<DateTimeOffset> NowAsync() => new(Last.Shown + Stopwatch.GetElapsedTime(Last.At));

    /// <summary>Asks the town what it shows.</summary>
    public async Task AskAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        var time = await TownCalls.AskAsync(grains.Grain<ICaseIndexGrain>(Address.Live).TimeAsync).WaitAsync(Patience);
        var answered = Stopwatch.GetTimestamp();
        Volatile.Write(ref last, new Reading(time.Now.ToUniversalTime(), asked + (answered - asked) / 2, time.Practice));
    }

    /// <param name="Shown">What it showed.</param>
    /// <param name="At">When, by this machine's count.</param>
    private sealed record Reading(DateTimeOffset Shown, long At, bool Practice);
}

/// <summary>Asks the town's clock before anybody is served, and from time to time. Not the clock itself: whatever a request is given it
/// disposes of.</summary>
internal sealed class TownClockAsking(AskedTownClock clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await clock.AskAsync();
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
