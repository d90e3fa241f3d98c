using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>Looks after the live town's storage every other second, so that a trouble, and its end, is noticed also while nobody sends
/// commands.</summary>
internal sealed class StorageWatch(Worlds worlds, IOptions<StorageOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsDurable)
        {
            return;
        }

        // Not waited for: what hangs is just what has to be noticed.
        var probing = Task.CompletedTask;
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var live = worlds.Live();
            probing = probing.IsCompleted ? live.ProbeAsync() : probing;
            live.Health.Look();
        }
    }
}
