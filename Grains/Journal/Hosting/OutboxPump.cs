using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>
/// Opens the live town before the silo joins its cluster, so that a locked or broken file stops the start and no case that is placed here
/// waits for it; begins to deliver what a crash has left once the silo can be called.
/// </summary>
internal sealed class OutboxPump(Worlds worlds, IOptions<StorageOptions> options) : IHostedLifecycleService
{
    private bool IsLive => options.Value.IsDurable;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        IsLive ? Task.Run(() => worlds.Live(), cancellationToken) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsLive)
        {
            worlds.Live().StartDelivering();
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops before the silo does: what is still under way is delivered again after the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (IsLive)
        {
            await worlds.Live().StopDeliveringAsync();
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
