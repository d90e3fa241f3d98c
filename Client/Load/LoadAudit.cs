using TownReform.Client.Live;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Client.Load;

/// <summary>What a load must leave behind: everything that was answered on record, once; nothing given twice; nothing waiting.</summary>
internal static class LoadAudit
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>How long effects may take to arrive once the load is over, and a town that was killed to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Audits the end state as soon as nothing waits any more; what still waits after a minute is a breach.</summary>
    /// <param name="answered">The commands that clients were answered.</param>
    /// <param name="stopping">Ctrl-C: a town that doesn't answer isn't asked again.</param>
    /// <exception cref="Exception">Nobody answers (<see cref="LiveTown.IsNoAnswer"/>), also after a minute.</exception>
    public static async Task<EndStateReport> RunAsync(
        LiveTown live,
        SeedLibrary seeds,
        IReadOnlyCollection<AcknowledgedCommand> answered,
        CancellationToken stopping
    )
    {
        var untilSettled = new RetryPolicy(fault => LiveTown.IsNoAnswer(fault) && !stopping.IsCancellationRequested, Look, Look, Patience);
        return await untilSettled.RunAsync(
            () => EndStateCheck.RunAsync(new LiveScan(live.Audit), seeds, answered, cancellation: CancellationToken.None),
            report => IsSettled(report) ? null : Look,
            cancellation: CancellationToken.None
        );
    }

    private static bool IsSettled(EndStateReport report) =>
        report.Sound || report.Checks.Any(check => check.Breaches > 0 && check.Check != Waiting);

    /// <summary>The check that the load's own tail can fail for a moment.</summary>
    private const string Waiting = "outbox";
}
