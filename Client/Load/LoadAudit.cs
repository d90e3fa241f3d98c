using TownReform.Client.Live;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Load;

/// <summary>What a load must leave behind: everything that was answered on record, once; nothing given twice; nothing waiting.</summary>
internal static class LoadAudit
{
    /// <summary>How long effects may take to arrive once the load is over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Audits the end state as soon as nothing waits any more; what still waits after a minute is a breach.</summary>
    /// <param name="answered">The commands that clients were answered.</param>
    public static async Task<EndStateReport> RunAsync(LiveTown live, SeedLibrary seeds, IReadOnlyCollection<AcknowledgedCommand> answered, CancellationToken cancellation)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            var report = await EndStateCheck.RunAsync(new LiveScan(live.Audit), seeds, answered, cancellation: cancellation);
            if (report.Sound || report.Checks.Any(check => check.Breaches > 0 && check.Check != Waiting) || System.Diagnostics.Stopwatch.GetElapsedTime(begun) > Patience)
            {
                return report;
            }

            await Task.Delay(Look, cancellation);
        }
    }

    /// <summary>The check that the load's own tail can fail for a moment.</summary>
    private const string Waiting = "outbox";
}
