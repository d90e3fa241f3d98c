using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Opens the live town when the silo starts, so that a locked or broken file stops the start, and begins to deliver what a crash has left.</summary>
internal sealed class OutboxPump(Worlds worlds, IOptions<StorageOptions> options) : IHostedService
{
    private bool IsLive => options.Value.IsDurable;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsLive)
        {
            worlds.Live().StartDelivering();
        }

        return Task.CompletedTask;
    }

    /// <summary>Stops before the silo does: what is still under way is delivered again after the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (IsLive)
        {
            await worlds.Live().StopDeliveringAsync();
        }
    }
}
