using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Receipts;

/// <summary>Where a silo keeps checkpoints, and how often.</summary>
/// <param name="Folder">Outside the town's own storage.</param>
/// <param name="Every">How long at most a commit stays without a checkpoint.</param>
public sealed record CheckpointOptions(string Folder, TimeSpan Every);

/// <summary>Writes signed checkpoints of this silo's commits: at an interval while anything was committed, and when it stops, after its
/// last commit.</summary>
internal sealed class CheckpointWriter(
    CheckpointOptions options,
    IWorlds worlds,
    SigningKeys keys,
    TimeProvider time,
    ILogger<CheckpointWriter> logger
) : BackgroundService, IHostedLifecycleService
{
    private readonly CheckpointFolder folder = new(options.Folder);
    private ChainCheckpoint? last;
    private bool isTold;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Prepare();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The silo is gone by now, and what it has recorded can still be read.
    public Task StoppedAsync(CancellationToken cancellationToken) => WriteAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        try
        {
            var storage = worlds.Of(Address.Live);
            if (storage.Journal is not ICommitPlaces places || await places.FindEndAsync(cancellation) is not { } end || end.End == last)
            {
                return;
            }

            var at = worlds.ReceptionOf(Address.Live).Clock?.Now ?? time.GetUtcNow();
            folder.Add(
                end.Writer,
                CheckpointText.Sign(new SignedCheckpoint(end.Writer, end.End, at), await keys.PresentAsync(cancellation))
            );
            (last, isTold) = (end.End, false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The town goes on without; the next one covers what this one would have.
            if (!isTold)
            {
                isTold = true;
                logger.LogError("No checkpoint could be written to {Folder}: {Why}", folder.Place, fault.Message);
            }
        }
    }
}
