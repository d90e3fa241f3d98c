using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Papers;

/// <summary>Removes each hour what was handed in and nobody has used for a day.</summary>
internal sealed class PaperSweep(PaperStore store, IGrainFactory grains, TimeProvider time, ILogger<PaperSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    // Files are handed in to the live towns only.
    private readonly TownCalls town = new(grains);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await store.SweepAsync(IsOnRecordAsync, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.LogWarning("Papers that nobody uses could not be removed: {Why}", fault.Message);
        }
    }

    /// <summary>Whether the case that a command acted on, or opened, has the paper.</summary>
    public async Task<bool> IsOnRecordAsync(PaperHold hold)
    {
        var number = hold.Case;
        if (number is null && await TownCalls.AskAsync(() => town.Index.FindOpenedByAsync(hold.Command)) is [var opened])
        {
            number = opened;
        }

        return number is not null
            && (await TownCalls.SendAsync(() => town.Case(number).ReadAsync())).Value is { } file
            && PaperLists.In(file.Fields).Any(paper => paper.Sha256 == hold.Sha256);
    }
}
